"""What an answer is worth: forms, tolerance, follow-through, other people's numbers, tables."""

from __future__ import annotations

import pytest

from pmkit.learning.exercising.question import Question
from pmkit.learning.makers import Made
from pmkit.teach.exercise import Asked, Mistake
from pmkit.teach.marking import mark_answer, told_answer
from pmkit.teach.policies import mark_policy
from pmkit.teach.variants import Case

OVER_SPI = Mistake("over-spi", 0.4, "You divided by SPI.")
EAC = Asked(Question("eac", "number", 2, "", "thousand", 1), (), {"over-spi": OVER_SPI},
            reason="BAC / CPI.")  # fmt: skip
MADE = Made(1250.0, {"bac": 1000}, {"over-spi": 1111.1})
TABLE = Asked(
    Question("floats", "table", 4, "", "days", rows=("A", "B", "C", "D")), reason="LF - EF."
)
RULE = Asked(Question("rule", "policy", 3, "", takes=("cost",)), reason="At the limit is within.")
CASES = (Case((10,), "manager"), Case((20,), "sponsor"), Case((30,), "sponsor"))


def follow(told, earlier):
    return told["bac"] / earlier["cpi"]


@pytest.mark.parametrize("value", [1250, "1250", "1,250.0", "1250 thousand", 1256.2, 1243.8])
def test_within_half_a_per_cent_is_right(value):
    marked = mark_answer(EAC, MADE, value)
    assert (marked.state, marked.points, marked.said) == ("right", 2, "Right. BAC / CPI.")


@pytest.mark.parametrize("value", [1256.3, 1243.7])
def test_beyond_the_tolerance_is_wrong(value):
    assert mark_answer(EAC, MADE, value).state == "wrong"


def test_an_option_may_be_given_by_its_text_with_the_student_s_own_numbers():
    choice = Asked(Question("who", "choice", 1, "", options={"a": "{first}", "b": "{second}"}))
    made = Made("b", {"first": "Quay", "second": "Ferry"})
    assert mark_answer(choice, made, "Ferry").state == "right"
    assert mark_answer(choice, made, "quay").state == "wrong"
    assert mark_answer(choice, made, "Crew").state == "malformed"


def test_a_known_mistake_has_part_of_the_points_and_its_reason():
    marked = mark_answer(EAC, MADE, 1111)
    assert (marked.state, marked.code, marked.points) == ("mistaken", "over-spi", 0.8)
    assert marked.said == "You divided by SPI."


def test_what_follows_from_an_earlier_mistake_has_all_points():
    marked = mark_answer(EAC, MADE, 2000, earlier={"cpi": 0.5}, follow=follow)
    assert (marked.state, marked.points) == ("follows", 2)
    assert mark_answer(EAC, MADE, 2000, earlier={"cpi": 0.7}, follow=follow).state == "wrong"


@pytest.mark.parametrize("earlier", [{}, {"cpi": 0.0}, {"cpi": "a"}])
def test_nothing_follows_from_an_earlier_answer_that_is_none(earlier):
    assert mark_answer(EAC, MADE, 2000, earlier=earlier, follow=follow).state == "wrong"


def test_a_rule_that_finds_nothing_to_go_on_from_marks_the_answer_by_its_key():
    def searching(told, earlier):
        return next(row for row in told["rows"] if row == earlier["cpi"])

    made = Made(2000.0, {"rows": [0.8]})
    assert mark_answer(EAC, made, 2000, earlier={"cpi": 0.5}, follow=searching).state == "right"
    assert mark_answer(EAC, made, 1000, earlier={"cpi": 0.5}, follow=searching).state == "wrong"


def test_an_answer_to_another_student_s_numbers_is_held_without_a_mark():
    others = {"s16": Made(1300.0), "s17": Made(1400.0)}
    marked = mark_answer(EAC, MADE, 1400, others=others)
    assert (marked.state, marked.said) == ("held", "fits the variant of student s17")
    assert mark_answer(EAC, MADE, 1400.1, others=others).state == "wrong"  # near is not the same
    assert mark_answer(EAC, MADE, 1250, others={"s17": Made(1250.0)}).state == "right"
    assert mark_answer(EAC, MADE, 1111.1, others={"s17": Made(1111.1)}).state == "mistaken"


def test_a_small_number_that_would_fit_somebody_in_any_case_is_wrong_and_not_held():
    days = Asked(Question("left", "number", 1, "", "days"), within=0.1, reason="Float is shared.")
    others = {f"s{n}": Made(float(n)) for n in range(1, 9)}
    assert mark_answer(days, Made(3.0), 7, others=others).state == "wrong"
    far = {f"s{n}": Made(100.0 * n) for n in range(1, 9)}
    assert mark_answer(days, Made(3.0), 700, others=far).state == "held"
    assert mark_answer(days, Made(3.0), 701, others=far).state == "wrong"


def test_what_has_not_the_form_is_told_so():
    marked = mark_answer(EAC, MADE, "a lot")
    assert (marked.state, marked.points) == ("malformed", 0)
    assert marked.said == "eac: must be a number, such as 12.5, got 'a lot'."


def test_a_table_is_worth_its_right_rows():
    made = Made({"A": 0.0, "B": 2.0, "C": 5.0, "D": 1.0})
    marked = mark_answer(TABLE, made, {"A": 0, "B": 2, "C": 4, "D": 3})
    assert (marked.points, marked.said) == (2, "2 of 4 are right; not C, D. LF - EF.")


def test_a_policy_is_worth_its_right_cases_and_no_case_is_told():
    came = [{"returns": "Manager "}, {"returns": "manager"}, {"raises": "ValueError: x"}]
    marked = mark_policy(RULE, CASES, came)
    assert (marked.state, marked.points) == ("wrong", 1)
    assert marked.said == (
        "1 of 3 cases are right. At the limit is within. "
        "In at least one it ended with ValueError: x."
    )
    right = [{"returns": case.returns} for case in CASES]
    assert mark_policy(RULE, CASES, right).points == 3


@pytest.mark.parametrize(
    ("came", "state", "said"),
    [
        (None, "missing", "There is no function rule."),
        ([{"returns": None}] * 3, "empty", "rule returns nothing."),
        ([], "empty", "rule returns nothing."),
    ],
)
def test_a_policy_that_is_not_there_or_empty_says_so(came, state, said):
    marked = mark_policy(RULE, CASES, came)
    assert (marked.state, marked.points, marked.said) == (state, 0, said)


def test_a_returned_truth_is_no_number():
    counting = (Case((1,), 1.0),)
    assert mark_policy(RULE, counting, [{"returns": True}]).points == 0
    assert mark_policy(RULE, counting, [{"returns": 1}]).points == 3


def test_answers_are_told_in_words():
    choice = Asked(Question("who", "choice", 1, "", options={"a": "Sponsor", "b": "Board"}))
    assert told_answer(EAC, 1250.0) == "1,250.0 thousand"
    assert told_answer(choice, "a") == "Sponsor"
    assert told_answer(choice, ("b", "a")) == "Board, Sponsor"
    assert told_answer(TABLE, {"A": 1.0, "B": 2.0}) == "A: 1 days; B: 2 days"
