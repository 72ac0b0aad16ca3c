"""From a table that a team laid out in its own way, under its own names, to a study."""
