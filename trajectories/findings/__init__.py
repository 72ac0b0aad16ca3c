"""What an analysis found: ``run(study, plan)`` and the nouns it returns."""

from trajectories.findings.cache import Cache
from trajectories.findings.stages import Findings, run

__all__ = ["Cache", "Findings", "run"]
