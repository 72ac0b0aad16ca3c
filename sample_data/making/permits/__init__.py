"""Which papers somebody could have had in each country, and in which order."""
