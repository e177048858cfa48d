"""What nbgrader's own steps would do to a class folder of pmkit, and why they do not run in it.

nbgrader asks a step for its exporter before it touches a file: the exporters here say no. They are
named in the ``nbgrader_config.py`` of a class folder (`pmkit.teach.nbgrader_files`).
"""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from nbgrader.converters.base import NbGraderException

_OURS = "python -m pmkit.teach"


class _Refusing(Exporter):
    """An exporter that ends the step it belongs to with a sentence."""

    said = ""

    def __init__(self, *words: Any, parent: Any = None, **names: Any) -> None:
        if parent is not None:
            parent.log.error(self.said)
        raise NbGraderException(self.said)


class Autograde(_Refusing):
    """Stands in the way of ``nbgrader autograde``."""

    said = (
        "nbgrader autograde would run what students handed in with no sandbox around it, and put "
        f"the solutions beside it; it does nothing in this folder. Use: {_OURS} mark, "
        f"then {_OURS} gradebook"
    )


class GenerateAssignment(_Refusing):
    """Stands in the way of ``nbgrader generate_assignment`` and ``generate_solution``."""

    said = (
        "nbgrader generate_assignment would copy the tables of an exercise, answers among them, "
        f"into release; it does nothing in this folder. Use: {_OURS} release"
    )


class GenerateFeedback(_Refusing):
    """Stands in the way of ``nbgrader generate_feedback``."""

    said = (
        "nbgrader generate_feedback would give students the page that is meant for the teacher; "
        f"it does nothing in this folder. Use: {_OURS} feedback"
    )
