"""How far a learner is with a check follows from the record alone."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pmkit.learning.checking.asking import Asking, asking
from pmkit.learning.checking.check import Check, Wording
from pmkit.learning.record import Event

CHECK = Check("01-who", "choice", "01a", "roles", (Wording("Who?"),))


def event(answer: Any = "a", *, right: bool = False, item: str = "01-who", **more: Any) -> Event:
    facts = {"variant": 0, "answer": answer, "confidence": 70, "is_right": right} | more
    return Event("check", item, facts, "")


def test_nothing_answered_asks_the_question_itself():
    assert asking(CHECK, []) == Asking(CHECK)


def test_misses_are_counted_and_the_first_answer_stays_the_first():
    found = asking(CHECK, [event(), event("b"), event("c", right=True)])
    assert (found.misses, found.is_over, found.is_right, found.first) == (2, True, True, False)
    assert found.last is not None
    assert (found.last.answer, found.last.misses) == ("c", 2)


def test_after_a_solution_another_variant_is_asked_next_time():
    seen = asking(CHECK, [event(), event(), event(seen=True)])
    assert (seen.is_over, seen.is_right, seen.variant) == (True, False, 0)
    later = seen.next_time()
    assert (later.variant, later.misses, later.is_over, later.first) == (2, 0, False, False)
    again = asking(CHECK, [event(), event(), event(seen=True), event(variant=2, seen=True)])
    assert again.next_time().variant == 3


def test_a_right_answer_is_not_asked_again():
    right = asking(CHECK, [event(right=True)])
    assert right.next_time() is right


def test_practice_never_comes_back_to_a_variant_that_was_asked():
    now, asked = asking(CHECK, [event(right=True)]), [0]
    for _ in range(4):
        now = now.again()
        asked.append(now.variant)
    assert asked == [0, 2, 3, 4, 5]


def test_other_events_and_broken_facts_are_passed_over():
    other = [event(item="02-who", right=True), Event("card", "01-who", {"answer": "a"}, ""),
             Event("check", "01-who", {}, "")]  # fmt: skip
    assert asking(CHECK, other) == Asking(CHECK)
    odd = Event("check", "01-who", {"answer": "a", "variant": "two", "confidence": None}, "")
    assert asking(CHECK, [odd]).variant == 0


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=12), st.integers(0, 12))
def test_stopping_half_way_changes_nothing(told: list[tuple[bool, bool]], at: int):
    events = [event(["a", "b"], right=right, seen=seen) for right, seen in told]
    now = asking(CHECK, events[:at])
    for one in events[at:]:
        now = now.after(json.loads(json.dumps(one.facts)))
    assert now == asking(CHECK, events)
    assert now.seen == sum(seen and not right for right, seen in told)
    assert now.first == (told[0][0] if told else None)
