"""What stands on the page: each pane as it is built once, and how it is filled from a board."""
