"""Which engine contains what students hand in: the one that is there, or none and a sentence."""

from __future__ import annotations

from pmkit.model.errors import PlanError
from pmkit.teach.sandbox.bubblewrap import Bubblewrap
from pmkit.teach.sandbox.container import IMAGE, Container
from pmkit.teach.sandbox.engine import Engine

WITHOUT = "--without-running reads plain numbers and choices, and runs nothing"


def choose_engine() -> Engine:
    """Return bubblewrap, else Docker or Podman.

    Raises
    ------
    PlanError
        If nothing is there that contains a submission: then nothing is run.
    """
    if Bubblewrap.is_there():
        return Bubblewrap()
    if not (program := Container.program()):
        raise PlanError(
            "marking: must run what students hand in inside bubblewrap (Linux: apt install "
            f"bubblewrap), Docker or Podman, got none of them; {WITHOUT}"
        )
    if not (engine := Container(program)).has_image():
        raise PlanError(
            f"marking: {program} must have the image {IMAGE}, which is not built; in a checkout of "
            f"pmkit: {program} build -t {IMAGE} -f deploy/marking/Dockerfile . ; {WITHOUT}"
        )
    return engine
