"""Many pairs worked through part by part: on the processors of other machines, and into files."""
