"""Studies on disk: YAML, CSV, Excel and Parquet, read with every line known and written anew."""
