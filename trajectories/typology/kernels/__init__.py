"""Compiled passes over dissimilarities. Imported only by the functions that need them: numba is slow to load,
and each pass takes its time to compile, so they are plain loops over arrays that are there."""
