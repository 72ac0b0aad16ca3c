"""The terminal: ``trajectories check | run | explore``."""

from trajectories.cli.main import main

__all__ = ["main"]
