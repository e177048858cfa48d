"""How far a learner has come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pmkit.learning.standing as module
from pmkit.learning.answers import Answered
from pmkit.learning.lesson import lesson
from pmkit.learning.pictures.progress import progress_chart
from pmkit.learning.quarter.script import quarter
from pmkit.learning.record import Event, Record
from pmkit.learning.standing import Standing, standing
from pmkit.model.errors import PlanError
from pmkit.views.show import svg
from pmkit.views.theme import DARK
from tests.lesson_cases import lessons


@pytest.fixture
def own(tmp_path, monkeypatch) -> Record:
    monkeypatch.setattr(module, "lessons", lessons)
    return Record(tmp_path / "progress.json")


def test_each_lesson_is_counted_by_what_was_asked_first(own):
    own.add("prediction", "01-p", confidence=80, is_right=False)
    own.add("check", "01-a", confidence=80, is_right=True)
    own.add("check", "01-b", confidence=80, is_right=False)
    own.add("check", "01-b", confidence=80, is_right=True)
    own.add("check", "01-c", confidence=80, is_right=False, seen=True)
    own.add("card", "01-x", is_right=True)
    own.add("prediction", "02-p", skipped=True)
    found = standing(own)
    one, two = found.table.loc["01"], found.table.loc["02"]
    counted = one.drop("title").to_dict()
    assert {name: number for name, number in counted.items() if number} == {
        "predicted": 1, "predictions": 1, "checks_right": 1, "checks_answered": 3, "checks": 4,
        "cards_right": 1, "cards_answered": 1, "cards": 2, "seen": 1, "reached": 1, "outcomes": 2,
    }  # fmt: skip
    assert (two["predicted"], two["predictions"], two["reached"]) == (0, 2, 0)
    assert repr(found) == (
        "Standing: 1 of 2 lessons begun, 1 of 3 outcomes reached, 1 of 6 checks right at the first "
        "answer"
    )


def test_in_a_notebook_it_reads_as_so_many_of_so_many_and_titles_are_only_words(own):
    own.add("check", "01-a", confidence=80, is_right=True)
    page = standing(own)._repr_html_()
    assert "<td>1 of 4</td>" in page
    assert "checks right at first" in page
    assert "One &lt;first&gt;" in page


def test_domains_are_counted_over_all_lessons_and_those_nothing_asks_about_are_left_out(own):
    own.add("check", "01-c", is_right=True, confidence=50)
    own.add("card", "02-x", is_right=True)
    table = standing(own).domains
    assert list(table.index) == ["risk", "progress", "governance"]
    assert table.loc["risk", ["checks_right", "checks", "cards_right", "cards"]].tolist() == [
        1, 2, 1, 1,
    ]  # fmt: skip
    for column in ("checks", "cards", "predictions", "checks_right"):
        assert table[column].sum() == standing(own).table[column].sum()


def test_an_outcome_is_reached_when_all_its_checks_were_right_once(own):
    own.add("check", "02-a", is_right=True, confidence=50)
    assert standing(own).table.loc["02", "reached"] == 0
    own.add("check", "02-b", is_right=False, confidence=50)
    assert standing(own).table.loc["02", "reached"] == 0
    own.add("check", "02-b", is_right=True, confidence=50)
    assert standing(own).table.loc["02", "reached"] == 1
    assert standing(own).explain("02").lines == ("say when: reached, 2 of 2 checks right",)


def test_what_is_missing_is_told(own):
    own.add("check", "01-a", is_right=False, confidence=50)
    assert str(standing(own).explain("01")).splitlines() == [
        "Lesson 01 One <first>",
        "  say who: not yet, 0 of 2 checks right",
        "  say why: not yet, 0 of 2 checks right",
        "  missed at first: 01-a",
    ]
    with pytest.raises(PlanError) as error:
        standing(own).explain("3")
    assert str(error.value) == "lesson: must be one of 01, 02, got '3'"


def test_what_to_do_next_is_to_go_on_to_come_back_and_to_begin(own):
    assert standing(own).next_steps == ("Begin lesson 01, One <first>: Who?",)
    own.add("check", "01-a", is_right=False, confidence=50)
    assert standing(own).next_steps == (
        "Go on with lesson 01, One <first>: 3 checks left.",
        "Come back to lesson 01, One <first>: 1 missed.",
        "Begin lesson 02, Two: When?",
    )
    for each in lessons():
        for one in each.all_checks:
            own.add("check", one.id, is_right=True, confidence=50)
    assert standing(own).next_steps == ("Everything is answered. Draw new cards in any lesson.",)


def test_somebody_who_stops_half_way_and_comes_back_goes_on_where_they_were(own):
    own.add("check", "01-a", is_right=True, confidence=90)
    before = standing(own).table.copy()
    again = standing(Record(own.path))
    assert again.table.equals(before)
    assert again.next_steps[0] == "Go on with lesson 01, One <first>: 3 checks left."


def test_a_prediction_and_a_check_of_the_same_name_are_two(own):
    own.add("prediction", "01-a", confidence=50, is_right=True)
    assert standing(own).table["checks_answered"].sum() == 0
    own.add("check", "01-a", confidence=50, is_right=False)
    assert standing(own).table.loc["01", ["checks_right", "checks_answered"]].tolist() == [0, 1]


def test_after_a_prediction_alone_there_is_still_something_to_do(own):
    own.add("prediction", "01-p", confidence=80, is_right=True)
    assert standing(own).next_steps[0] == "Go on with lesson 01, One <first>: 4 checks left."


def practised(tmp_path) -> Record:
    """Return a file with messages, conversations and a quarter of the lessons that ship."""
    own, bridge = Record(tmp_path / "progress.json"), lesson("11")
    message, talk = bridge.all_messages[0], bridge.all_conversations[0]
    own.add("message", message.id, score=3, of=5, is_right=False)
    own.add("message", message.id, score=5, of=5, is_right=True)
    own.add("message", bridge.all_messages[1].id, score=5, of=5, is_right=True)
    own.add("conversation", talk.id, score=50.0, points=3, of=6, is_right=False)
    own.add("quarter", "chargers", score=40.0, luck=30.0, is_right=False, confidence=80)
    own.add("quarter", "undo")
    own.add("quarter", "restart")
    return own


def test_messages_conversations_and_the_quarter_count_by_lesson_and_by_domain(tmp_path):
    found = standing(practised(tmp_path))
    names = ["messages_right", "messages_answered", "conversations_right",
             "conversations_answered", "decisions_answered"]  # fmt: skip
    assert found.table.loc["11", names].tolist() == [1, 2, 0, 1, 0]
    assert found.table.loc["12", names].tolist() == [0, 0, 0, 0, 1]
    assert found.domains.loc["schedule", "decisions_answered"] == 1
    for name in (*names, "messages", "conversations", "decisions"):
        assert found.domains[name].sum() == found.table[name].sum()
    assert "2 of 12 lessons begun" in repr(found)


def test_the_first_score_counts_and_luck_is_told_apart_from_it(tmp_path):
    found = standing(practised(tmp_path)).practice
    told = found.drop(columns="number").fillna(-1)
    assert told.loc["messages"].tolist() == [1, 2, 0.8, -1]
    assert told.loc["conversations"].tolist() == [0, 1, 0.5, -1]
    assert told.loc["decisions"].tolist() == [0, 1, 0.4, 0.3]
    assert found["number"].tolist() == [len(lesson("11").all_messages),
                                        len(lesson("11").all_conversations),
                                        len(quarter().events)]  # fmt: skip
    page = standing(practised(tmp_path))._repr_html_()
    assert "<td>80%</td>" in page
    assert "messages right at first" in page


def test_what_is_left_and_what_was_missed_of_them_is_what_to_do_next(tmp_path):
    bridge = lesson("11")
    checks = len(bridge.all_checks)
    messages, talks = len(bridge.all_messages) - 2, len(bridge.all_conversations) - 1
    assert standing(practised(tmp_path)).next_steps[:3] == (
        f"Go on with lesson 11, {bridge.title}: {checks} checks, {messages} messages and {talks} "
        "conversations left.",
        f"Come back to lesson 11, {bridge.title}: 1 missed.",
        f"Come back to lesson 12, {lesson('12').title}: 1 missed.",
    )
    assert "missed at first: chargers" in standing(practised(tmp_path)).explain("12").lines


@pytest.mark.parametrize("facts", [{}, {"score": "5", "of": 5}, {"score": 6, "of": 5},
                                   {"score": True, "of": 1}, {"score": 0, "of": 0}])  # fmt: skip
def test_a_score_that_is_none_is_left_out(tmp_path, facts):
    own = Record(tmp_path / "progress.json")
    own.add("message", lesson("11").all_messages[0].id, **facts)
    assert standing(own).practice["score"].isna().all()


def test_what_no_lesson_asks_any_more_is_not_counted(own):
    own.add("check", "99-gone", is_right=False, confidence=50)
    assert standing(own).table[["checks_answered", "seen"]].to_numpy().sum() == 0
    assert standing(own).next_steps == ("Begin lesson 01, One <first>: Who?",)


items = [x.id for each in lessons() for x in (*each.all_checks, *each.all_cards)]
events = st.lists(st.tuples(st.sampled_from(items), st.booleans()), max_size=30)


def made(told: list[tuple[str, bool]]) -> Standing:
    """Return where somebody stands who answered so."""
    cards = {x.id for each in lessons() for x in each.all_cards}
    found: dict[str, list[Event]] = {}
    for item, right in told:
        kind = "card" if item in cards else "check"
        found.setdefault(item, []).append(Event(kind, item, {"is_right": right}, ""))
    return Standing(lessons(), tuple(Answered(e[0].kind, i, tuple(e)) for i, e in found.items()))


@given(events, events)
def test_more_answers_never_take_away_what_was_reached(told, more):
    first, then = made(told).table, made([*told, *more]).table
    numbers = first.columns.drop("title")
    assert (then[numbers] >= first[numbers]).all(axis=None)
    assert (then["checks_right"] <= then["checks_answered"]).all()
    assert (then["reached"] <= then["outcomes"]).all()


# The picture


def test_every_lesson_and_domain_is_a_row_with_its_counts():
    chart = progress_chart(made([("01-a", True), ("01-b", False), ("02-x", True)]))
    assert chart.title.text == "0 of 3 outcomes reached, 1 of 2 checks right at first"
    drawn = svg(chart)
    for text in ("01 One &lt;first&gt;", "02 Two", "1 of 4", "Risk", "Governance", "Outcomes"):
        assert text in drawn
    assert "<first>" not in drawn


def test_a_bar_is_as_long_as_its_share():
    chart = progress_chart(made([("01-a", True), ("01-b", True), ("01-c", True)]), theme=DARK)
    checks = chart.vconcat[0].layer[5].data.values
    assert [(row["name"], row["share"], row["told"]) for row in checks] == [
        ("01 One <first>", 0.75, "3 of 4"), ("02 Two", 0.0, "0 of 2"),
    ]  # fmt: skip


def test_messages_conversations_and_the_quarter_are_rows_with_their_scores(tmp_path):
    drawn = svg(progress_chart(standing(practised(tmp_path))))
    for text in (
        "Messages",
        "Conversations",
        "Decisions of a quarter",
        "80 %",
        "50 %",
        "30 of 100",
    ):
        assert text in drawn


def test_nothing_answered_and_no_lessons_are_told():
    assert progress_chart(made([])).title.text == "Nothing answered yet: begin with lesson 01"
    assert progress_chart(Standing(())).title.subtitle == "There are no lessons."
