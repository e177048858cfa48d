"""What a chart of tolerances says of all of them, and of each."""

from __future__ import annotations

from math import isfinite
from textwrap import wrap
from typing import Any

from pmkit.analysis.control.tolerance_check import EXCEEDED, UNKNOWN, WITHIN, Check, ToleranceCheck
from pmkit.views.theme import LABEL, NOTE, TITLE, Theme, shortened

CAP = 2.5
"""Where a bar ends at the latest, as a share of what is allowed."""

ROW, WORDS = 40, 178
"""Pixels: height of a row, and width of the words on its right."""

_LETTER = 0.52  # of the size of type: how wide a letter is on average


def said(check: ToleranceCheck, width: int) -> tuple[str, list[str]]:
    """Return the finding, and who decides below it where that is too long to stand in it."""
    letters, verdict = int(width / (_LETTER * TITLE)), " ".join(check.verdict.split())
    count, unknown = len(check.checks), sum(c.state == UNKNOWN for c in check.checks)
    rest = f", {unknown} not known" if unknown else ""
    if unknown == count:
        one = f"None of {count} tolerances can" if count > 1 else "The one tolerance cannot"
        return f"{one} be checked", []
    if not check.exceeded:
        kept = f"All {count} tolerances are kept" if count > 1 else "The one tolerance is kept"
        if unknown:
            kept = f"{count - unknown} of {count} tolerances kept"
        return f"{kept}{rest}: {verdict}", []
    names = [shortened(one.subject, 28) for one in check.exceeded]
    head = f"{len(names)} of {count} tolerances exceeded{rest}: "
    for most in (3, 2, 1):
        told = head + ", ".join(names[:most])
        told += f" and {len(names) - most} more" if len(names) > most else ""
        if len(told) + len(verdict) + 2 <= letters:
            return f"{told}; {verdict}", []
        if most == 1 or len(told) <= letters:
            break
    return told, [shortened(verdict[:1].upper() + verdict[1:], 120)]


def reading(rows: list[dict[str, Any]]) -> str:
    """Return how to read the rows."""
    if all(row["used"] is None for row in rows):
        return "How each one stands, and why, is beside it"
    how = "Bar: how much of what is allowed the forecast uses"
    return f"{how} (\u2192 goes on)" if any(row["is_cut"] for row in rows) else how


def row_of(
    n: int, one: Check, check: ToleranceCheck, names: int, room: int, theme: Theme
) -> dict[str, Any]:
    """Return one tolerance in words that fit the names on the left, and the room right of them."""
    state, used, who = one.state, one.used, one.tolerance.authority
    if used is not None and state == WITHIN:
        used = min(used, 1.0)  # what rounding takes beyond a limit is within, and drawn so
    color = {WITHIN: theme.scenario, EXCEEDED: theme.critical, UNKNOWN: theme.muted}[state]
    told = check.sentence(one).removeprefix(f"{one.subject}: ")
    off, allowed = "", ""
    if state != UNKNOWN:
        off = told.removesuffix(": within").removesuffix(f": the {who} decides")
        allowed = "as far as it likes"
        if one.limit is not None:
            allowed = f"{one.amount(one.limit, check.plan.settings.currency)} allowed"
        off = off.removesuffix(f", {allowed}")
    reason = wrap(one.reason, int(room / (_LETTER * LABEL)), max_lines=2, placeholder="\u2026")
    word = "not known" if state == UNKNOWN else state
    if state == EXCEEDED:
        letters = int(names / (_LETTER * NOTE)) + 2 - len("exceeded: the  decides")
        word = f"exceeded: the {shortened(who, letters)} decides"
    return {
        "row": n, "low": n - 0.5, "high": n + 0.5, "subject": one.subject, "told": told,
        "who": f"the {who} decides",
        "mark": state, "color": color, "state": word,
        "ink": theme.critical if state == EXCEEDED else theme.muted,
        "name": shortened(one.subject, int(names / (_LETTER * LABEL)) + 2),
        "used": None if used is None else min(used, CAP),
        "is_cut": used is not None and used > CAP,
        "off": shortened(off, int(WORDS / (_LETTER * LABEL)) + 1),
        "allowed": shortened(_share(used, state) + allowed, int(WORDS / (_LETTER * NOTE))),
        "reason": reason, "reason_at": n if len(reason) < 2 else n - 7.5 / ROW,
    }  # fmt: skip


def _share(used: float | None, state: str) -> str:
    """How much of a tolerance is used, before the words that say how large it is."""
    if used is None or not isfinite(used) or (used == 0 and state == WITHIN):
        return ""
    if used >= 100:
        return "over 9,999 % of "
    percent = f"{100 * used:,.0f}"
    return f"{'over ' if state == EXCEEDED and percent == '100' else ''}{percent} % of "
