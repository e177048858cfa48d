"""The notebook that the formgrader shows a teacher: what was handed in, sorted by question.

It is made from text alone: code is shown and not run, and of what a student wrote or printed
nothing reaches the page as html. Names are not in it, so that who grades need not know them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pmkit.learning.makers import Made
from pmkit.teach.exercise import Asked, Exercise
from pmkit.teach.handed_in import HandedIn, handed_in
from pmkit.teach.inert import as_comment, as_markdown, harmless, inert_outputs, plain
from pmkit.teach.kept_answers import Kept
from pmkit.teach.kept_marks import Marks
from pmkit.teach.marking import Marked
from pmkit.teach.submissions import read_submission
from pmkit.teach.variants import Variant, told_question

_HEAD = (
    "## {title}\n\nA copy to read and to mark, sorted by question. What a student wrote is shown "
    "as text. Do not run it here: `python -m pmkit.teach mark` has run it, in a sandbox."
)
_MOST_GIVEN = 300
"""Letters of an answer that are shown beside its mark."""
_REST = "## What else was handed in"


def mark_cell(asked: Asked) -> str:
    """Return nbgrader's name of the cell that has the points of a question."""
    question = asked.question
    return question.name if question.kind == "written" else f"{question.name}_mark"


def autograded(
    exercise: Exercise, variant: Variant, marks: Marks, folder: Path, kept: Kept | None = None
) -> Any:
    """Return the notebook of one submission, with each answer beside its question and its mark.

    Parameters
    ----------
    exercise, variant, marks
        What was asked, the student's numbers, and what was given.
    folder
        What was handed in.
    kept
        What its answers came to when it was marked.
    """
    from nbformat.v4 import new_markdown_cell, new_notebook

    submission = read_submission(folder, exercise.name)
    cells = [] if submission.problem else handed_in(exercise, folder)
    problem = submission.problem or marks.problem
    made = [new_markdown_cell(_HEAD.format(title=harmless(exercise.title)))]
    if problem:
        made.append(new_markdown_cell(as_markdown(problem)))
    for one in marks.marked:
        if asked := exercise.asked.get(one.question):
            numbers = variant.made.get(one.question, Made())
            texts = submission.texts or {}
            given = kept.answer(one.question) if kept else None
            made += _of_question(asked, numbers, one, cells, texts, given)
    rest = [cell for cell in cells if not cell.questions]
    if rest:
        made.append(new_markdown_cell(_REST))
        made += [_shown(cell) for cell in rest]
    for n, cell in enumerate(made):
        cell["id"] = f"cell-{n:03d}"
    notebook = new_notebook(cells=made)
    # No kernel has this name or language: Lab asks before anything could run.
    none = "not-to-be-run"
    notebook.metadata = {
        "kernelspec": {"name": none, "display_name": "Not to be run", "language": none},
        "language_info": {"name": none, "pygments_lexer": "python"},
    }
    return notebook


def _of_question(
    asked: Asked, made: Made, one: Marked, cells: list[HandedIn], texts: Any, given: Any
) -> Iterator[Any]:
    from nbformat.v4 import new_code_cell, new_markdown_cell

    question = told_question(asked, made)
    yield new_markdown_cell(f"### {harmless(question.name)} ({question.worth})")
    yield new_markdown_cell(as_markdown("\n".join(_told(asked, made, one))))
    named = {"grade_id": question.name, "locked": False, "schema_version": 3, "solution": True,
             "task": False}  # fmt: skip
    if question.kind == "written":
        answer = new_markdown_cell(as_markdown(texts.get(question.name, "Nothing was written.")))
        answer.metadata = {"nbgrader": named | {"grade": True, "points": question.points}}
        yield answer
        return
    own = [c for c in cells if question.name in c.questions and c.kind == "code"]
    for cell in own[:-1]:
        yield _shown(cell)
    last = _shown(own[-1]) if own else new_code_cell(as_comment(f"no cell gives {question.name}"))
    last.metadata = {"nbgrader": named | {"grade": False}}
    yield last
    mark = new_code_cell(as_comment(_given(asked, given) + _mark(one)))
    mark.metadata = {"nbgrader": {"grade": True, "grade_id": mark_cell(asked), "locked": True,
                                  "points": question.points, "schema_version": 3,
                                  "solution": False, "task": False}}  # fmt: skip
    yield mark


def _told(asked: Asked, made: Made, one: Marked) -> Iterator[str]:
    """The question as the student had it and, of a text, what to look for."""
    question = told_question(asked, made)
    yield question.text
    yield from (f"  {key}: {text}" for key, text in question.options.items())
    if question.kind == "written":
        for row in asked.rubric:
            yield f"\n{row.points:g}  {row.says}\n   Such as: {row.model}"
        yield f"\n{_mark(one)}"


def _mark(one: Marked) -> str:
    """A mark in words: state, points, why."""
    points = "waits for you" if one.waits else f"{one.points:g} of {one.out_of:g}"
    code = f" ({one.code})" if one.code else ""
    return f"{one.state}{code}: {points}\n{one.said}"


def _given(asked: Asked, answer: Any) -> str:
    """What an answer came to: code alone does not tell."""
    if answer is None or asked.question.kind == "policy":
        return ""
    if isinstance(answer, dict) and "items" in answer:
        answer = dict(map(tuple, answer["items"]))
    told = repr(answer)
    return f"given: {told[:_MOST_GIVEN]}{'...' if len(told) > _MOST_GIVEN else ''}\n"


def _shown(cell: HandedIn) -> Any:
    from nbformat.v4 import new_code_cell, new_markdown_cell

    if cell.kind != "code":
        return new_markdown_cell(as_markdown(cell.source))
    return new_code_cell(plain(cell.source), outputs=inert_outputs(cell.outputs))
