"""Who waited for money or people, how long, and what that did to the program; in words."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.analysis.cutting.asking import Asked
from pmkit.analysis.cutting.cut_outcome import CutOutcome
from pmkit.analysis.cutting.releasing import Unfunded
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.resourcing.over_allocation import named
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.words import days_text, moment_text, money_text

_CENT = 0.005
_SAME = 1e-6


def explain_cut(
    asked: Asked, found: CutOutcome, base: CutOutcome, currency: str, notes: tuple[str, ...]
) -> Explanation:
    """Say what `FundingCut.explain` says.

    Parameters
    ----------
    asked
        What was cut.
    found, base
        What the share does, and the program uncut.
    currency
        Of all money.
    notes
        What had to be assumed.
    """
    what = "money" if asked.by == "release" else "units"
    lines = [wait.sentence for wait in sorted(found.waits, key=lambda w: (-w.days, w.activity))]
    lines += [_never(asked, one, currency) for one in found.never]
    lines = lines or [f"nobody waits{' longer' if what == 'units' else ''} for {what}"]
    if found.schedule is not None and base.schedule is not None:
        lines += _compared(found, found.schedule, base, base.schedule)
        lines += _worth(found, base, currency)
    return Explanation(_title(asked, found, currency), (*lines, *notes))


def _compared(
    found: CutOutcome, now: Schedule, base: CutOutcome, before: Schedule
) -> Iterator[str]:
    if not found.share:
        yield f"finish {moment_text(before, base.finish)}"
        return
    was = dict(zip(before.ids, before.start.tolist(), strict=True))
    waiting = {wait.activity for wait in found.waits}
    later = [
        id_ for id_, start in zip(now.ids, now.start.tolist(), strict=True)
        if id_ in was and start > was[id_] + _SAME and id_ not in waiting
    ]  # fmt: skip
    if later:
        yield f"because of that {named(later)} {'starts' if len(later) == 1 else 'start'} later"
    for name in ("finish", "P80"):
        one, other = (getattr(told, name.lower()) for told in (found, base))
        if one != one or other != other:
            continue
        shown = moment_text(before, other)
        if abs(one - other) < _SAME:
            yield f"{name} {shown}, as without the cut"
        else:
            days = days_text(round(abs(one - other), 2))
            way = "later" if one > other else "earlier"
            yield f"{name} {shown} -> {moment_text(now, one)}, {days} {way}"


def _worth(found: CutOutcome, base: CutOutcome, currency: str) -> Iterator[str]:
    if found.npv != found.npv or not found.share:
        return
    was, change = money_text(base.npv, currency), found.npv - base.npv
    if abs(change) < _CENT:
        yield f"NPV {was}, as without the cut"
    else:
        way = "less" if change < 0 else "more"
        yield f"NPV {was} -> {money_text(found.npv, currency)}, {money_text(abs(change))} {way}"


def _never(asked: Asked, one: Unfunded, currency: str) -> str:
    if asked.by == "release":
        what = f"{money_text(one.missing, currency)} of {one.project} never comes"
    else:
        what = f"{one.missing:g} of the units of {one.project} never come back"
    verb = "never starts" if len(one.activities) == 1 else "never start"
    return f"{named(list(one.activities))} {verb}: {what}"


def _title(asked: Asked, found: CutOutcome, currency: str) -> str:
    back = "never back" if asked.back is None else f"back in {asked.back.year}"
    when = f" in {asked.year}" if asked.year else ""
    if not found.share:
        return f"Nothing cut{when}"
    if asked.by == "release":
        return (
            f"{percent_text(found.share)} less money{when}: {money_text(found.less, currency)} of "
            f"{money_text(found.of, currency)} still to be paid, {back}"
        )
    return (
        f"{percent_text(found.share)} fewer units of {asked.resource}{when}: "
        f"{found.of - found.less:g} of {found.of:g} left, {back}"
    )


def percent_text(share: float) -> str:
    """Return a share as people read it.

    Examples
    --------
    >>> percent_text(0.125)
    '12.5 %'
    """
    return f"{100 * share:g} %"
