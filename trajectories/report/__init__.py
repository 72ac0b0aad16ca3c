"""Findings as a folder: figures, tables, a readable report, a manifest."""

from trajectories.report.write import write_report

__all__ = ["write_report"]
