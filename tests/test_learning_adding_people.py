"""People who come late: always dearer, earlier only when enough is left."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pmkit.learning.adding_people import AddedPeople, add_people
from pmkit.learning.pictures.adding_people import adding_people_chart
from pmkit.model.errors import PlanError
from tests.wording import exactly

shares = st.floats(0, 0.2)


@st.composite
def additions(draw) -> AddedPeople:
    people, more = draw(st.integers(1, 9)), draw(st.integers(1, 4))
    help_, coordination = draw(shares), draw(shares)
    assume(people - more * help_ > 0.05)
    return add_people(draw(st.floats(1, 400)), people, more, ramp_up=draw(st.floats(0, 20)),
                      help=help_, coordination=coordination)  # fmt: skip


@given(additions())
def test_more_people_never_cost_less(added):
    assert added.cost >= added.cost_without * (1 - 1e-9)


@given(additions())
def test_they_end_it_earlier_only_when_more_is_left_than_ramp_up_and_coordination(added):
    left = added.days_without
    assume(abs(left - added.worth_it_from) > 1e-6 * left)
    if left > added.worth_it_from:
        assert added.gain > -1e-9
    else:
        assert added.gain <= 1e-9


def test_one_case_each():
    late, early = add_people(10, 2, 2), add_people(40, 2, 2)
    assert late.gain < 0 < early.gain
    assert late.days == pytest.approx(5 + 5 / 3.6)
    assert early.days == pytest.approx(5 + 35 / 3.6)
    assert late.worth_it_from == early.worth_it_from == pytest.approx(5 + 5 / 1.6)


def test_work_that_ends_before_the_ramp_up_is_only_disturbed():
    added = add_people(4, 2, 2)
    assert added.days == 4
    assert "the work ends before the ramp-up does: 4 / 1 = 4 days" in added.explain().lines


def test_coordination_can_eat_all_that_newcomers_add():
    added = add_people(40, 4, 1, coordination=0.25)
    assert added.worth_it_from == inf
    title = adding_people_chart(added).title.text
    assert title == "More people never end it earlier: coordination eats what they add"


def test_every_number_opens_into_its_arithmetic():
    lines = add_people(40, 2, 2).explain().lines
    assert lines[0] == "as they are: work / people = 40 / 2 = 20 days"
    assert lines[-1] == "cost: 4 x 14.7 x 680 = EUR 40,044 instead of 27,200"


def test_the_table_holds_both_teams():
    table = add_people(10, 2, 2).table
    assert table["people"].tolist() == [2, 4]
    assert table["days"].round(2).tolist() == [5.0, 6.39]


def test_the_picture_says_from_where_on_they_help():
    chart = adding_people_chart(add_people(10, 2, 2))
    assert chart.title.text == "More people end it earlier only when more than 8.1 days are left"
    assert "now: 6.4 days, not 5.0" in chart.to_json()


def test_nobody_left_to_do_the_work_is_refused():
    sentence = (
        "people: somebody must be left to do the work beside help and coordination, got "
        "0 people's work a day, 2.7 after the ramp-up"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        add_people(10, 1, 2)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"work": 0, "people": 1, "more": 1}, "added people: work must be a number > 0, got 0"),
        ({"work": 9, "people": 2, "more": 1, "ramp_up": -1},
         "added people: ramp_up must be a number >= 0, got -1"),
        ({"work": float("nan"), "people": 2, "more": 1},
         "added people: work must be a number > 0, got nan"),
    ],
)  # fmt: skip
def test_a_number_out_of_range_is_refused_in_a_sentence(told, sentence):
    with pytest.raises(PlanError, match=exactly(sentence)):
        add_people(**told)
