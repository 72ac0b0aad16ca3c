# Stand-ins for TraMineR 2.2 and WeightedCluster 1.8, for trying the script that redoes an analysis in plain R.
# Their formal arguments and defaults, the limits they refuse and the components they return are those of the
# packages; dissimilarities and discrepancies are computed in a few lines of R, plots and quality are not.

library <- function(package, ...) invisible(as.character(substitute(package)))
none <- function(...) if (length(list(...))) stop("unused argument: ", paste(names(list(...)), collapse = ", "))

seqdef <- function(data, var = NULL, informat = "STS", stsep = NULL, alphabet = NULL, states = NULL, id = NULL,
                   weights = NULL, start = 1, left = NA, right = "DEL", gaps = NA, missing = NA, void = "%",
                   nr = "*", cnames = NULL, xtstep = 1, cpal = NULL, missing.color = "darkgrey", labels = NULL,
                   ...) {
  none(...)
  cells <- as.matrix(data)
  seen <- unique(na.omit(as.vector(cells)))
  if (is.null(alphabet)) alphabet <- sort(seen)
  if (!all(seen %in% alphabet)) stop("one or more states appearing in the data not included in 'alphabet'")
  if (length(alphabet) == 1) stop("alphabet contains only one state")
  if (!is.null(labels) && length(labels) != length(alphabet)) stop("number of labels must equal number of states")
  if (!is.null(cpal) && length(cpal) != length(alphabet)) stop("number of colors in 'cpal' must equal length of alphabet")
  if (!is.null(weights) && length(weights) != nrow(cells)) stop("number of weights must equal number of sequences")
  invisible(grDevices::col2rgb(cpal))
  ends <- apply(cells, 1, function(row) max(c(0, which(!is.na(row)))))
  inside <- col(cells) <= ends
  cells[is.na(cells) & inside] <- nr
  cells[!inside] <- void
  if (!is.null(id)) rownames(cells) <- id
  structure(list(cells = cells, lengths = ends), class = "stslist", alphabet = alphabet, nr = nr, void = void)
}
dim.stslist <- function(x) dim(x$cells)

checkcost <- function(sma, seqdata, with.missing, indel) {
  size <- length(attr(seqdata, "alphabet")) + with.missing
  if (length(dim(sma)) == 3 && dim(sma)[3] != ncol(seqdata)) stop("size of substitution cost matrix: positions")
  if (any(dim(sma)[1:2] != size)) stop("size of substitution cost matrix must be ", size, "x", size)
  if (any(sma < 0) || any(apply(array(sma, c(size, size, length(sma) / size^2)), 3, diag) != 0)) stop("sm")
  if (!missing(indel) && any(indel <= 0)) stop("indel cost should be positive")
}

number <- function(seqdata, with.missing) {
  codes <- c(attr(seqdata, "alphabet"), if (with.missing) attr(seqdata, "nr"))
  array(match(seqdata$cells, codes), dim(seqdata$cells))
}

# all domains of two lives at once: the cost of one position of the one for one of the other
all_pairs <- function(domains, costs, weights, indel, method, with.missing, full.matrix) {
  codes <- mapply(number, domains, with.missing, SIMPLIFY = FALSE)
  lengths <- domains[[1]]$lengths
  n <- nrow(domains[[1]])
  if (method %in% c("HAM", "DHD") && length(unique(lengths)) > 1) stop("not defined for sequences of different length")
  diss <- matrix(0, n, n)
  for (a in seq_len(n - 1)) for (b in (a + 1):n) {
    rows <- seq_len(lengths[a]); columns <- seq_len(lengths[b])
    if (method %in% c("HAM", "DHD")) {
      one <- 0
      for (d in seq_along(domains)) {
        at <- cbind(codes[[d]][a, rows], codes[[d]][b, columns], if (method == "DHD") rows)
        one <- one + weights[d] * sum(costs[[d]][at])
      }
    } else {
      step <- 0
      for (d in seq_along(domains))
        step <- step + weights[d] * costs[[d]][codes[[d]][a, rows], codes[[d]][b, columns], drop = FALSE]
      row <- c(0, columns) * indel
      for (i in rows) {
        after <- numeric(length(row)); after[1] <- i * indel
        for (j in columns) after[j + 1] <- min(row[j + 1] + indel, after[j] + indel, row[j] + step[i, j])
        row <- after
      }
      one <- row[length(row)]
    }
    diss[a, b] <- diss[b, a] <- one
  }
  dimnames(diss) <- list(rownames(domains[[1]]$cells), rownames(domains[[1]]$cells))
  if (full.matrix) diss else as.dist(diss)
}
constant <- function(seqdata, with.missing, cost) {
  size <- length(attr(seqdata, "alphabet")) + with.missing
  cost * (1 - diag(size))
}

seqdist <- function(seqdata, method, refseq = NULL, norm = "none", indel = "auto", sm = NULL, with.missing = FALSE,
                    full.matrix = TRUE, kweights = rep(1.0, ncol(seqdata)), tpow = 1.0, expcost = 0.5, context,
                    link = "mean", h = 0.5, nu, transindel = "constant", otto, previous = FALSE,
                    add.column = TRUE, breaks = NULL, step = 1, overlap = FALSE, weighted = TRUE,
                    global.pdotj = NULL, prox = NULL, check.max.size = TRUE) {
  stopifnot(inherits(seqdata, "stslist"), method %in% c("OM", "HAM", "DHD", "LCS"), norm == "none")
  if (!with.missing && any(seqdata$cells == attr(seqdata, "nr"))) stop("'with.missing' must be TRUE")
  if (method == "LCS") { sm <- constant(seqdata, with.missing, 2); indel <- 1 }
  if (method == "HAM" && is.null(sm)) sm <- constant(seqdata, with.missing, 1)
  if (is.null(sm)) stop("missing 'sm'")
  if ((method == "DHD") != (length(dim(sm)) == 3)) stop("bad value for 'sm'")
  if (identical(indel, "auto")) indel <- max(sm) / 2
  if (method == "OM") checkcost(sm, seqdata, with.missing, indel) else checkcost(sm, seqdata, with.missing)
  all_pairs(list(seqdata), list(sm), 1, indel, method, with.missing, full.matrix)
}

seqMD <- function(channels, method = NULL, norm = "none", indel = "auto", sm = NULL, with.missing = FALSE,
                  full.matrix = TRUE, link = "sum", cval = 2, miss.cost = 2, cweight = NULL, what = "MDseq",
                  ch.sep = "+") {
  stopifnot(what == "diss", method %in% c("OM", "LCS", "DHD", "HAM"), norm == "none", link == "sum")
  count <- length(channels)
  if (count < 2) stop("please specify at least two domains")
  if (is.null(cweight)) cweight <- rep(1, count)
  if (any(grepl(ch.sep, unlist(lapply(channels, attr, "alphabet")), fixed = TRUE))) stop("ch.sep occurs in alphabet")
  if (any(sapply(channels, nrow) != nrow(channels[[1]]))) stop("different numbers of rows")
  with.missing <- rep(with.missing, length.out = count)
  with.missing <- with.missing | sapply(channels, function(one) any(one$cells == attr(one, "void")))
  if (method == "LCS") { sm <- mapply(constant, channels, with.missing, 2, SIMPLIFY = FALSE); indel <- 1; method <- "OM" }
  if (is.null(sm)) stop("no costs were told")
  if (length(indel) == 1) indel <- rep(indel, count)
  if (length(indel) != count || length(sm) != count || length(cweight) != count)
    stop("you must supply one weight, one substitution matrix, and one indel per domain")
  for (i in seq_len(count)) {
    if (!with.missing[i] && any(channels[[i]]$cells == attr(channels[[i]], "nr"))) stop("set with.missing as TRUE")
    if (indel[i] == "auto") indel[i] <- max(sm[[i]]) / 2
    checkcost(sm[[i]], channels[[i]], with.missing[i], as.numeric(indel[i]))
  }
  all_pairs(channels, sm, cweight, sum(as.numeric(indel) * cweight), method, with.missing, full.matrix)
}

dissassoc <- function(diss, group, weights = NULL, R = 1000, weight.permutation = "replicate", squared = FALSE) {
  stopifnot(weight.permutation %in% c("none", "replicate", "rounded-replicate", "diss", "group", "random-sampling"))
  there <- !is.na(group)
  if (is.null(weights)) weights <- rep(1, nrow(diss))
  scatter <- function(rows) {
    w <- weights[rows]
    if (length(rows)) sum(diss[rows, rows, drop = FALSE] * outer(w, w)) / (2 * sum(w)) else 0
  }
  total <- scatter(which(there)); inside <- sum(sapply(split(which(there), group[there]), scatter))
  k <- length(unique(group[there])); w <- sum(weights[there])
  f <- ((total - inside) / (k - 1)) / (inside / (w - k))
  stat <- data.frame(t0 = c(f, NA, 1 - inside / total, NA, NA), `p-value` = NA, check.names = FALSE)
  rownames(stat) <- c("Pseudo F", "Pseudo Fbf", "Pseudo R2", "Bartlett", "Levene")
  list(groups = NULL, anova.table = NULL, perms = NULL, stat = stat, R = R)
}

disscenter <- function(diss, group, weights) unname(sapply(split(seq_len(nrow(diss)), group), function(rows)
  rows[which.min(colSums(weights[rows] * diss[rows, rows, drop = FALSE]))]))

wcKMedoids <- function(diss, k, weights = NULL, npass = 1, initialclust = NULL, method = "PAMonce",
                       cluster.only = FALSE, debuglevel = 0) {
  n <- nrow(diss)
  if (is.null(weights)) weights <- rep(1, n)
  if (length(weights) != n) stop("weights should be a vector of length ", n)
  if (is.null(initialclust)) initialclust <- sample.int(n, k)
  if (inherits(initialclust, "hclust")) initialclust <- cutree(initialclust, k)
  if (length(initialclust) == n) initialclust <- disscenter(diss, initialclust, weights)
  if (length(initialclust) != k) stop("initialclust should be a vector of medoids index of length :", k)
  if (any(initialclust > n | initialclust < 1)) stop("starting medoids should be in 1:", n)
  if (k < 2 || k > n) stop("k should be in [2,", n, "]")
  clustering <- initialclust[apply(diss[, initialclust, drop = FALSE], 1, which.min)]
  if (cluster.only) return(clustering)
  quality <- wcClusterQuality(diss, clustering, weights)
  list(clustering = clustering, info = NULL, stats = quality$stats, ASW = quality$ASW)
}

wcClusterQuality <- function(diss, clustering, weights = NULL) {
  if (length(unique(clustering)) < 2) stop("The clustering should have at least two different values.")
  if (length(clustering) != nrow(diss)) stop("different number of elements")
  names <- c("PBC", "HG", "HGSD", "ASW", "ASWw", "CH", "R2", "CHsq", "R2sq", "HC")
  list(stats = setNames(rep(NA_real_, 10), names), ASW = NULL)
}

wcKMedRange <- function(diss, kvals, weights = NULL, R = 1, samplesize = NULL, ...) {
  for (k in kvals) wcKMedoids(diss = diss, k = k, cluster.only = TRUE, weights = weights, ...)
  list(kvals = kvals)
}

as.clustrange <- function(object, diss, weights = NULL, R = 1, samplesize = NULL, ...) {
  ranged <- function(ncluster = 20) {
    if (ncluster < 3) stop("ncluster should be greater than 2.")
    if (ncluster > nrow(object$merge) + 1) stop("ncluster should be less than ", nrow(object$merge) + 1)
    list(kvals = 2:ncluster)
  }
  stopifnot(inherits(object, "hclust"))
  ranged(...)
}

seqplot <- function(seqdata, group = NULL, type = "i", main = "auto", cpal = NULL, missing.color = NULL, ylab = NULL,
                    yaxis = "all", xaxis = "all", xtlab = NULL, cex.axis = 1, with.legend = "auto", ltext = NULL,
                    cex.legend = 1, use.layout = NA, legend.prop = NA, rows = NA, cols = NA, border = NULL) {
  stopifnot(inherits(seqdata, "stslist"), is.null(group) || length(group) == nrow(seqdata))
}
seqdplot <- function(seqdata, group = NULL, main = "auto", ...) seqplot(seqdata, group = group, type = "d", main = main, ...)
