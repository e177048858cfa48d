"""Date constraints, deadlines, and dates that a person keeps by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pmkit.files.tools.convert_source import Fact, Item, Source, moment, named
from pmkit.model.activity import ConstraintKind

_KINDS = {
    "AS_LATE_AS_POSSIBLE": ConstraintKind.AS_LATE_AS_POSSIBLE,
    "MUST_START_ON": ConstraintKind.MUST_START_ON,
    "MUST_FINISH_ON": ConstraintKind.MUST_FINISH_ON,
    "START_NO_EARLIER_THAN": ConstraintKind.START_NO_EARLIER_THAN,
    "START_NO_LATER_THAN": ConstraintKind.START_NO_LATER_THAN,
    "FINISH_NO_EARLIER_THAN": ConstraintKind.FINISH_NO_EARLIER_THAN,
    "FINISH_NO_LATER_THAN": ConstraintKind.FINISH_NO_LATER_THAN,
    "START_ON": ConstraintKind.MUST_START_ON,
    "FINISH_ON": ConstraintKind.MUST_FINISH_ON,
}
_FLOORS = (ConstraintKind.START_NO_EARLIER_THAN, ConstraintKind.FINISH_NO_EARLIER_THAN)
_CAPS = (ConstraintKind.START_NO_LATER_THAN, ConstraintKind.FINISH_NO_LATER_THAN)
_MANDATORY = ("MUST_START_ON", "MUST_FINISH_ON")


class Dates:
    """Settles the one constraint that each activity can have, and the rule for all of them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.items = source.items
        self.told: dict[str, list[str]] = {}

    def settle(self) -> str:
        """Fill in ``constraint`` and ``constraint_date``; return the constraints rule."""
        for item in self.items:
            self._own(item)
        rule = self._rule()
        for item in self.items:
            self._from_above(item)
            self._second(item)
            self._external(item)
            if item.is_manual or item.task.get("external") or item.task.get("external_project"):
                self._by_hand(item)
            self._deadline(item, rule)
            self._levelled(item)
        self._tell()
        return rule

    def fixed(self) -> set[str]:
        """Ids of the activities whose dates no dependency moves in the tool."""
        by_hand = {i.id for i in self.items if i.is_manual or i.task.get("external")}
        if self.source.is_primavera and self.rule != "honour_dates":
            by_hand |= {i.id for i in self.items if i.task.get("constraint") in _MANDATORY}
        return by_hand

    def _say(self, sentence: str, item: Item) -> None:
        self.told.setdefault(sentence, []).append(item.name)

    def _own(self, item: Item) -> None:
        asked = str(item.task.get("constraint", ""))
        kind = _KINDS.get(asked)
        if kind is None and asked not in ("", "AS_SOON_AS_POSSIBLE"):
            self._say(f"An unknown constraint, {asked[:40]!r}, was left out", item)
        if kind is None or item.type != "activity":
            if kind is not None:
                self._say("A constraint of an activity that spans others was left out", item)
            return
        date = moment(item.task.get("constraint_date"))
        if not kind.needs_date:
            item.fields["constraint"] = kind
        elif date is None:
            self._say("A constraint without its date was left out", item)
        else:
            item.fields["constraint"], item.fields["constraint_date"] = kind, date

    def _rule(self) -> str:
        """Return ``honour_dates`` where the tool lets dates win over dependencies."""
        kinds: set[Any] = {item.fields.get("constraint") for item in self.items}
        if self.source.is_primavera:
            asked = {item.task.get("constraint") for item in self.items}
            hard = asked & set(_MANDATORY)
            soft = kinds & set(_CAPS) or asked & {"START_ON", "FINISH_ON"}
            self.rule = "honour_dates" if hard and not soft else "logic_first"
            return self.rule
        honours = bool(self.source.project.get("honor_constraints"))
        breaking = {ConstraintKind.MUST_START_ON, ConstraintKind.MUST_FINISH_ON, *_CAPS} & kinds
        deadlines = any("deadline" in item.task for item in self.items)
        # Without a date that could break logic the two rules agree; deadlines never break it.
        self.rule = "honour_dates" if honours and (breaking or not deadlines) else "logic_first"
        return self.rule

    def _add(self, item: Item, kind: ConstraintKind, date: datetime) -> bool:
        """Give an item another constraint; return whether there was room for it."""
        fields = item.fields
        mine: Any = fields.get("constraint")
        mine_at: Any = fields.get("constraint_date")
        if mine is None:
            fields["constraint"], fields["constraint_date"] = kind, date
            return True
        if mine is kind and kind in _FLOORS:
            fields["constraint_date"] = max(mine_at, date)
            return True
        if mine is kind and kind in _CAPS:
            fields["constraint_date"] = min(mine_at, date)
            return True
        pairs = {
            frozenset((ConstraintKind.START_NO_EARLIER_THAN, ConstraintKind.START_NO_LATER_THAN)):
                ConstraintKind.MUST_START_ON,
            frozenset((ConstraintKind.FINISH_NO_EARLIER_THAN, ConstraintKind.FINISH_NO_LATER_THAN)):
                ConstraintKind.MUST_FINISH_ON,
        }  # fmt: skip
        together = pairs.get(frozenset((mine, kind)))
        if together is not None and mine_at == date and self.rule == "logic_first":
            fields["constraint"] = together
            return True
        return mine is kind and mine_at == date

    def _from_above(self, item: Item) -> None:
        """A date of a summary holds for every activity under it."""
        for summary in self.source.above(item.task):
            kind = _KINDS.get(str(summary.get("constraint", "")))
            date = moment(summary.get("constraint_date"))
            if kind is None or date is None or item.is_started or item.is_manual:
                continue
            kinds = {
                ConstraintKind.MUST_START_ON: ConstraintKind.START_NO_EARLIER_THAN,
                ConstraintKind.MUST_FINISH_ON: ConstraintKind.FINISH_NO_LATER_THAN,
            }
            kind = kinds.get(kind, kind)  # fmt: skip
            if kind is ConstraintKind.FINISH_NO_EARLIER_THAN:
                continue  # a floor for the last of them only
            name = _name(summary)
            if self._add(item, kind, date):
                self._say(f"The date of the summary {name!r} was given to what stands under it",
                          item)  # fmt: skip
            else:
                self._say(
                    f"The date of the summary {name!r} was left out for activities that have a "
                    "constraint of their own", item,
                )  # fmt: skip

    def _second(self, item: Item) -> None:
        kind = _KINDS.get(str(item.task.get("constraint_2", "")))
        date = moment(item.task.get("constraint_2_date"))
        if kind is None or date is None or item.type != "activity":
            return
        if not self._add(item, kind, date):
            item.extra["secondary constraint"] = f"{kind} {date}"
            self._say("The secondary constraint was left out (kept as an extra column)", item)

    def _external(self, item: Item) -> None:
        for key, kind in (
            ("external_early_start", ConstraintKind.START_NO_EARLIER_THAN),
            ("external_late_finish", ConstraintKind.FINISH_NO_LATER_THAN),
        ):
            date = moment(item.task.get(key))
            if date is None or item.is_started:
                continue
            said = "A date from a project outside the file"
            if self._add(item, kind, date):
                self._say(f"{said} became {kind}", item)
            else:
                self._say(f"{said} was left out, as there is another constraint", item)
        if item.task.get("expected_finish") and self.source.project.get("use_expected_finish"):
            item.extra["expected finish"] = str(item.task["expected_finish"])
            self._say(
                "Expected finish dates set no durations here: the durations stand as saved", item
            )

    def _by_hand(self, item: Item) -> None:
        start = moment(item.task.get("actual_start") or item.task.get("start"))
        if start is None:
            self._say("Manually scheduled without a start: scheduled like any other", item)
            return
        item.fields["constraint"] = ConstraintKind.START_NO_EARLIER_THAN
        item.fields["constraint_date"] = start
        if item.is_manual:
            self._say("Manually scheduled, so they start no earlier than in the file", item)
        else:
            self._say(
                "They stand for another file that is not part of this one, so they keep the dates "
                "that they have here", item,
            )  # fmt: skip

    def _deadline(self, item: Item, rule: str) -> None:
        deadline = moment(item.task.get("deadline"))
        if deadline is None:
            return
        item.extra["deadline"] = deadline.isoformat(sep=" ", timespec="minutes")
        finish = moment(item.task.get("early_finish") or item.task.get("finish"))
        harmless = rule == "logic_first" or (finish is not None and finish <= deadline)
        if item.is_started and "actual_finish" in item.task:
            return
        if harmless and self._add(item, ConstraintKind.FINISH_NO_LATER_THAN, deadline):
            self._say("The deadline became finish_no_later_than: it limits the float", item)
        else:
            self._say("The deadline does not limit the float (kept as an extra column)", item)

    def _levelled(self, item: Item) -> None:
        """A delay from resource levelling stays: dates as they were saved."""
        delay = float(item.task.get("leveling_delay") or 0)
        start = moment(item.task.get("early_start") or item.task.get("start"))
        if delay <= 0 or item.is_started or start is None:
            return
        if self._add(item, ConstraintKind.START_NO_EARLIER_THAN, start):
            self._say("Delayed by resource levelling, so they start no earlier than in the file",
                      item)  # fmt: skip
        else:
            self._say("The delay by resource levelling was left out", item)

    def before(self, start: datetime) -> datetime:
        """Return when the plan begins, where dates set by hand stand before the project's start.

        Then whatever else could begin there is kept at the project's start.
        """
        firm = {ConstraintKind.MUST_START_ON, ConstraintKind.MUST_FINISH_ON, *_CAPS}
        early: dict[str, datetime] = {}
        for item in self.items:
            date = moment(item.task.get("early_start") or item.task.get("start"))
            by_hand = item.is_manual or item.fields.get("constraint") in firm
            if by_hand and not item.is_started and date is not None and date < start:
                early[item.id] = date
        if not early or self.source.is_primavera:
            return start
        follows = {relation.get("successor") for relation in self.source.relations}
        for item in self.items:
            if item.id not in early and item.task["uid"] not in follows and not item.is_started:
                self._add(item, ConstraintKind.START_NO_EARLIER_THAN, start)
        self.source.note(
            f"Dates set by hand stand before the project start, {start:%Y-%m-%d %H:%M}: the plan "
            "begins with them, and what waits for nothing starts no earlier than the project: "
            f"{named(item.name for item in self.items if item.id in early)}."
        )
        return min(early.values())

    def _tell(self) -> None:
        for sentence, names in self.told.items():
            self.source.note(f"{sentence}: {named(names)}.")
        late = [i.name for i in self.items if self.source.is_primavera and _is_levelled(i.task)]
        if late:
            self.source.note(
                "The file has them later than their early dates, as after levelling; here they are "
                f"scheduled early: {named(late)}."
            )


def _is_levelled(task: Fact) -> bool:
    start, early = moment(task.get("start")), moment(task.get("early_start"))
    if "actual_start" in task or start is None or early is None:
        return False
    return task.get("activity_type") in ("TASK_DEPENDENT", "RESOURCE_DEPENDENT") and (
        (start - early).days >= 1
    )


def _name(task: Fact) -> str:
    return str(task.get("name") or task.get("uid"))[:60]
