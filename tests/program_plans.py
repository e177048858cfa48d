"""Strategies, governance and candidates for property tests: whatever their sheets can say."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pmkit.model.benefit import Benefit, EnablerRule, Outcome
from pmkit.model.choosing import Group, PeopleDays
from pmkit.model.governance import (
    Authority,
    Gate,
    Governance,
    LoggedDecision,
    Stakeholder,
    Verdict,
)
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Objective, Strategy
from tests.plans import dates, extras, headings, ids, label, moments, money, text

_YEARS = st.integers(2000, 2099)
_SHARE = st.sampled_from([0.0, 1.0, 0.25, 1 / 3, 0.1 + 0.2])
_SIGNED = st.tuples(money, st.sampled_from([1, -1])).map(lambda pair: pair[0] * pair[1])
_names = st.one_of(ids, st.sampled_from(["A 0.6", "A 60%", "Line 9", 'a "b"', "a;b", "A; B"]))


def _some(draw: Any, of: list[Any], most: int = 2) -> tuple[Any, ...]:
    return tuple(draw(st.lists(st.sampled_from(of), max_size=most, unique=True))) if of else ()


def _yearly(draw: Any, word: str, amounts: Any) -> dict[str, float]:
    if draw(st.booleans()):
        return draw(st.dictionaries(st.just(word), amounts, max_size=1))
    return draw(st.dictionaries(_YEARS.map(lambda year: f"{word}_{year}"), amounts, max_size=3))


@st.composite
def infos(draw: Any, id_: str, known: list[str]) -> ProjectInfo:
    """What is known of one project."""
    return ProjectInfo(
        id_, draw(text), draw(st.none() | moments),
        {**_yearly(draw, "cost", money), **_yearly(draw, "benefit", _SIGNED)},
        draw(st.booleans()), _some(draw, known), _some(draw, known), draw(text), draw(text),
        tuple(draw(st.lists(label, max_size=2))), draw(_SHARE),
        draw(st.none() | st.sampled_from([0.5, 1 / 3])), draw(st.integers(0, 3)),
        draw(extras),
    )  # fmt: skip


@st.composite
def _benefits(draw: Any, id_: str, known: list[str], outcomes: Any, objectives: Any) -> Benefit:
    rule = draw(st.sampled_from(list(EnablerRule)))
    named = _some(draw, known, 3)
    if rule is EnablerRule.SHARE and len(named) > 1 and draw(st.booleans()):
        first = draw(st.sampled_from([0.6, 1 / 3, 1.0]))
        rest = (1 - first) / (len(named) - 1)
        named = tuple(zip(named, (first, *[rest] * (len(named) - 1)), strict=True))
    return Benefit(
        id_, draw(text), _yearly(draw, "benefit", _SIGNED), named, rule, _some(draw, outcomes),
        _some(draw, objectives), draw(text), draw(_SHARE), draw(money),
        draw(st.dictionaries(_YEARS, _SIGNED, max_size=2)), (),
        draw(st.dictionaries(headings, label, max_size=2)),
    )  # fmt: skip


@st.composite
def strategies(draw: Any, known: list[str]) -> Strategy:
    """Objectives of two levels, scores, judgements, outcomes and benefits."""
    names = draw(st.lists(ids, max_size=4, unique=True))
    top, parts = names[:2], names[2:]
    weighed = draw(st.booleans())
    objectives = [Objective(id_, draw(text), 1 / 3 if weighed else None) for id_ in top]
    objectives += [Objective(id_, draw(text), None, top[0]) for id_ in parts]
    leaves = [one.id for one in objectives if not (parts and one.id == top[0])]
    pairs = [(project, objective) for project in known for objective in leaves]
    scores = {pair: draw(st.sampled_from([-1.0, 0.0, 1 / 3, 1.0])) for pair in _some(draw, pairs)}
    judged = {}
    if len(top) == 2 and draw(st.booleans()):
        judged = {"": ((top[0], top[1], draw(st.sampled_from([3.0, 1 / 3]))),)}
    effects = draw(st.lists(ids, max_size=2, unique=True))
    gains = draw(st.lists(ids, max_size=3, unique=True))
    return Strategy(
        tuple(objectives), scores, judged,
        tuple(Outcome(i, draw(text), tuple(draw(st.lists(label, max_size=2))), draw(text),
                      draw(extras)) for i in effects),
        tuple(draw(_benefits(i, known, effects, names)) for i in gains),
    )  # fmt: skip


@st.composite
def governances(draw: Any, known: list[str], moment: Any) -> Governance:
    """Authority, stakeholders, gates and decisions."""
    maybe = st.none() | money
    levels = [
        Authority(
            draw(label), draw(maybe), draw(maybe), draw(maybe), draw(st.sampled_from(["", *known]))
        )
        for _ in range(draw(st.integers(0, 2)))
    ]
    logged = draw(st.lists(ids, max_size=2, unique=True))
    return Governance(
        tuple({level.subject: level for level in levels}.values()),
        tuple(
            Stakeholder(i, draw(text), draw(text), draw(_SHARE), draw(_SHARE),
                        draw(st.sampled_from([-1.0, 0.0, 0.5])),
                        draw(st.none() | st.sampled_from([7.0, 30.0])), draw(text),
                        tuple(draw(st.lists(label, max_size=2))), draw(st.none() | dates),
                        draw(text), draw(extras))
            for i in logged
        ),
        tuple(
            Gate(i, draw(st.sampled_from(known)), draw(text), draw(st.none() | moment),
                 draw(label), draw(maybe), draw(money), draw(money), draw(money), draw(money),
                 draw(extras))
            for i in logged
        ),
        tuple(
            LoggedDecision(i, draw(text), draw(st.none() | moment), draw(text),
                           draw(st.sampled_from(["", *known])), draw(text),
                           draw(st.sampled_from(["", *map(str, Verdict)])), draw(text),
                           draw(maybe), draw(maybe), draw(maybe), draw(extras))
            for i in logged
        ),
    )  # fmt: skip


@st.composite
def programs_with_candidates(draw: Any) -> Program:
    """Projects to choose from, perhaps one that has activities, and what is told of them."""
    named = draw(st.lists(_names, min_size=1, max_size=4, unique=True))
    is_dated = draw(st.booleans())
    options = Settings(start=draw(dates)) if is_dated else Settings()
    told = [draw(infos(id_, named)) for id_ in named]
    running = told[: draw(st.integers(0, 1))]
    counts = st.none() | st.integers(0, 3)
    limits = [(draw(counts), draw(counts)) for _ in range(2)]
    groups = tuple(
        Group(f"g{n}", draw(text), _some(draw, named) or (named[0],), low, high, draw(extras))
        for n, (low, high) in enumerate(limits)
        if (low, high) != (None, None)
    )
    days = st.dictionaries(st.none() | _YEARS, money, max_size=3)
    people = [
        PeopleDays(draw(label), draw(st.sampled_from(["", *named])), draw(days))
        for _ in range(draw(st.integers(0, 3)))
    ]
    return Program(
        tuple(Project.from_table([("X", 1, "")], settings=options, members=(info,))
              for info in running),
        settings=options,
        candidates=tuple(told[len(running) :]),
        strategy=draw(strategies(named)),
        governance=draw(governances(named, moments if is_dated else st.floats(-5, 500))),
        groups=groups,
        people=tuple({one.subject: one for one in people}.values()),
    )  # fmt: skip
