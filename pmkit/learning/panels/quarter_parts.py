"""What the panel of the quarter shows: an event, what a decision did in both seats, the debrief."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from pmkit.learning.quarter.play import QuarterDecision
from pmkit.learning.quarter.script import QuarterEvent
from pmkit.learning.quarter.seats import SeatsView
from pmkit.learning.quarter.twice import Twice
from pmkit.learning.words import SEATS
from pmkit.model.program import Program
from pmkit.views.theme import short_day_text


def event_html(event: QuarterEvent, program: Program, meanwhile: Sequence[QuarterDecision]) -> str:
    """Return an event as markup, escaped: what happened since, and what is asked now."""
    told = [
        f"<p class='pmkit-small'>{short_day_text_of(one.event)}, the {one.event.seat}: "
        f"{escape(one.event.title)}. {escape(one.option.text)} {escape(one.event.happened)}</p>"
        for one in meanwhile
    ]
    who = _of(event, program)
    return "".join([
        *(["<h4>Meanwhile, decided by the rule</h4>", *told] if told else []),
        f"<h3>{escape(event.title)}</h3>",
        f"<p class='pmkit-small'>{short_day_text_of(event)} {event.date.year}. "
        f"You are the {escape(event.seat)}{escape(who)}.</p>",
        f"<p class='pmkit-facts'>{escape(event.known)}</p>",
    ])  # fmt: skip


def _of(event: QuarterEvent, program: Program) -> str:
    """Return of what the learner is the manager."""
    if event.seat != SEATS[0]:
        return " of the whole program"
    managers = {info.id: info.manager for info in program.members}
    return f" of {event.project} ({managers[event.project]})" if event.project else ""


def short_day_text_of(event: QuarterEvent) -> str:
    """Return the day of an event without its year."""
    return f"{event.date.day} {event.date:%b}"


def quality_html(one: QuarterDecision) -> tuple[str, str]:
    """Return how good a decision was and why, and what each option is worth, as markup."""
    score, option = one.score, one.option
    told = [f"Decision quality {score.score:.0f} of 100. {option.reason}"]
    if not score.is_best:
        told.append(f"Better: {one.best.text} {one.best.reason}")
    rows = "".join(
        f"<tr><th scope='row'>{escape(each.text)}</th>{_cells(one, each.key)}</tr>"
        for each in one.event.options
    )
    table = (
        "<div class='pmkit-table pmkit-narrow pmkit-crash' tabindex='0' role='region' "
        "aria-label='What each option is worth'>"
        "<table><caption>What was known: the program's expected value, against the best option"
        "</caption><thead><tr><th scope='col' class='pmkit-words'>Option</th>"
        "<th scope='col'>Value</th><th scope='col'>Launch (P50)</th>"
        "<th scope='col'>Interfaces missed</th><th scope='col'>Quality</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )
    tone = "good" if score.is_best else "bad"
    said = "".join(f"<p>{escape(text)}</p>" for text in told)
    return f"<div class='pmkit-said' data-tone='{tone}'>{said}</div>", table


def _cells(one: QuarterDecision, key: str) -> str:
    score = one.score
    worth, (behind, _) = score.options[key], score.behind(key)
    launch = worth.simulation.finish.date_quantile(0.5)
    value = "best" if key == score.best else f"\u2212EUR {behind:,.0f}"
    assert launch is not None
    cells = (value, short_day_text(launch), f"{worth.missed.mean():.1f}",
             f"{score.score_of(key):.0f}")  # fmt: skip
    return "".join(f"<td>{escape(cell)}</td>" for cell in cells)


def both_seats_html(one: QuarterDecision) -> tuple[str, str]:
    """Return what a decision did in both seats, and what then happened, as markup, escaped."""
    told = [*one.paid, *(f"Against the better option: {line}" for line in one.given_up)]
    program = [line for line in told if "Program:" in line]
    project = [line for line in told if line not in program]
    boxes = _seat("What the project managers see", project) + _seat(
        "What the program manager sees", program
    )
    luck = one.score.luck or 0.0
    word = "good luck" if luck > 55 else "bad luck" if luck < 45 else "neither good nor bad luck"
    return (
        f"<div class='pmkit-seats'>{boxes}</div>",
        f"<p class='pmkit-facts'><strong>What then happened.</strong> {escape(one.event.happened)} "
        f"Better than {luck:.0f} % of what could have happened: {word}. "
        "The quality of the decision stays.</p>",
    )


def _seat(name: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines) or "<li>Nothing changes.</li>"
    return f"<div class='pmkit-seat'><h4>{escape(name)}</h4><ul>{items}</ul></div>"


def view_html(view: SeatsView, at_start: SeatsView) -> str:
    """Return both seats' key figures beside those at the start, as markup."""
    rows = "".join(
        f"<tr><th scope='row'>{escape(id_)}</th><td>{_day(told.finish_date)}</td>"
        f"<td>{_day(at_start.projects[id_].finish_date)}</td><td>{told.cost:,.0f}</td>"
        f"<td>{told.float_days:.0f} d</td><td></td></tr>"
        for id_, told in view.projects.items()
    )
    rows += (
        f"<tr><th scope='row'>Program</th><td>{_day(view.finish_date)}</td>"
        f"<td>{_day(at_start.finish_date)}</td><td>{view.cost:,.0f}</td><td></td>"
        f"<td>{view.missed:.1f}</td></tr>"
    )
    heads = ("Finish (P50)", "At the start", "Cost (mean)", "Least float", "Interfaces missed")
    head = "".join(f"<th scope='col'>{text}</th>" for text in heads)
    return (
        "<div class='pmkit-table pmkit-narrow pmkit-crash' tabindex='0' role='region' "
        "aria-label='How both seats stand'><table><caption>How both seats stand now</caption>"
        f"<thead><tr><th scope='col' class='pmkit-words'>Project</th>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _day(day: object) -> str:
    return f"{day:%d %b}" if day is not None else ""


def debrief_html(game: Twice) -> tuple[str, str]:
    """Return what both rounds have to say, and a table of the decisions, as markup, escaped."""
    rows = "".join(
        f"<tr><th scope='row'>{escape(made.event.title)}</th>"
        f"<td class='pmkit-words'>{escape(made.event.seat)}</td>"
        f"<td class='pmkit-words'>{escape(made.option.text)}</td><td>{choice.confidence} %</td>"
        f"<td>{made.score.score:.0f}</td><td>{made.score.luck or 0.0:.0f}</td></tr>"
        for choice in game.choices
        for made in [game.decision(choice)]
    )
    said = "".join(f"<p>{escape(text)}</p>" for text in game.debrief)
    heads = ("Seat", "You took", "You were sure", "Quality", "Luck")
    head = "".join(
        f"<th scope='col'{' class=pmkit-words' if n < 2 else ''}>{text}</th>"
        for n, text in enumerate(heads)
    )
    return (
        f"<h3>The debrief</h3><div class='pmkit-said'>{said}</div>",
        "<div class='pmkit-table pmkit-narrow pmkit-crash' tabindex='0' role='region' "
        "aria-label='Your decisions'><table><caption>Your decisions</caption>"
        f"<thead><tr><th scope='col' class='pmkit-words'>Event</th>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>",
    )
