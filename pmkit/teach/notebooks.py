"""The notebook of an exercise, made from its one source: for students, and with the solutions.

The source is a Python file in percent format. A cell with ``question="cpi"`` holds the solution;
what is around it - the question, a cell for the answer, a check - is made here, so that it looks
alike everywhere. The metadata are those of nbgrader.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pmkit.learning.exercising.question import Question
from pmkit.teach.exercise import Exercise

YOURS = "*Your answer here.*"
HAND_IN = """## Hand in

Save the notebook, and hand in its folder as your teacher has told you; the last one counts. If you
learn alone, give the command that made this folder once more: it says what is right so far. How far
you are, by your last checks, is below; all that you have checked is in `work.attempts`."""
SETUP = "setup"
"""Tag of what is run before any answer: where a student has deleted it, it is run all the same."""


def make_notebook(exercise: Exercise, *, solved: bool) -> Any:
    """Return the notebook, as nbformat has it.

    Parameters
    ----------
    exercise
        Its source must have one cell for each question, of the same name.
    solved
        With the solutions, or with places to fill in.
    """
    import jupytext
    import nbformat

    source = jupytext.reads(exercise.source.read_text("utf-8"), "py:percent")
    cells: list[Any] = []
    for cell in source.cells:
        name = cell.metadata.get("question")
        if name is None:
            cells.append(_locked(cell, f"text_{len(cells)}"))
        else:
            asked = exercise.asked[name].question
            cells += _of_question(asked, cell.source if solved else "")
    cells += _at_the_end()
    for n, cell in enumerate(cells):
        cell["id"] = f"cell-{n:02d}"
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
        "pmkit": {"exercise": exercise.name, "version": exercise.version},
    }
    return notebook


def _locked(cell: Any, id_: str) -> Any:
    """Text or set-up, which students need not change."""
    cell.metadata = {"nbgrader": _nbgrader(id_)}
    if cell.cell_type == "code":
        cell.metadata["tags"] = [SETUP]
    return cell


def _at_the_end() -> Iterator[Any]:
    """How far the student is, and what is to be done with it."""
    from nbformat.v4 import new_code_cell, new_markdown_cell

    for cell, id_ in ((new_markdown_cell(HAND_IN), "hand_in"), (new_code_cell("work"), "progress")):
        cell.metadata = {"nbgrader": _nbgrader(id_)}
        yield cell


def _of_question(asked: Question, solution: str) -> Iterator[Any]:
    """The question, a place for the answer, and a check of its form."""
    from nbformat.v4 import new_code_cell, new_markdown_cell

    name, points = asked.name, asked.points
    ask = new_code_cell(f'work.ask("{name}")')
    ask.metadata = {"nbgrader": _nbgrader(f"{name}_ask")}
    yield ask
    if asked.kind == "written":
        cell = new_markdown_cell(_text_of(solution) if solution else YOURS)
        both = _nbgrader(name, grade=True, solution=True, points=points)
        cell.metadata = {"nbgrader": both, "pmkit": {"question": name}}
        yield cell
        return
    answer = new_code_cell(solution or _place(asked))
    answer.metadata = {"nbgrader": _nbgrader(name, solution=True), "pmkit": {"question": name}}
    yield answer
    check = new_code_cell(f'work.check("{name}", {name})')
    check.metadata = {"nbgrader": _nbgrader(f"{name}_mark", grade=True, points=points)}
    yield check


def _place(asked: Question) -> str:
    if asked.kind == "policy":
        return f"def {asked.name}({', '.join(asked.takes)}):\n    return None  # your rule here"
    return f"{asked.name} = None  # your answer: {asked.typed}"


def _text_of(solution: str) -> str:
    """A model answer stands in the source as the text of a string."""
    return solution.strip().strip('"').strip()


def _nbgrader(id_: str, *, grade: bool = False, solution: bool = False, points: float = 0) -> Any:
    told: dict[str, Any] = {"grade": grade, "grade_id": id_, "locked": not solution,
                            "schema_version": 3, "solution": solution, "task": False}  # fmt: skip
    return told | ({"points": points} if grade else {})
