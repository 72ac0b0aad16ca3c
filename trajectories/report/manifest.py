"""What a report was made from, so that it can be made again and checked."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from trajectories.findings.stages import Findings
from trajectories.version import __version__

PACKAGES = ("numpy", "pandas", "scipy", "scikit-learn", "numba", "matplotlib", "pydantic")


def versions() -> dict[str, str]:
    """Versions of this library, of Python and of every package that may change a number or a picture."""
    found = {"trajectories": __version__, "python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def manifest(findings: Findings, written: Mapping[str, bytes]) -> str:
    """The manifest as JSON: versions, plan with key and seed, SHA-256 of everything read and written.

    It holds no date and no path of this computer, so that the same analysis gives the same manifest.
    """
    plan, rule = findings.asked, findings.rule
    document = {
        "versions": versions(),
        "study": {
            "title": findings.study.title,
            "people": len(findings.study.people),
            "dates": findings.study.dates.point,
        },
        "analysed": findings.lives.n,
        "left_out": len(findings.lives.left_out),
        "seed": plan.seed,
        "plan_key": plan.key,
        "plan": plan.model_dump(mode="json", exclude_none=True),
        **({"weights": findings.plan.measure.by_hand} if rule else {}),
        "inputs": dict(sorted(findings.study.files.items())),
        "outputs": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(written.items())},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
