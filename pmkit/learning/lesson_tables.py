"""What a lesson asks, and what is right, as tables that stand beside its panels."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pmkit.learning.cards.card import Card
from pmkit.learning.cards.judging import owner_of
from pmkit.learning.checking.posing import Posed, pose
from pmkit.learning.lesson import Lesson
from pmkit.learning.listing import Listing


def situations(lesson: Lesson) -> Listing:
    """Return the cards without what is right."""
    rows = [
        {"title": c.title, "seat": c.seat, "date": f"{c.date.day} {c.date:%b %Y}",
         "known": c.known, "tolerance": f"Agreed: {c.tolerance}" if c.tolerance else "",
         "question": c.question, "options": tuple(o.text for o in c.options)}
        for c in lesson.all_cards
    ]  # fmt: skip
    heads = {"Situation": ("title", "date", "seat"),
             "What is known": ("known", "tolerance", "question"),
             "What could be done": ("options",)}  # fmt: skip
    return Listing(rows, _cards(lesson), heads)


def owners(lesson: Lesson) -> Listing:
    """Return the cards with whose decision each is, and what a good one looks like."""
    rows = [
        {"title": c.title, "owner": owner_of(c, lesson.program),
         "then": f"then the {c.then}" if c.then else "", "why": c.why, "best": _best(c).text,
         "also": tuple(f"Also: {o.text}" for o in c.options if o.verdict == "defensible")}
        for c in lesson.all_cards
    ]  # fmt: skip
    heads = {"Situation": ("title",), "Whose decision": ("owner", "then"), "Why": ("why",),
             "A good decision": ("best", "also")}  # fmt: skip
    return Listing(rows, _cards(lesson), heads)


def questions(lesson: Lesson) -> Listing:
    """Return the checks without what is right."""
    rows = []
    for check in lesson.all_checks:
        posed = pose(check)
        if check.kind == "decision":
            card = lesson.card(posed.card)
            question, texts = _asked(card), tuple(one.text for one in card.options)
        else:
            question, texts = posed.question, tuple(one.text for one in posed.options)
        bins = f"Sort into: {', '.join(posed.bins)}." if posed.bins else ""
        rows.append({"kind": check.kind, "question": question, "bins": bins, "options": texts})
    heads = {"Kind": ("kind",), "Question": ("question", "bins"), "Options": ("options",)}
    return Listing(rows, _checks(lesson), heads)


def answers(lesson: Lesson) -> Listing:
    """Return the checks with what is right, and the way to it."""
    rows: list[dict[str, Any]] = []
    for check in lesson.all_checks:
        posed = pose(check)
        told = _decided(lesson, posed) if check.kind == "decision" else {
            "question": posed.question, "answer": posed.told(posed.answer), "work": posed.work,
            "reason": posed.reason,
        }  # fmt: skip
        rows.append(told)
    heads = {"Question": ("question",), "Answer": ("answer",), "Why": ("work", "reason")}
    return Listing(rows, _checks(lesson), heads)


def _decided(lesson: Lesson, posed: Posed) -> dict[str, Any]:
    card = lesson.card(posed.card)
    best = _best(card)
    return {"question": _asked(card), "reason": f"{card.why} {best.reason}", "work": (),
            "answer": f"The {owner_of(card, lesson.program)} decides. {best.text}"}  # fmt: skip


def _asked(card: Card) -> str:
    return f"{card.known} {card.question}"


def _best(card: Card) -> Any:
    return next(option for option in card.options if option.verdict == "right")


def _cards(lesson: Lesson) -> pd.Index:
    return pd.Index([card.id for card in lesson.all_cards], name="card", dtype=object)


def _checks(lesson: Lesson) -> pd.Index:
    return pd.Index([check.id for check in lesson.all_checks], name="check", dtype=object)
