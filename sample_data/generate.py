"""Write the sample study anew: ``python sample_data/generate.py`` gives the same bytes every time."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def generate(folder: Path) -> None:
    """Write every file of the sample study into a folder."""
    from sample_data.making.study import write_study

    write_study(folder)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
