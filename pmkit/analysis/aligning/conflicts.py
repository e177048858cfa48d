"""Where projects of a program stand in each other's way, named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import number_text
from pmkit.analysis.resourcing.over_allocation import OverAllocation, named
from pmkit.analysis.words import days_text
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan, Program

if TYPE_CHECKING:
    import pandas as pd

    from pmkit.analysis.aligning.alignment import Alignment

_ROOM = 1e-9


class ConflictKind(StrEnum):
    """What two projects cannot both have, or both do."""

    RESOURCE = "same scarce resource"
    PEOPLE = "same scarce people"
    OBJECTIVE = "opposed contributions"
    DELIVERABLE = "same deliverable"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Projects that stand in each other's way.

    Attributes
    ----------
    kind
        Of `ConflictKind`.
    what
        The resource, the objective or the deliverable.
    projects
        Ids, in the order of the program.
    sentence
        Who, when and by how much, for a person.
    details
        The cases that it was put together from, a sentence each.
    """

    kind: ConflictKind
    what: str
    projects: tuple[str, ...]
    sentence: str
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, eq=False, repr=False)
class Conflicts:
    """All conflicts between the projects of a program.

    Attributes
    ----------
    found
        Resources first, then people, objectives and deliverables.
    """

    found: tuple[Conflict, ...]

    def __iter__(self) -> Iterator[Conflict]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per conflict: ``kind what projects sentence``."""
        import pandas as pd

        rows = [(str(c.kind), c.what, ", ".join(c.projects), c.sentence) for c in self.found]
        index = pd.RangeIndex(1, len(rows) + 1, name="conflict")
        return pd.DataFrame(rows, index=index, columns=["kind", "what", "projects", "sentence"])

    def of(self, project: str) -> tuple[Conflict, ...]:
        """Return the conflicts that a project is part of."""
        return tuple(c for c in self.found if str(project) in c.projects)

    def explain(self, number: int) -> Explanation:
        """Show the cases behind a conflict of the table.

        Raises
        ------
        PlanError
            If there is no conflict of that number.
        """
        if number not in range(1, len(self) + 1):
            some = f"from 1 to {len(self)}" if self.found else "of a conflict, there is none"
            raise PlanError(f"conflicts: number must be {some}, got {number!r}")
        one = self.found[number - 1]
        title = f"{one.kind}: {one.what} ({', '.join(one.projects)})"
        return Explanation(title, one.details or (one.sentence,))

    def __repr__(self) -> str:
        if not self.found:
            return "Conflicts none"
        kinds = [one.kind for one in self.found]
        counts = (f"{kinds.count(kind)} {kind}" for kind in ConflictKind if kind in kinds)
        return f"Conflicts {len(self)}: {', '.join(counts)}"

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self))}</p>{self.table.to_html(border=0)}"


def conflicts(plan: Plan) -> Conflicts:
    """Name where projects of a program stand in each other's way.

    Parameters
    ----------
    plan
        A program, as planned: it is not levelled first, because levelling would hide who wants
        the same resource at the same time.

    Returns
    -------
    Conflicts
        Projects that want more of a resource than there is at the same time; more person-days of
        scarce people in a year than there are, if all were funded; objectives that some serve and
        others oppose; and deliverables that several projects list.

    Raises
    ------
    PlanError
        With everything that is wrong in the strategy's sheets.

    Examples
    --------
    >>> from pmkit.data import sample
    >>> conflicts(sample(progress=False)).table["projects"].iloc[0]
    'Depot, Fleet'
    """
    from pmkit.analysis.aligning.alignment import align
    from pmkit.model.strategy import strategy_of

    has_strategy = bool(strategy_of(plan).objectives and plan.members)
    return _found(plan, align(plan) if has_strategy else None)


def of_alignment(alignment: Alignment) -> Conflicts:
    """Return the conflicts of the program behind an alignment, or only those of its objectives."""
    if alignment.plan is None:
        return Conflicts(tuple(_of_objectives(alignment)))
    return _found(alignment.plan, alignment)


def _found(plan: Plan, alignment: Alignment | None) -> Conflicts:
    return Conflicts((*_of_resources(plan), *_of_people(plan), *_of_objectives(alignment),
                      *_of_deliverables(plan)))  # fmt: skip


def _of_resources(plan: Plan) -> Iterable[Conflict]:
    if isinstance(plan, Program) and not plan.projects:
        return
    from pmkit.analysis.resourcing.usage import resource_usage

    network = plan.network
    owner = {activity.id: activity.project for activity in network.activities}
    order = [info.id for info in plan.members]
    shared: dict[str, list[tuple[OverAllocation, set[str]]]] = {}
    for one in resource_usage(plan).over_allocations:
        holders = {owner[id_] for id_ in one.activities}
        if len(holders) > 1:
            shared.setdefault(one.resource, []).append((one, holders))
    for resource, cases in shared.items():
        projects = tuple(p for p in order if any(p in of for _, of in cases))
        worst = max((one for one, _ in cases), key=lambda one: one.units - one.capacity)
        days = sum(one.finish - one.start for one, _ in cases)
        first, last = cases[0][0], cases[-1][0]
        span = (_span(first, last) if len(cases) == 1 else
                f"{len(cases)} times {_span(first, last)}")  # fmt: skip
        sentence = (
            f"{named(list(projects))} want more of {resource} than there is, {span}, "
            f"{days_text(days)} in all: up to {number_text(worst.units)} where there "
            f"{'is' if worst.capacity == 1 else 'are'} {number_text(worst.capacity)}"
        )
        yield Conflict(ConflictKind.RESOURCE, resource, projects, sentence,
                       tuple(one.sentence for one, _ in cases))  # fmt: skip


def _span(first: OverAllocation, last: OverAllocation) -> str:
    if first.start_date is None or last.finish_date is None:
        return f"from day {number_text(first.start)} to day {number_text(last.finish)}"
    start, finish = f"{first.start_date:%Y-%m-%d}", f"{last.finish_date:%Y-%m-%d}"
    return f"on {start}" if start == finish else f"from {start} to {finish}"


def _of_people(plan: Plan) -> Iterable[Conflict]:
    """More person-days than there are, if all projects were funded.

    Days without a year belong to the whole time, so they are held against the sum of all years.
    """
    if not isinstance(plan, Program):
        return
    there: dict[str, dict[int | None, float]] = {}
    needs: dict[str, dict[str, dict[int | None, float]]] = {}
    for row in plan.people:
        told = needs.setdefault(row.resource, {}).setdefault(row.project, {}) if row.project else (
            there.setdefault(row.resource, {}))  # fmt: skip
        for year, days in row.days.items():
            told[year] = told.get(year, 0.0) + days
    for resource, have in there.items():
        wanted = needs.get(resource, {})
        periods: list[int | None] = [*sorted(year for year in have if year is not None)]
        if None in have or any(None in need for need in wanted.values()):
            periods.append(None)
        for period in periods:
            asked = {p: sum(d.values()) if period is None else d.get(period, 0.0)
                     for p, d in wanted.items()}  # fmt: skip
            projects = tuple(info.id for info in plan.members if asked.get(info.id))
            # what there is in all: what is told for the whole time, else the sum of the years
            limit = have.get(None, sum(have.values())) if period is None else have[period]
            need = sum(asked[p] for p in projects)
            if len(projects) > 1 and need > limit + _ROOM * max(1.0, limit):
                of = "" if period is None else f" in {period}"
                parts = ", ".join(f"{p} {number_text(asked[p])}" for p in projects)
                yield Conflict(
                    ConflictKind.PEOPLE, f"{resource}{of}", projects,
                    f"{named(list(projects))} need {number_text(need)} days of {resource}{of}, "
                    f"there are {number_text(limit)}: {number_text(need - limit)} too many if all "
                    f"are funded ({parts})",
                )  # fmt: skip


def _of_objectives(alignment: Alignment | None) -> Iterable[Conflict]:
    if alignment is None:
        return
    names = {one.id: one.name for one in alignment.strategy.objectives}
    for objective, serve, oppose in alignment.opposed:
        scores = alignment.strategy.contributions
        said = [
            _all_of([f"{p} ({scores[p, objective]:+g})" for p in group])
            for group in (serve, oppose)
        ]
        title = f"{objective} ({names[objective]})" if names[objective] else objective
        yield Conflict(
            ConflictKind.OBJECTIVE, objective,
            tuple(p for p in alignment.projects if p in {*serve, *oppose}),
            f"{title}: {said[0]} {'serves' if len(serve) == 1 else 'serve'} it, "
            f"{said[1]} {'opposes' if len(oppose) == 1 else 'oppose'} it",
        )  # fmt: skip


def _all_of(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def plain(text: str) -> str:
    """Return a name without case and spaces: how deliverables are compared.

    Examples
    --------
    >>> plain("Charging  Points ") == plain("chargingpoints")
    True
    """
    return "".join(str(text).split()).casefold()


def _of_deliverables(plan: Plan) -> Iterable[Conflict]:
    listed: dict[str, dict[str, str]] = {}
    for info in plan.members:
        for output in info.delivers:
            if plain(output):
                listed.setdefault(plain(output), {}).setdefault(info.id, " ".join(output.split()))
    for by in listed.values():
        if len(by) > 1:
            what = next(iter(by.values()))
            yield Conflict(
                ConflictKind.DELIVERABLE, what, tuple(by),
                f"{named(list(by))} list the same deliverable, {what!r}: one of them is to "
                "deliver it",
            )  # fmt: skip
