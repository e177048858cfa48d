"""Resources, who works on what, and what it costs."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pmkit.files.tools.convert_calendars import Calendars
from pmkit.files.tools.convert_source import Fact, Item, Source, counted, named
from pmkit.model.activity import Assignment
from pmkit.model.resource import Resource, ResourceType

_CENT = 0.005


class Resources:
    """The resources of one project, and the assignments and costs of its items."""

    def __init__(self, source: Source, calendars: Calendars) -> None:
        self.source = source
        self.calendars = calendars
        self.by_uid: dict[Any, Resource] = {}
        self.told: dict[str, list[str]] = {}
        self.money: set[Any] = set()
        self.work: dict[Any, list[Fact]] = {}
        for fact in source.assignments:
            self.work.setdefault(fact.get("resource"), []).append(fact)
        self._make()

    def _say(self, sentence: str, name: str) -> None:
        self.told.setdefault(sentence, []).append(name)

    def _make(self) -> None:
        names: set[str] = set()
        for fact in self.source.resources:
            name = " ".join(str(fact.get("name", "")).split())
            if not name and fact["uid"] not in self.work:
                continue
            name = name or f"resource {fact['uid']}"
            if name in names:
                name = f"{name} ({fact.get('id') or fact['uid']})"
            if name in names:
                name = f"{name} ({fact['uid']})"
            names.add(name)
            self.by_uid[fact["uid"]] = self._resource(fact, name)
        self.by_name = {resource.name: resource for resource in self.by_uid.values()}

    def _resource(self, fact: Fact, name: str) -> Resource:
        kind = str(fact.get("type", "WORK")).upper()
        rate = max(float(fact.get("rate") or 0), 0.0)
        per_use = max(float(fact.get("cost_per_use") or 0), 0.0)
        extra = {"uid": str(fact["uid"])}
        for key in ("unit", "id"):
            if fact.get(key):
                extra[key] = str(fact[key])
        if fact.get("rates", 1) > 1:
            self._say("Rates that change over time: the present one was taken", name)
        if fact.get("availabilities", 1) > 1:
            self._say("Capacity that changes over time: the present one was taken", name)
        if kind == "COST":  # a cost resource has no rate: an assignment is so much money
            self.money.add(fact["uid"])
            return Resource(name, ResourceType.CONSUMABLE, None, cost_per_unit=1.0, extra=extra)
        if kind == "MATERIAL":
            return Resource(
                name, ResourceType.CONSUMABLE, None, cost_per_use=per_use, cost_per_unit=rate,
                extra=extra,
            )  # fmt: skip
        rate, per_use = self._charged(fact, name, rate, per_use)
        calendar = self.calendars.of(fact.get("calendar"))
        own = calendar is not None and not calendar.same_time(self.calendars.project(self.source))
        capacity = fact.get("max_units")
        return Resource(
            name,
            ResourceType.RENEWABLE,
            None if capacity is None else max(float(capacity), 0.0) / 100,
            cost_per_day=rate * self.source.minutes_per_day / 60,
            cost_per_use=per_use,
            calendar=calendar.name if own and calendar is not None else "",
            extra=extra,
        )

    def _charged(self, fact: Fact, name: str, rate: float, per_use: float) -> tuple[float, float]:
        """Return the rate per hour and the cost per use that the file's own costs follow from."""
        charged = []
        for assignment in self.work.get(fact["uid"], ()):
            work = float(assignment.get("work") or 0) / 60
            if work and "cost" in assignment:
                units = float(assignment.get("units") or 0) / 100
                use = per_use * units if not self.source.is_primavera else 0.0
                charged.append((round((float(assignment["cost"]) - use) / work, 4), units))
        if per_use and any(units != 1 for _, units in charged):
            # The tool multiplies it by the units, a plan does not: it goes to the fixed cost.
            self._say("Cost per use became fixed cost, as it depends on the units", name)
            per_use = 0.0
        rates = [found for found, _ in charged]
        usual = Counter(rates).most_common(1)[0][0] if rates else rate
        if usual >= 0 and abs(usual - rate) > 1e-4 * max(rate, 1):
            self._say("The rate follows from the costs in the file, as another one is given", name)
            rate = usual
        return rate, per_use

    def assign(self) -> None:
        """Fill in ``resources fixed_cost`` of every item, so that its cost is that of the file."""
        by_task: dict[Any, list[Fact]] = {}
        for fact in self.source.assignments:
            if fact.get("resource") in self.by_uid:
                by_task.setdefault(fact["task"], []).append(fact)
        for item in self.source.items:
            facts = by_task.get(item.task["uid"], [])
            found: dict[str, float] = {}
            for fact in facts:
                resource = self.by_uid[fact["resource"]]
                units = self._units(item, fact, resource)
                found[resource.name] = found.get(resource.name, 0.0) + units
                if fact.get("rate_table"):
                    self._say("Another cost rate table than A is used", item.name)
                if fact.get("contour") == "shaped":
                    self._say("Work that is spread unevenly was spread evenly", item.name)
            if found:
                item.fields["resources"] = tuple(Assignment(n, u) for n, u in found.items())
            self._cost(item, facts, found)
        for sentence, names in self.told.items():
            self.source.note(f"{sentence}: {named(names)}.")

    def _units(self, item: Item, fact: Fact, resource: Resource) -> float:
        units = max(float(fact.get("units") or 0), 0.0) / 100
        if resource.type is ResourceType.CONSUMABLE:
            if fact["resource"] in self.money:
                return max(float(fact.get("cost") or 0), 0.0)
            if fact.get("material") is not None:
                return max(float(fact["material"]), 0.0)
            return units
        work = max(float(fact.get("work") or 0), 0.0)
        if not item.minutes or not work:
            return units
        # Work is what is paid and planned; units that would make other work of it are an average.
        average = work / item.minutes
        return units if abs(average - units) < 1e-6 * max(units, 1) else round(average, 9)

    def _cost(self, item: Item, facts: list[Fact], units: dict[str, float]) -> None:
        task = item.task
        cost = task.get("cost")
        if cost is None or (self.source.is_primavera and not cost):
            parts = [fact.get("cost") for fact in facts]
            cost = sum(
                float(c or 0) for c in (*parts, task.get("expenses"), task.get("fixed_cost"))
            )
        ours = 0.0
        for name, amount in units.items():
            resource = self.by_name[name]
            ours += resource.cost_per_use
            if resource.type is ResourceType.CONSUMABLE:
                ours += amount * resource.cost_per_unit
            else:
                days = item.minutes / self.source.minutes_per_day
                ours += amount * resource.cost_per_day * days
        rest = round(float(cost) - ours, 6)
        given = float(task.get("fixed_cost") or 0) + float(task.get("expenses") or 0)
        if rest < -_CENT * max(1, len(units)):
            self._say("The rates of the resources cost more than the file says", item.name)
        elif rest > _CENT:
            item.fields["fixed_cost"] = rest
            if abs(rest - given) > max(_CENT * (1 + len(units)), 1e-6 * rest):
                self._say(
                    "Cost that the rates of the resources do not explain became fixed cost",
                    item.name,
                )


def unused(source: Source) -> None:
    """Say what the file holds about resources that a plan has no place for."""
    roles = [str(r.get("name", "")) for r in source.resources if r.get("role")]
    if roles:
        source.note(f"{counted(len(roles), 'role')} read as resources: {named(roles)}.")
    budget = [str(r.get("name", "")) for r in source.resources if r.get("budget")]
    if budget:
        source.note(f"Budget resources were read like others: {named(budget)}.")
    pool = source.project.get("resource_pool")
    if pool:
        source.note(f"The file shares its resources through {pool!r}, which was not read.")
