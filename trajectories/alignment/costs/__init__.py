"""What it costs to turn one state into another, and where those costs come from."""
