"""A self-portrait: ratings beside what each seat asks for, and what to learn next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.learning.lesson import lessons
from pmkit.learning.pictures.skills import skills_chart
from pmkit.learning.skills import AIMS, BOTH, Portrait, portrait, read_skills, skills
from pmkit.learning.tables import Reader
from pmkit.model.errors import PlanError
from tests.wording import exactly

IDS = [skill.id for skill in skills()]
some_ratings = st.dictionaries(st.sampled_from(IDS), st.integers(1, 5))


def test_there_are_ten_skills_and_each_is_taught_in_a_lesson_that_exists():
    assert len(IDS) == len(set(IDS)) == 10
    numbers = {one.number for one in lessons()}
    for skill in skills():
        assert skill.lessons
        assert set(skill.lessons) <= numbers


def test_each_seat_asks_most_of_some_skill():
    most = {max(skill.needed, key=lambda seat: skill.needed[seat]) for skill in skills()}
    assert most == {"project manager", "program manager"}


def test_what_is_missing_counts_for_the_aim_alone():
    told = {"schedule": 4, "strategy": 2}
    assert portrait(told, "project manager").table["missing"].sum() == 1
    assert portrait(told, "program manager").table["missing"].sum() == 3
    assert portrait(told).table["missing"].sum() == 4


def test_lessons_come_in_the_order_in_which_they_help():
    table = portrait({"strategy": 1, "budget": 4, "objectives": 4, "schedule": 4}).next_lessons
    assert table.index.tolist() == ["08", "02", "06", "04"]
    assert table.loc["02", "skills"] == "Schedules; Objectives"
    assert table.loc["06", "missing"] == 2
    assert table.loc["08", "title"] == "Alignment"


def test_a_skill_that_is_not_rated_is_not_missing():
    empty = portrait({})
    assert empty.table["yours"].isna().all()
    assert empty.next_lessons.empty
    assert repr(empty) == "Portrait: 10 skills, none rated yet."


@given(some_ratings, st.sampled_from(AIMS))
def test_both_seats_ask_for_as_much_as_the_one_that_asks_for_more(ratings, aim):
    both, one = portrait(ratings, BOTH), portrait(ratings, aim)
    for skill in both.skills:
        assert both.missing(skill) >= one.missing(skill)
    assert (one.next_lessons["missing"] > 0).all()


def test_all_that_is_asked_for_is_said():
    best = portrait(dict.fromkeys(IDS, 5))
    assert best.sentence == "10 of 10 skills rated: all that both seats ask for is there."
    one = portrait({"budget": 2}, "program manager")
    assert one.sentence == (
        "1 of 10 skills rated: Budgets is below what the program manager's seat asks for."
    )


@pytest.mark.parametrize(
    ("ratings", "aim", "sentence"),
    [
        ({"schedule": 6}, BOTH, "skill 'schedule': rating must be 1, 2, 3, 4 or 5, got 6"),
        ({"schedule": True}, BOTH, "skill 'schedule': rating must be 1, 2, 3, 4 or 5, got True"),
        ({"golf": 3}, BOTH, f"skill: must be one of {', '.join(IDS)}, got 'golf'"),
        ({}, "chief", "aim: must be one of project manager, program manager, both seats, got "
                      "'chief'"),
    ],
)  # fmt: skip
def test_what_cannot_be_rated_is_refused_in_a_sentence(ratings, aim, sentence):
    with pytest.raises(PlanError, match=exactly(sentence)):
        portrait(ratings, aim)


def test_a_level_that_is_none_has_its_place(tmp_path):
    folder = tmp_path / "01_two_roles"
    folder.mkdir()
    (folder / "skills.csv").write_text(
        "id,name,shows,project_manager,program_manager,lessons\nx,X,I can.,7,1,02\n"
    )
    reader = Reader(tmp_path)
    assert read_skills(reader) == ()
    with pytest.raises(PlanError) as caught:
        reader.done()
    (problem,) = caught.value.problems
    assert (problem.row, problem.column) == (2, "project_manager")
    assert problem.sentence == "x: project_manager must be one of 1, 2, 3, 4, 5, got '7'"


def test_the_picture_shows_you_only_where_you_are_rated():
    rated = skills_chart(portrait({"risk": 2})).to_dict()
    points = [point for rows in rated["datasets"].values() for point in rows]
    mine = [point for point in points if point.get("who") == "you"]
    assert [(point["skill"], point["level"]) for point in mine] == [("Risks and issues", 2)]
    gaps = [point for point in points if "wanted" in point]
    assert gaps == [{"skill": "Risks and issues", "level": 2, "wanted": 5}]


def test_names_are_escaped_where_they_become_html():
    told = Portrait(skills(), {}, BOTH)
    assert "<table" in told._repr_html_()
    assert "<NA>" not in told._repr_html_()
