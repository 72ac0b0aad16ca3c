"""The works that methods sections refer to."""

from __future__ import annotations

REFERENCES = {
    "benhur": (
        "Ben-Hur, A., Elisseeff, A., & Guyon, I. (2002). A stability based method for discovering structure "
        "in clustered data. Pacific Symposium on Biocomputing, 7, 6–17."
    ),
    "simonsohn": (
        "Simonsohn, U., Simmons, J. P., & Nelson, L. D. (2020). Specification curve analysis. Nature Human "
        "Behaviour, 4, 1208–1214."
    ),
    "steegen": (
        "Steegen, S., Tuerlinckx, F., Gelman, A., & Vanpaemel, W. (2016). Increasing transparency through a "
        "multiverse analysis. Perspectives on Psychological Science, 11(5), 702–712."
    ),
    "studer2021": (
        "Studer, M. (2021). Validating sequence analysis typologies using parametric bootstrap. Sociological "
        "Methodology, 51(2), 290–318."
    ),
    "abbott": (
        "Abbott, A., & Forrest, J. (1986). Optimal matching methods for historical sequences. Journal of "
        "Interdisciplinary History, 16(3), 471–494."
    ),
    "biemann": (
        "Biemann, T. (2011). A transition-oriented approach to optimal matching. Sociological Methodology, "
        "41(1), 195–221."
    ),
    "cliff": (
        "Cliff, N. (1993). Dominance statistics: Ordinal analyses to answer ordinal questions. Psychological "
        "Bulletin, 114(3), 494–509."
    ),
    "westfall": (
        "Westfall, P. H., & Young, S. S. (1993). Resampling-based multiple testing: Examples and methods for "
        "p-value adjustment. Wiley."
    ),
    "cuturi2011": (
        "Cuturi, M. (2011). Fast global alignment kernels. Proceedings of the 28th International Conference"
        " on Machine Learning, 929–936."
    ),
    "cuturi2017": (
        "Cuturi, M., & Blondel, M. (2017). Soft-DTW: A differentiable loss function for time-series. "
        "Proceedings of the 34th International Conference on Machine Learning, 894–903."
    ),
    "deville": (
        "Deville, J.-C., & Saporta, G. (1983). Correspondence analysis, with an extension towards nominal "
        "time series. Journal of Econometrics, 22(1–2), 169–189."
    ),
    "edtf": (
        "ISO 8601-2:2019. Date and time: Representations for information interchange. Part 2: Extensions. "
        "International Organization for Standardization."
    ),
    "elzinga": (
        "Elzinga, C. H. (2008). Sequence analysis: Metric representations of categorical time series. "
        "Vrije Universiteit Amsterdam."
    ),
    "elzinga2005": (
        "Elzinga, C. H. (2005). Combinatorial representations of token sequences. Journal of "
        "Classification, 22(1), 87–118."
    ),
    "elzinga2015": (
        "Elzinga, C. H., & Studer, M. (2015). Spell sequences, state proximities, and distance metrics. "
        "Sociological Methods & Research, 44(1), 3–47."
    ),
    "gower": (
        "Gower, J. C. (1971). A general coefficient of similarity and some of its properties. Biometrics, "
        "27(4), 857–871."
    ),
    "halpin": (
        "Halpin, B. (2010). Optimal matching analysis and life-course data: The importance of duration. "
        "Sociological Methods & Research, 38(3), 365–388."
    ),
    "hamming": (
        "Hamming, R. W. (1950). Error detecting and error correcting codes. Bell System Technical "
        "Journal, 29(2), 147–160."
    ),
    "hennig": (
        "Hennig, C. (2007). Cluster-wise assessment of cluster stability. Computational Statistics & Data "
        "Analysis, 52(1), 258–271."
    ),
    "hollister": (
        "Hollister, M. (2009). Is optimal matching suboptimal? Sociological Methods & Research, 38(2), "
        "235–264."
    ),
    "hubert": (
        "Hubert, L., & Arabie, P. (1985). Comparing partitions. Journal of Classification, 2(1), 193–218."
    ),
    "kaufman": (
        "Kaufman, L., & Rousseeuw, P. J. (1990). Finding groups in data: An introduction to cluster "
        "analysis. Wiley."
    ),
    "lesnard": (
        "Lesnard, L. (2010). Setting cost in optimal matching to uncover contemporaneous socio-temporal "
        "patterns. Sociological Methods & Research, 38(3), 389–419."
    ),
    "marteau": (
        "Marteau, P.-F. (2009). Time warp edit distance with stiffness adjustment for time series matching."
        " IEEE Transactions on Pattern Analysis and Machine Intelligence, 31(2), 306–318."
    ),
    "murtagh": (
        "Murtagh, F., & Legendre, P. (2014). Ward's hierarchical agglomerative clustering method: Which "
        "algorithms implement Ward's criterion? Journal of Classification, 31(3), 274–295."
    ),
    "pollock": (
        "Pollock, G. (2007). Holistic trajectories: A study of combined employment, housing and family "
        "careers by using multiple-sequence analysis. Journal of the Royal Statistical Society: Series A, "
        "170(1), 167–183."
    ),
    "ritschard": (
        "Ritschard, G., Liao, T. F., & Struffolino, E. (2023). Strategies for multidomain sequence analysis"
        " in social research. Sociological Methodology, 53(2), 288–322."
    ),
    "ritschard2013": (
        "Ritschard, G., Bürgin, R., & Studer, M. (2013). Exploratory mining of life event histories. In J. "
        "J. McArdle & G. Ritschard (Eds.), Contemporary issues in exploratory data mining in the behavioral"
        " sciences (pp. 221–253). Routledge."
    ),
    "rousseeuw": (
        "Rousseeuw, P. J. (1987). Silhouettes: A graphical aid to the interpretation and validation of "
        "cluster analysis. Journal of Computational and Applied Mathematics, 20, 53–65."
    ),
    "rousset": (
        "Rousset, P., Giret, J.-F., & Grelet, Y. (2012). Typologies de parcours et dynamique longitudinale."
        " Bulletin de Méthodologie Sociologique, 114(1), 5–34."
    ),
    "sakoe": (
        "Sakoe, H., & Chiba, S. (1978). Dynamic programming algorithm optimization for spoken word "
        "recognition. IEEE Transactions on Acoustics, Speech, and Signal Processing, 26(1), 43–49."
    ),
    "schubert": (
        "Schubert, E., & Rousseeuw, P. J. (2021). Fast and eager k-medoids clustering: O(k) runtime "
        "improvement of the PAM, CLARA, and CLARANS algorithms. Information Systems, 101, 101804."
    ),
    "sokal": (
        "Sokal, R. R., & Michener, C. D. (1958). A statistical method for evaluating systematic "
        "relationships. University of Kansas Science Bulletin, 38, 1409–1438."
    ),
    "lance": (
        "Lance, G. N., & Williams, W. T. (1967). A general theory of classificatory sorting strategies: 1. "
        "Hierarchical systems. The Computer Journal, 9(4), 373–380."
    ),
    "sorensen": (
        "Sørensen, T. (1948). A method of establishing groups of equal amplitude in plant sociology based on "
        "similarity of species content. Biologiske Skrifter, 5(4), 1–34."
    ),
    "studer2011": (
        "Studer, M., Ritschard, G., Gabadinho, A., & Müller, N. S. (2011). Discrepancy analysis of state "
        "sequences. Sociological Methods & Research, 40(3), 471–510."
    ),
    "studer2013": (
        "Studer, M. (2013). WeightedCluster library manual: A practical guide to creating typologies of "
        "trajectories in the social sciences with R. LIVES Working Papers, 24."
    ),
    "studer2016": (
        "Studer, M., & Ritschard, G. (2016). What matters in differences between life trajectories: A "
        "comparative review of sequence dissimilarity measures. Journal of the Royal Statistical Society: "
        "Series A, 179(2), 481–511."
    ),
    "tsay": (
        "Abbott, A., & Tsay, A. (2000). Sequence analysis and optimal matching methods in sociology: "
        "Review and prospect. Sociological Methods & Research, 29(1), 3–33."
    ),
    "vlachos": (
        "Vlachos, M., Kollios, G., & Gunopulos, D. (2002). Discovering similar multidimensional "
        "trajectories. Proceedings of the 18th International Conference on Data Engineering, 673–684."
    ),
    "ward": (
        "Ward, J. H. (1963). Hierarchical grouping to optimize an objective function. Journal of the "
        "American Statistical Association, 58(301), 236–244."
    ),
}
