"""A situation on the screen, and what its decision leads to."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pmkit.analysis.words import days_text, money_text
from pmkit.learning.cards.card import Card
from pmkit.learning.cards.consequences import Consequences
from pmkit.model.program import Program


def situation_html(card: Card, program: Program) -> str:
    """Return a situation as markup, escaped: date, seat, what is known, what was agreed."""
    seat = f"You are the {card.seat}{_of(card, program)}."
    when = f"{card.date.day} {card.date:%b %Y}"
    told = [f"<h3>{escape(card.title)}</h3>",
            f"<p class='pmkit-small'>{when}. {escape(seat)}</p>",
            f"<p class='pmkit-facts'>{escape(card.known)}</p>"]  # fmt: skip
    if card.tolerance:
        told.append(f"<p class='pmkit-facts'><strong>Agreed:</strong> {escape(card.tolerance)}</p>")
    if stake := _at_stake(card, program.settings.currency):
        told.append(f"<p class='pmkit-facts'><strong>At stake:</strong> {escape(stake)}.</p>")
    told.append(f"<p class='pmkit-asked'><strong>{escape(card.question)}</strong></p>")
    return "".join(told)


def consequences_html(found: Consequences, title: str) -> str:
    """Return what follows in both seats as markup, escaped."""
    head = f"<h3>{escape(title)}</h3>"
    if not found.is_known:
        return f"{head}<p class='pmkit-facts'>{escape(found.note)}</p>"
    seats = (("What the project managers see", found.project_seat),
             ("What the program manager sees", found.program_seat))  # fmt: skip
    boxes = "".join(_seat(name, lines or ("No project changes.",)) for name, lines in seats)
    note = f"<p class='pmkit-small'>{escape(found.note)}</p>"
    return f"{head}<div class='pmkit-seats'>{boxes}</div>{note}"


def _seat(name: str, lines: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<div class='pmkit-seat'><h4>{escape(name)}</h4><ul>{items}</ul></div>"


def _of(card: Card, program: Program) -> str:
    """Return of which project the learner is the manager, and what they are called."""
    if card.seat != "project manager" or not card.project:
        return " of the whole program" if card.seat == "program manager" else ""
    names = {info.id: info.manager for info in program.members}
    manager = names.get(card.project, "")
    return f" of {card.project}{f' ({manager})' if manager else ''}"


def _at_stake(card: Card, currency: str) -> str:
    if card.basis != "authority":
        return ""
    told = [
        money_text(card.cost, currency) if card.cost else "",
        f"{days_text(card.days)}" if card.days else "",
        f"{money_text(card.benefit, currency)} of benefit" if card.benefit else "",
    ]
    return ", ".join(part for part in told if part)
