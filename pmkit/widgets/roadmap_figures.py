"""What the roadmap panel says: headline cards, rows of projects and interfaces, benefits."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from pmkit.analysis.together.interface import LATE, MET, NOT_NEEDED, Instant, Interface
from pmkit.analysis.together.moved_program import MovedProgram, MovedProject
from pmkit.analysis.together.moves import Delay, Move
from pmkit.analysis.together.program_simulation import ProgramSimulation
from pmkit.model.program import Program
from pmkit.views.theme import day_text, days_text, money_text, number_text, titled
from pmkit.widgets.figure import Figure

PROJECTS = ["Project", "Plan", "Now", "Moved", "Pushed by", "Taken up", "80 % sure by"]
INTERFACES = ["Handed over", "From \u2192 to", "Plan", "Now", "Float, plan", "Float, now", "Status"]
PROGRAM = "The program manager"
MOST_INTERFACES = 400
_NOTHING = "\u2013"
_SAME = 1e-6
_HALF = 0.05
"""Days of a percentile that are not worth telling."""

Sure = tuple[ProgramSimulation, ProgramSimulation] | None
"""The plan and what is tried, simulated; nothing as long as they are not."""


def when(moment: Any) -> str:
    """Return a moment of a roadmap as people read it."""
    if isinstance(moment, Instant):
        if not moment.is_known:
            return _NOTHING
        moment = moment.days if moment.date is None else moment.date
    if moment is None:
        return _NOTHING
    return f"day {number_text(moment)}" if isinstance(moment, int | float) else day_text(moment)


def move_text(program: Program, move: Move) -> str:
    """Return a move in words, with the name of what it moves."""
    if isinstance(move, Delay):
        if not move.activity:
            return f"{move.project}: all that has not begun starts {days_text(move.days)} later"
        name = program[move.activity].name
        bare = move.activity.removeprefix(f"{move.project}.")
        return f"{titled(move.activity, '' if name == bare else name)} slips {days_text(move.days)}"
    unit = move.unit.removesuffix("s") if move.length == 1 else move.unit
    return (f"{move.project} is paused from {when(move.begins)} for {number_text(move.length)} "
            f"{unit}, until {when(move.until)}")  # fmt: skip


def said(found: MovedProgram, seat: str) -> str:
    """Return the answer in a sentence or two: the finish, then who takes what up."""
    whole, rows = found[""], found.projects[:-1]
    mine = found[seat]
    name = seat or "The program"
    told = f"{name} finishes {_on(mine.finish)}, {_against(mine.moved)}."
    if not found.moves:
        told = f"{name} finishes {_on(mine.finish)}. Nothing has been moved yet."
    if seat and found.moves:
        same = whole.finish == mine.finish and whole.moved == mine.moved
        told += " So does the program." if same else (
            f" The program finishes {_on(whole.finish)}, {_against(whole.moved)}."
        )  # fmt: skip
    others = [one for one in _hardest(rows) if one.id != seat and one.moved > _SAME]
    if others:
        first = f"{others[0].id} finishes {days_text(others[0].moved)} later"
        more = [f"{one.id} {number_text(one.moved)}" for one in others[1:]]
        told += f" {_few([first, *more])}."
    if held := _holding(rows):
        first = f"{days_text(held[0].taken_up)} in {held[0].id}"
        more = [f"{number_text(one.taken_up)} in {one.id}" for one in held[1:]]
        told += f" Float takes up {_few([first, *more])}."
    return told


def figures(
    found: MovedProgram, seat: str, sure: Sure, trials: int, *, waits: bool = False
) -> list[Figure]:
    """Return the cards.

    Parameters
    ----------
    found
        The program with what is tried.
    seat
        Id of the project from which it is seen; empty for the program manager.
    sure
        The simulations; nothing as long as they are to come.
    trials
        How many there are; 0 for none.
    waits
        Whether simulations are still to come.
    """
    mine, currency = found[seat], found.program.settings.currency
    steps = tuple(str(found.explain()).splitlines())
    title = f"Finish of {seat}" if seat else "Program finish"
    tone = "bad" if mine.moved > _SAME else "good" if mine.moved < -_SAME else ""
    return [
        Figure("finish", title, when(mine.finish), _against(mine.moved), tone, steps),
        _latest(found, seat),
        _late(found, seat),
        _benefit(found, currency),
        _p80(mine, seat, sure, trials, waits),
        _taken_up(found),
    ]


def _latest(found: MovedProgram, seat: str) -> Figure:
    if seat:
        whole = found[""]
        tone = "bad" if whole.moved > _SAME else "good" if whole.moved < -_SAME else ""
        return Figure("latest", "Program finish", when(whole.finish), _against(whole.moved), tone)
    rows = _hardest(found.projects[:-1])
    if not rows or rows[0].moved <= _SAME:
        return Figure("latest", "Moves most", "none", "no project finishes later than in the plan")
    first = rows[0]
    sentence = f"finishes {_on(first.finish)}, {_against(first.moved)}"
    return Figure("latest", "Moves most", first.id, sentence, "bad")


def _late(found: MovedProgram, seat: str) -> Figure:
    was, now = found.late(seat)
    mine = _of_seat(found.after, seat)
    open_ = sum(one.status not in (MET, NOT_NEEDED) for one in mine)
    title = f"Interfaces of {seat} late" if seat else "Interfaces late"
    if not open_:
        sentence = "none of its own is still to come" if seat else "none is still to come"
        return Figure("late", title, "0", sentence)
    sentence = "as in the plan" if was == now else f"{was} in the plan"
    if now:
        worst = min((one for one in mine if one.status == LATE), key=lambda one: one.project_float)
        sentence += f"; most pressing: {worst.what}"
    return Figure("late", title, f"{now} of {open_}", sentence, "bad" if now > was else "")


def _benefit(found: MovedProgram, currency: str) -> Figure:
    title, lost = "Benefits lost", found.benefit_lost
    if found.why_no_benefits:
        return Figure("benefit", title, "not known", found.why_no_benefits, missing=True)
    if lost != lost:
        return Figure("benefit", title, "not known",
                      "without dates the years of a benefit cannot move", missing=True)  # fmt: skip
    later = [one for one in found.benefits if one.delay > 0]
    if not found.benefits:
        return Figure("benefit", title, money_text(0, currency), "no benefit starts later")
    unit = "day" if found.before.schedule.is_dated else "working day"
    most = max((one.delay for one in later), default=0.0)
    sentence = (
        f"{len(later)} benefit{' starts' if len(later) == 1 else 's start'} later, by up to "
        f"{number_text(most)} {unit}{'' if most == 1 else 's'}"
        if later else "benefits start earlier"
    )  # fmt: skip
    if lost < -_HALF:
        return Figure("benefit", "Benefits gained", money_text(-lost, currency), sentence)
    return Figure("benefit", title, money_text(abs(lost), currency), sentence,
                  "bad" if lost > _HALF else "")  # fmt: skip


def _p80(mine: MovedProject, seat: str, sure: Sure, trials: int, waits: bool) -> Figure:
    title = f"{seat}: 80 % sure by" if seat else "80 % sure by"
    if not trials:
        return Figure("p80", title, "not asked", "without trials", missing=True)
    if sure is None:
        if not waits:
            return Figure("p80", title, "not known", "the simulation was stopped", missing=True)
        return Figure("p80", title, "\u2026", "being simulated", missing=True)
    was, now = (one.of(seat).finish for one in sure)
    days = now.quantile(0.8)
    moved = round(days - was.quantile(0.8), 1)
    if now.std() < 1e-9:
        return Figure("p80", title, when(mine.finish), "nothing in it is uncertain")
    tone = "bad" if moved > _HALF else "good" if moved < -_HALF else ""
    sentence = f"{_against(moved)}; {trials:,} trials"
    return Figure("p80", title, sure_by(sure, seat), sentence, tone)


def sure_by(sure: Sure, project: str) -> str:
    """Return until when a project finishes in 80 % of the trials."""
    if sure is None:
        return "\u2026"
    finish = sure[1].of(project).finish
    if sure[1].schedule.is_dated:
        return day_text(finish.date_quantile(0.8))
    return f"day {number_text(finish.quantile(0.8))}"


def _taken_up(found: MovedProgram) -> Figure:
    rows = _holding(found.projects[:-1])
    title = "Taken up by float"
    if not any(one.pushed > _SAME for one in found.projects):
        return Figure("float", title, _NOTHING, "nothing pushes anything")
    if not rows:
        return Figure("float", title, "nothing", "every day of it reaches the finishes it meets")
    first = rows[0]
    sentence = f"{first.id}, of {days_text(first.pushed)} that it is pushed by"
    if len(rows) > 1:
        sentence += f"; {_few([f'{one.id} {number_text(one.taken_up)}' for one in rows[1:]])}"
    return Figure("float", title, days_text(first.taken_up), sentence)


def project_rows(found: MovedProgram, sure: Sure) -> tuple[list[str], list[list[str]]]:
    """Return ids and rows of the table of projects."""
    rows = found.projects[:-1]
    return [one.id for one in rows], [
        [
            titled(one.id, found.program.member(one.id).name), when(one.before), when(one.finish),
            _later(one.moved), _later(one.pushed), _plain(one.taken_up), sure_by(sure, one.id),
        ]
        for one in rows
    ]  # fmt: skip


def interface_rows(found: MovedProgram, seat: str) -> tuple[list[str], list[list[str]]]:
    """Return ids and rows of the table of interfaces: what is still to come first."""
    mine = _of_seat(found.after, seat)
    mine.sort(key=lambda one: one.status in (MET, NOT_NEEDED))  # stable: by need within each
    rows = []
    for one in mine[:MOST_INTERFACES]:
        was = found.before[one.id]
        floats = [told.project_float if seat else told.total_float for told in (was, one)]
        rows.append([
            one.what, _whole(f"{one.giving_project} \u2192 {one.taking_project}"),
            when(was.forecast), when(one.forecast), *map(_days, floats), _whole(one.status),
        ])  # fmt: skip
    return [one.id for one in mine[:MOST_INTERFACES]], rows


def interface_caption(found: MovedProgram, seat: str) -> str:
    """Return the caption of the table of interfaces, which says what its float is."""
    if not seat:
        told = "Interfaces: working days of float to the program's finish"
    else:
        told = (f"Interfaces of {seat}: working days of float to what the taking project has "
                "committed to")  # fmt: skip
    more = len(_of_seat(found.after, seat)) - MOST_INTERFACES
    return f"{told}; {more:,} more are not listed" if more > 0 else told


def interface_html(found: MovedProgram, id_: str) -> str:
    """Return what is known of one interface, as markup."""
    told, one, was = found.after.explain(id_), found.after[id_], found.before[id_]
    moved = one.forecast.days - was.forecast.days
    lines = [*told.lines, f"with what is tried here, it comes {_against(moved)}"]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<p><strong>{escape(told.title)}</strong></p><ul>{items}</ul>"


def benefit_html(found: MovedProgram) -> str:
    """Return the table of benefits that move, as markup."""
    if not found.benefits:
        why = found.why_no_benefits or "No benefit starts at another time than in the plan."
        return f"<h3>Benefits</h3><p>{escape(why)}</p>"
    currency = found.program.settings.currency
    rows = "".join(
        f"<tr><th scope='row' class='pmkit-words'>"
        f"{escape(one.name[:1].upper() + one.name[1:])}</th>"
        f"<td>{escape(when(one.starts))}</td>"
        f"<td>{escape(_later(one.delay))}</td>"
        f"<td>{escape('not known' if one.lost != one.lost else money_text(one.lost))}</td></tr>"
        for one in found.benefits
    )
    lost = f"Lost, {currency}" if currency else "Lost"
    headings = "".join(f"<th scope='col'>{escape(name)}</th>"
                       for name in ("Starts", "Later", lost))  # fmt: skip
    return (
        "<div class='pmkit-table'><table><caption>Benefits that move, with what comes too late to "
        "count</caption><thead><tr><th scope='col' class='pmkit-words'>Benefit</th>"
        f"{headings}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def notes_html(notes: Iterable[str]) -> str:
    """Return what could not be done, as markup; empty for nothing."""
    items = "".join(f"<li>{escape(note)}.</li>" for note in notes)
    return f"<ul>{items}</ul>" if items else ""


def _whole(text: str) -> str:
    """A text that is short enough to stand on one line stays on it."""
    return text.replace(" ", "\u00a0") if len(text) < 24 else text


def _of_seat(told: Iterable[Interface], seat: str) -> list[Interface]:
    return [one for one in told if not seat or seat in (one.giving_project, one.taking_project)]


def _hardest(rows: Iterable[MovedProject]) -> list[MovedProject]:
    return sorted(rows, key=lambda one: -one.moved)


def _holding(rows: Iterable[MovedProject]) -> list[MovedProject]:
    return sorted((one for one in rows if one.taken_up > _SAME), key=lambda one: -one.taken_up)


def _few(told: list[str]) -> str:
    more = f" and {len(told) - 3} more" if len(told) > 3 else ""
    return ", ".join(told[:3]) + more


def _on(moment: Instant) -> str:
    return f"on {when(moment)}" if moment.date is not None else f"after {days_text(moment.days)}"


def _against(days: float) -> str:
    if abs(days) < _SAME:
        return "as in the plan"
    return f"{days_text(abs(days))} {'later' if days > 0 else 'earlier'} than the plan"


def _later(days: float) -> str:
    """Days with their sign; a dash for none."""
    text = number_text(days)
    return _NOTHING if text == "0" else f"{'+' if days > 0 else ''}{text} d"


def _plain(days: float) -> str:
    return f"{number_text(days)} d" if days > _SAME else _NOTHING


def _days(days: float) -> str:
    return _NOTHING if days != days else f"{number_text(days)} d"
