"""``trajectories explore``: the dashboard on this computer."""

from __future__ import annotations

from pathlib import Path

from trajectories.cli.console import tell
from trajectories.cli.places import open_study
from trajectories.cli.running import plan_of
from trajectories.errors import SettingError


def explore_study(path: Path | None, plan_path: Path | None, *, port: int, open_browser: bool) -> None:
    """Serve the dashboard until it is stopped."""
    study = open_study(path if path is not None else sample_study())
    plan = plan_of(study, plan_path)
    if path is None:
        tell("This is the sample study: nobody in it exists. "
             "Open your own with: trajectories explore MYSTUDY", "dim")  # fmt: skip
    from dashboard import serve

    serve(study, plan, port=port, open_browser=open_browser)


def sample_study() -> Path:
    """The ``study.yaml`` of the sample that is installed with the package."""
    from importlib.resources import files

    try:
        place = Path(str(files("sample_data").joinpath("study.yaml")))
    except ModuleNotFoundError:
        place = Path()
    if not place.is_file():
        raise SettingError("The sample study is not installed. "
                           "Give the path of a study: trajectories explore STUDY")  # fmt: skip
    return place
