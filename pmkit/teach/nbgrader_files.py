"""The files that nbgrader looks for in a class folder: its configuration, and what is released."""

from __future__ import annotations

import re
from pathlib import Path

from pmkit.teach.class_folder import ClassFolder, write_text
from pmkit.teach.exercise import Exercise
from pmkit.teach.notebooks import make_notebook

CONFIG = "nbgrader_config.py"
GUARD = "pmkit.teach.nbgrader_guard"

_CONFIG = """\
# For nbgrader's commands and its formgrader. Written once; it is yours to edit.
import os

c = get_config()

c.CourseDirectory.course_id = "{course_id}"
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))

# Where assignments are exchanged is for whoever runs the server to say: c.Exchange.root = "..."

# These steps of nbgrader would run what students handed in without a sandbox, or hand out answers.
# They end with a sentence that says what to use in their place.
c.Autograde.exporter_class = "{guard}.Autograde"
c.GenerateAssignment.exporter_class = "{guard}.GenerateAssignment"
c.GenerateSolution.exporter_class = "{guard}.GenerateAssignment"
c.GenerateFeedback.exporter_class = "{guard}.GenerateFeedback"

# `nbgrader export`: quoted, no cell starts a formula, no zero for what was not handed in.
c.ExportApp.plugin_class = "pmkit.teach.nbgrader_export.SheetExport"
"""


def write_config(course: ClassFolder) -> bool:
    """Write the configuration of a class folder, unless there is one.

    Returns
    -------
    bool
        Whether it was written.
    """
    path = course.root / CONFIG
    if path.exists():
        return False
    name = course_id(course.root)
    write_text(path, _CONFIG.format(course_id=name, guard=GUARD))
    return True


def course_id(root: Path) -> str:
    """Return the name of a class for nbgrader: the folder's, without what a path cannot have.

    Examples
    --------
    >>> from pathlib import Path
    >>> course_id(Path("PM 401 (autumn)"))
    'PM_401_autumn'
    """
    return re.sub(r"[^A-Za-z0-9._-]+", "_", root.resolve().name).strip("_.-") or "course"


def is_guarded(course: ClassFolder) -> bool:
    """Whether the configuration keeps nbgrader from running what students hand in."""
    text = (course.root / CONFIG).read_text("utf-8")
    return re.search(rf"^[^#\n]*\bAutograde\.exporter_class\b.*{re.escape(GUARD)}", text,
                     re.MULTILINE) is not None  # fmt: skip


def write_release(course: ClassFolder, exercise: Exercise) -> Path:
    """Write the notebook that all students have, where nbgrader looks for what is released.

    The numbers are not in it: each student has a folder of them in ``handout``.
    """
    import nbformat

    path = course.root / "release" / exercise.name / f"{exercise.name}.ipynb"
    write_text(path, nbformat.writes(make_notebook(exercise, solved=False)) + "\n")
    path.chmod(0o644)
    return path
