"""A class is marked: nobody twice, nobody silently, nobody for our own fault."""

from __future__ import annotations

import nbformat
import pytest

from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.feedback import feedback_page
from pmkit.teach.grading import Grade
from pmkit.teach.kept_marks import Marks
from pmkit.teach.marking_class import Marking
from pmkit.teach.rehearsing import NotMarked
from pmkit.teach.sandbox.bubblewrap import Bubblewrap
from tests.class_cases import PS04, SOURCES, code, contained, hand_in, make_class
from tests.now_and_later import rest_is_long

NAME = PS04.name


def marking(course: ClassFolder, *, run: bool = True) -> Marking:
    return Marking(course, course.exercise(NAME), Bubblewrap() if run else None)


def states(marks: Marks | None) -> dict[str, str]:
    assert marks is not None
    return {one.question: one.state for one in marks.marked}


def test_a_changed_id_keeps_its_numbers(tmp_path):
    course = make_class(tmp_path, "s1", "s2")
    before = marking(course).variants["s2"].made["cpi"].answer
    (tmp_path / "roster.csv").write_text("id,was\ns1,\nnew,s2\n")
    later = ClassFolder(tmp_path)
    assert marking(later).variants["new"].made["cpi"].answer == before


@contained
def test_a_class_is_marked_on_its_merits(tmp_path):
    course = make_class(tmp_path, "good", "empty", "upside", "ended", "absent", "broken")
    hand_in(course, "good")
    hand_in(course, "empty", solved=False)

    def upside_down(notebook):
        for cell in notebook.cells:
            cell.source = cell.source.replace('mine["ev"] / mine["ac"]', 'mine["ac"] / mine["ev"]')
        notebook.cells.reverse()

    hand_in(course, "upside", edit=upside_down)
    hand_in(course, "ended", edit=lambda nb: nb.cells.append(code("import os; os._exit(1)")))
    hand_in(course, "broken").write_text("{")
    told: list[str] = []
    found = marking(course).everybody(told.append)
    assert told == list(course.roster)
    assert set(states(found["good"]).values()) == {"right", "to read"}
    assert found["good"].points == 13
    assert found["good"].waits == ("tell",)
    assert found["empty"].points == 0
    assert set(states(found["empty"]).values()) == {"empty", "untouched"}
    assert found["empty"].waits == ("tell",)
    assert states(found["upside"])["cpi"] == "mistaken"
    assert states(found["upside"])["eac"] == "follows"
    assert found["upside"].points == 12.4
    assert found["ended"].problem == "Your notebook was ended: it ended before its last cell."
    assert found["ended"].points == 10
    assert found["absent"] is None
    assert found["broken"].problem.startswith("ps04_progress.ipynb is no notebook")

    class NoEngine:
        name = "bubblewrap"

        def command(self, given, limits):
            raise OSError("must not be asked again")

    again = Marking(course, course.exercise(NAME), NoEngine())
    assert again.student("good") == found["good"]  # kept: what is the same is not marked again


def test_without_an_engine_plain_values_are_marked_and_the_rest_waits(tmp_path):
    course = make_class(tmp_path, "s1", "s2")
    right = marking(course).variants["s1"].made
    hand_in(course, "s1", solved=False,
            edit=lambda nb: nb.cells.extend([code(f"cpi = {right['cpi'].answer:.3f}"),
                                             code("eac = open('x')")]))  # fmt: skip
    found = states(marking(course, run=False).everybody()["s1"])
    assert (found["cpi"], found["eac"], found["decides"]) == ("right", "to read", "to read")


def test_somebody_else_s_answer_is_held_and_no_number_leaks_into_the_feedback(tmp_path):
    course = make_class(tmp_path, "s1", "s2")
    mark = marking(course, run=False)
    theirs = mark.variants["s2"].made["eac"].answer
    hand_in(course, "s1", solved=False, edit=lambda nb: nb.cells.append(code(f"eac = {theirs}")))
    marks = mark.everybody()["s1"]
    held = next(one for one in marks.marked if one.question == "eac")
    assert (held.state, held.said) == ("held", "fits the variant of student s2")
    page = feedback_page(mark.exercise, mark.variants["s1"], Grade("s1", mark.exercise, marks))
    assert "s2" not in page
    assert "Your teacher looks at this answer first." in page


def test_nobody_is_marked_where_the_engine_does_not_start(tmp_path):
    course = make_class(tmp_path, "s1")
    hand_in(course, "s1")

    class Broken:
        name = "broken"

        def command(self, given, limits):
            return [str(given / "no-such-program")]

        def end(self, given):
            pass

    with pytest.raises(NotMarked, match=r"^broken: must start to mark anything, but .*nobody"):
        Marking(course, course.exercise(NAME), Broken()).everybody()
    assert not list(tmp_path.rglob("marks/**/*.json"))


@contained
def test_nobody_is_marked_where_the_solution_does_not_score_full(tmp_path):
    course = make_class(tmp_path, "s1")
    hand_in(course, "s1")
    source = course.exercise(NAME).source
    text = source.read_text("utf-8")
    source.write_text(text.replace('mine["ev"] / mine["ac"]', '99 * mine["ev"]'), "utf-8")
    with pytest.raises(NotMarked, match=r"must score full before anybody is marked, but it"):
        marking(course).everybody()
    source.write_text(text.replace("import numpy as np", "import no_such_package"), "utf-8")
    with pytest.raises(NotMarked, match="the solution must run here before anybody is marked"):
        marking(course).everybody()
    assert not list(tmp_path.rglob("marks/**/*.json"))


def test_killed_half_way_and_run_again_nothing_is_lost(tmp_path):
    course = make_class(tmp_path, "s1", "s2")
    for id_ in ("s1", "s2"):
        hand_in(course, id_, solved=False)
    first = marking(course, run=False).student("s1")
    path = course.kept("marks", NAME, "s1")
    before = path.stat().st_mtime_ns
    path.with_name("s2.json").write_text("{ half")  # what a killed writer of another kind leaves
    both = marking(course, run=False).everybody()
    assert both["s1"] == first
    assert both["s2"] is not None
    assert path.stat().st_mtime_ns == before


def test_what_is_handed_in_again_is_marked_again(tmp_path):
    course = make_class(tmp_path, "s1")
    path = hand_in(course, "s1", solved=False)
    mark = marking(course, run=False)
    before = mark.student("s1")
    notebook = nbformat.read(path, 4)
    notebook.cells.append(code(f"cpi = {mark.variants['s1'].made['cpi'].answer}"))
    nbformat.write(notebook, path)
    assert mark.student("s1").points == before.points + 1


@contained
@pytest.mark.parametrize("source", rest_is_long(SOURCES, [SOURCES[0]]),
                         ids=[each.name for each in SOURCES])  # fmt: skip
def test_whoever_hands_in_the_solution_of_an_exercise_has_all_points(source, tmp_path):
    course = make_class(tmp_path, "s1", "s2", source=source)
    hand_in(course, "s2", name=source.name)
    mark = Marking(course, course.exercise(source.name), Bubblewrap())
    found = mark.everybody()["s2"]
    assert set(states(found).values()) == {"right", "to read"}
    to_read = sum(one.out_of for one in found.marked if one.state == "to read")
    assert found.points == mark.exercise.points - to_read
