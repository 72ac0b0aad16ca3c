"""Lives laid out for the kernels, and the kernels run over all pairs on every processor."""
