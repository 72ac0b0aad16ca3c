"""The compiled loops; imported only where dissimilarities are computed."""
