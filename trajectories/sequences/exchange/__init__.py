"""Sequences in the formats of other programs, both ways."""
