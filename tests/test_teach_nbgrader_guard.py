from __future__ import annotations

from pathlib import Path

import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

from pmkit.teach.nbgrader_files import CONFIG, write_config
from pmkit.teach.nbgrader_guard import Autograde, GenerateAssignment, GenerateFeedback
from tests.class_cases import PS04, hand_in, make_class
from tests.gradebook_cases import run_nbgrader

NAME = PS04.name
PLANTED = "__import__('pathlib').Path('planted').write_text('it was run')"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A class folder in which a submission would leave a trace if it were run."""
    made = make_class(tmp_path_factory.mktemp("class"), "anna")
    path = hand_in(made, "anna")
    path.write_text(path.read_text("utf-8").replace("work = pm.open_exercise()", PLANTED), "utf-8")
    (made.root / "source" / NAME / f"{NAME}.ipynb").write_bytes(path.read_bytes())
    shown = made.root / "autograded" / "anna" / NAME
    shown.mkdir(parents=True)
    (shown / f"{NAME}.ipynb").write_bytes(path.read_bytes())
    page = made.root / "feedback" / "anna" / NAME
    page.mkdir(parents=True)
    (page / "feedback.html").write_text("ours", "utf-8")
    write_config(made)
    return made


def files(root: Path) -> set[str]:
    """Everything in a class folder, but for the gradebook that nbgrader opens."""
    return {str(path.relative_to(root)) for path in root.rglob("*")} - {"gradebook.db"}


STEPS = {
    "autograde": (Autograde, lambda api: api.autograde(NAME, "anna")),
    "generate_assignment": (GenerateAssignment, lambda api: api.generate_assignment(NAME)),
    "generate_feedback": (GenerateFeedback, lambda api: api.generate_feedback(NAME, "anna")),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_the_formgrader_has_a_button_for_ends_with_a_sentence(course, step):
    guard, run = STEPS[step]
    config = PyFileConfigLoader(CONFIG, path=str(course.root)).load_config()
    folder = CourseDirectory(config=config)
    before = files(course.root)
    told = run(NbGraderAPI(folder, config=config))
    assert not told["success"]
    assert guard.said in told["log"]
    assert files(course.root) == before


@pytest.mark.long
@pytest.mark.parametrize("step", [*STEPS, "generate_solution"])
def test_a_step_of_the_command_line_ends_with_a_sentence(course, step, tmp_path):
    before = files(course.root)
    ran = run_nbgrader(course.root, tmp_path, step, NAME, "--force")
    assert ran.returncode == 1
    guard = STEPS.get(step, (GenerateAssignment, None))[0]
    assert guard.said in ran.stderr
    assert files(course.root) == before


@pytest.mark.long
def test_without_the_guard_nbgrader_does_run_what_was_handed_in(course, tmp_path):
    """What the guard is for: else it would guard against nothing."""
    config = course.root / CONFIG
    kept = config.read_text("utf-8")
    lines = [line for line in kept.splitlines() if "_guard" not in line]
    try:
        config.write_text("\n".join(lines) + "\n", "utf-8")
        for step in ("generate_assignment", "autograde"):
            told = run_nbgrader(course.root, tmp_path, step, NAME, "--force")
    finally:
        config.write_text(kept, "utf-8")
    assert (course.root / "release" / NAME / "variant.py").is_file()
    assert list(course.root.rglob("planted")), told.stderr
