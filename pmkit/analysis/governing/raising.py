"""One project and its forecast: who decides, and why nobody lower."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pmkit.analysis.control.tolerance_check import EXCEEDED, Check, ToleranceCheck
from pmkit.analysis.governing.authority import (
    PROGRAM_MANAGER,
    PROJECT_MANAGER,
    SPONSOR,
    benefit_owners,
    heard,
    person_of,
)
from pmkit.analysis.governing.ladder import ladder, lowest_able
from pmkit.analysis.governing.limits import exceeds_days, exceeds_money
from pmkit.analysis.governing.program_measures import ProgramMeasures
from pmkit.analysis.words import days_text, money_text
from pmkit.model.program import Program
from pmkit.model.tolerance import Measure


@dataclass(frozen=True, slots=True)
class Raised:
    """A project, or the program, and who decides about it.

    Parameters
    ----------
    project
        Id; empty for the program.
    on, measure
        The one that decides who decides, by kind and as it is called; where all are within, the
        one closest to its limit.
    forecast, limit
        Working days for time, else in `unit`; ``None`` where unknown.
    beyond
        How far the forecast is beyond its limit; 0 within.
    unit
        ``d``, a currency, or the unit of the tolerance.
    far
        `beyond` in words.
    level
        0 for the project manager, 1 the program manager, 2 the sponsor, 3 the portfolio board.
    role, person
        Who decides.
    reason
        Why, without a full stop.
    heard
        The owners of benefits that are affected.
    lines
        The arithmetic.
    """

    project: str
    on: Measure
    measure: str
    forecast: float | None
    limit: float | None
    beyond: float
    unit: str
    far: str
    level: int
    role: str
    person: str
    reason: str
    heard: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def label(self) -> str:
        """The id of the project, or ``"program"``."""
        return self.project or "program"

    @property
    def is_beyond(self) -> bool:
        """Whether a tolerance is exceeded."""
        return self.beyond > 0

    @property
    def who(self) -> str:
        """The role, and the person where the program tells who it is."""
        return f"the {self.role}" + (f" ({self.person})" if self.person else "")

    @property
    def sentence(self) -> str:
        """Who decides, in words."""
        if not self.is_beyond:
            return f"{self.label}: within tolerance: {self.who} decides"
        told = f"{self.label}: {self.measure} {self.far} beyond its limit: {self.who} decides"
        return f"{told}; {heard(self.heard)}" if self.heard else told


@dataclass(frozen=True, slots=True)
class _Held:
    """A check with its limit in absolute terms."""

    check: Check
    limit: float | None
    beyond: float

    @property
    def used(self) -> float:
        return self.check.used or 0.0


def raised(
    program: Program, project: str, check: ToleranceCheck, measures: ProgramMeasures
) -> Raised:
    """Return who decides about a project, or about the program where `project` is empty."""
    hours = program.settings.hours_per_day
    mine = [_held(one, hours) for one in check.checks if one.tolerance.project == project]
    beyond = [one for one in mine if one.beyond > 0]
    if not beyond:
        return _within(program, project, mine, measures)
    named = [one.check.tolerance.authority for one in beyond]
    asked = _asked(beyond)
    steps = ladder(program, project, named)
    least = PROGRAM_MANAGER if project else SPONSOR
    lines = [f"beyond the tolerance of {project or 'the program'}: at least the {least}"]
    floors = [least]
    for one in beyond:
        if steps.place(one.check.tolerance.authority) > steps.lowest(*floors):
            floors.append(one.check.tolerance.authority)
            lines.append(f"beyond its tolerance on {one.check.tolerance.label} the {floors[-1]} "
                         "decides, as was agreed")  # fmt: skip
    if project and (alone := _breaks_program(project, beyond, measures)):
        lines.append(alone)
        if steps.place(SPONSOR) > steps.lowest(*floors):
            floors.append(SPONSOR)
    step, why = lowest_able(
        program, project, steps.lowest(*floors), steps, cost=asked[0], days=asked[1],
        benefit=asked[2],
    )  # fmt: skip
    told = " and ".join(_amounts(asked, program.settings.currency))
    if told:
        lines.append(
            f"it asks for {told}: {f'{why}, so ' if why else ''}"
            + (f"the {step.role} may" if step.is_set else f"no limit is set for the {step.role}")
        )  # fmt: skip
    first = _deciding(beyond, step.role)
    owners: tuple[str, ...] = ()
    if asked[2] > 0 or asked[1] > 0:
        owners = benefit_owners(program, project)
    return Raised(
        project, first.check.tolerance.on, first.check.tolerance.label,
        first.check.measured.forecast, first.limit, first.beyond, _unit(first.check, program),
        _far(first, program), step.level, step.role,
        person_of(program, project, step.role), "; ".join(lines), owners,
        (*_arithmetic(first, measures), *lines),
    )  # fmt: skip


def _within(program: Program, project: str, mine: list[_Held], measures: ProgramMeasures) -> Raised:
    """Its own manager decides."""
    role, level = (PROJECT_MANAGER, 0) if project else (PROGRAM_MANAGER, 1)
    closest = max(mine, key=lambda one: (one.limit is not None, one.used))
    return Raised(
        project, closest.check.tolerance.on, closest.check.tolerance.label,
        closest.check.measured.forecast, closest.limit, 0.0,
        _unit(closest.check, program), "", level, role, person_of(program, project, role),
        "within tolerance", (), tuple(_arithmetic(closest, measures)),
    )  # fmt: skip


def _held(check: Check, hours: float) -> _Held:
    """Hold a check against its limit exactly: in ticks, in money."""
    target, forecast, allowed = check.measured.target, check.measured.forecast, check.limit
    if target is None or forecast is None or allowed is None:
        return _Held(check, None, 0.0)
    if check.tolerance.unit == "%":
        allowed *= abs(check.measured.base) / 100
    above = forecast >= target
    off = abs(forecast - target)
    limit = target + allowed if above else target - allowed
    if check.tolerance.on is Measure.TIME:
        is_beyond = exceeds_days(off, allowed, hours)
    elif check.tolerance.on is Measure.COST:
        is_beyond = exceeds_money(off, allowed)
    else:
        is_beyond = check.state == EXCEEDED
    return _Held(check, limit, off - allowed if is_beyond else 0.0)


def _asked(beyond: list[_Held]) -> tuple[float, float, float]:
    """Money, days and benefit that the forecast is beyond what was committed to."""
    amounts = {Measure.COST: 0.0, Measure.TIME: 0.0, Measure.BENEFIT: 0.0}
    for one in beyond:
        on = one.check.tolerance.on
        target, forecast = one.check.measured.target, one.check.measured.forecast
        if on in amounts and target is not None and forecast is not None:
            off = target - forecast if on is Measure.BENEFIT else forecast - target
            amounts[on] = max(amounts[on], off)
    return amounts[Measure.COST], amounts[Measure.TIME], amounts[Measure.BENEFIT]


def _amounts(asked: tuple[float, float, float], currency: str) -> Iterator[str]:
    cost, days, benefit = asked
    if days > 0:
        yield f"{days_text(round(days, 1) or days)} later"
    if cost > 0:
        yield f"{money_text(cost, currency)} more"
    if benefit > 0:
        yield f"{money_text(benefit, currency)} less benefit"


def _breaks_program(project: str, beyond: list[_Held], measures: ProgramMeasures) -> str:
    """Whether a project alone takes the program beyond its tolerance, as a sentence."""
    for one in beyond:
        on, measured = one.check.tolerance.on, one.check.measured
        if on not in (Measure.TIME, Measure.COST) or measured.forecast is None:
            continue
        limit = measures.limit(on)
        if limit.is_default or limit.value is None or limit.target is None:
            continue
        if on is Measure.TIME and measures.is_beyond(on, measured.forecast, limit.value):
            where = measures.amount_text(on, limit.value)
            return f"{project} alone would end after the limit of the program, {where}: at least " \
                   f"the {SPONSOR}"  # fmt: skip
        spare = limit.value - limit.target
        extra = measured.forecast - (measured.target or 0.0)
        if on is Measure.COST and exceeds_money(extra, spare):
            money = money_text(spare, measures.plan.settings.currency)
            return f"{project} alone would cost more than the program may, {money} above its " \
                   f"budget: at least the {SPONSOR}"  # fmt: skip
    return ""


def _deciding(beyond: list[_Held], role: str) -> _Held:
    """The measure to tell of: one whose own authority decides, else the one most beyond."""

    def key(one: _Held) -> tuple[bool, float]:
        return one.check.tolerance.authority == role, one.used

    return max(beyond, key=key)


def _unit(check: Check, program: Program) -> str:
    if check.tolerance.on is Measure.TIME:
        return "d"
    if check.tolerance.on is Measure.COST:
        return program.settings.currency
    return "" if check.tolerance.unit == "%" else check.tolerance.unit


def _far(one: _Held, program: Program) -> str:
    """How far beyond, as people read it."""
    if one.check.tolerance.on is Measure.TIME:
        return days_text(round(one.beyond, 1) or one.beyond)
    if one.check.tolerance.on is Measure.COST:
        return money_text(one.beyond, program.settings.currency)
    return f"{one.beyond:,.6g} {_unit(one.check, program)}".rstrip()


def _arithmetic(one: _Held, measures: ProgramMeasures) -> Iterator[str]:
    """Target, forecast and limit."""
    check = one.check
    yield from check.measured.lines
    if one.limit is None or check.limit is None or check.deviation is None:
        yield check.reason or "no limit is set"
        return
    allowed = check.amount(check.limit, measures.plan.settings.currency)
    side = "above" if check.deviation >= 0 else "below"
    where = f"{one.limit:,.12g}"
    if check.tolerance.on.is_computed:
        where = measures.amount_text(check.tolerance.on, one.limit)
    yield f"allowed: {allowed} {side}, so the limit is {where}"
