"""Every error the library raises on purpose: a message for a person, and the way out."""

from __future__ import annotations


class TrajectoriesError(ValueError):
    """A mistake in the input, the settings or the call, told in one plain paragraph.

    ``str(error)`` says where (file and line when there is one), what is there, what may be there and what to
    do. The terminal prints it without a traceback and leaves with ``exit_code``.
    """

    exit_code = 2


class StudyError(TrajectoriesError):
    """The coded data cannot be used as they stand; ``trajectories check`` lists every problem."""

    exit_code = 1


class SettingError(TrajectoriesError):
    """A plan, grid, measure or other setting has a value that is not allowed."""


class ClusterError(TrajectoriesError):
    """The other machines that should compute cannot be reached, or were lost in the middle."""
