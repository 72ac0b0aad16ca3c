"""Dates as people remember them: read, said, and put in order."""
