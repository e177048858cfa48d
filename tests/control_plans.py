"""Tolerances, logs and earlier baselines for property tests: whatever their sheets can say."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pmkit.model.baseline import Baseline, Planned
from pmkit.model.change import Change
from pmkit.model.change_request import ChangeRequest, Decision
from pmkit.model.control import Control
from pmkit.model.issue import Issue
from pmkit.model.tolerance import Measure, Tolerance


@st.composite
def tolerances(draw: Any, on: str, moment: Any, amount: Any, words: Any) -> Tolerance:
    """A tolerance on one measure."""
    above = draw(amount)
    told: dict[str, Any] = {"above": above, "below": draw(st.none() | amount)}
    if on in ("time", "cost"):
        told["target"] = draw(st.none() | (moment if on == "time" else amount))
        told["confidence"] = draw(st.none() | st.sampled_from([0.5, 0.8, 1 / 3]))
    else:
        told["target"], told["forecast"] = draw(amount), draw(amount)
    if on == "benefit":
        told["lost_per_day"] = draw(st.none() | amount)
    return Tolerance(Measure(on), **told, name=draw(words), unit=draw(st.sampled_from(["", "%"])),
                     authority=draw(words) or "sponsor")  # fmt: skip


@st.composite
def issues(
    draw: Any, id_: str, known: list[str], moment: Any, amount: Any, words: Any, extras: Any
) -> Issue:
    """An issue about some activities."""
    return Issue(
        id_, draw(words), draw(words), draw(words), draw(st.none() | moment),
        draw(st.none() | moment), draw(st.sampled_from(["open", "closed"])),
        tuple(draw(st.lists(st.sampled_from(known), max_size=2))), -draw(amount), draw(amount),
        draw(words), draw(extras),
    )  # fmt: skip


@st.composite
def requests(
    draw: Any, id_: str, known: list[str], moment: Any, amount: Any, words: Any, extras: Any
) -> ChangeRequest:
    """A change request; some are about the benefit alone."""
    changes = [
        Change(draw(st.sampled_from(known)), duration=draw(st.sampled_from(["+2", 3.5]))),
        Change(draw(st.sampled_from(known)), name=draw(words)),
    ]
    return ChangeRequest(
        id_, draw(words), tuple(changes[: draw(st.integers(0, 2))]), -draw(amount), draw(words),
        draw(st.none() | moment), draw(words), draw(st.sampled_from(list(Decision))), draw(words),
        draw(st.none() | moment), draw(words), draw(st.none() | amount), draw(st.none() | amount),
        draw(words), draw(extras),
    )  # fmt: skip


@st.composite
def controls(
    draw: Any, known: list[str], moment: Any, amount: Any, words: Any, ids: Any, extras: Any
) -> Control:
    """What a plan of these activities may be kept in hand with."""
    kinds = draw(st.lists(st.sampled_from(list(Measure)), max_size=3, unique=True))
    limits = [draw(tolerances(str(kind), moment, amount, words)) for kind in kinds]
    distinct = {tolerance.subject: tolerance for tolerance in limits}
    parts = moment, amount, words, extras
    log = draw(st.lists(ids, max_size=2, unique=True))
    names = draw(st.lists(ids, max_size=2, unique=True))
    planned = st.builds(Planned, st.none() | moment, st.none() | moment, st.none() | amount)
    return Control(
        tuple(distinct.values()),
        tuple(draw(issues(id_, known, *parts)) for id_ in log),
        tuple(draw(requests(id_, known, *parts)) for id_ in log),
        tuple(
            Baseline(
                name,
                {id_: draw(planned) for id_ in draw(st.lists(st.sampled_from(known), unique=True))},
                draw(st.none() | moment), draw(words), draw(amount),
            )
            for name in names
        ),
    )  # fmt: skip
