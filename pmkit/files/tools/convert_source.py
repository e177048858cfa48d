"""The facts of one project on their way to a plan: its tasks, their ids, and what is to be said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from pmkit.model.activity import id_text

Fact = Mapping[str, Any]
_SPANS = {"LEVEL_OF_EFFORT": "level_of_effort", "HAMMOCK": "level_of_effort",
          "WBS_SUMMARY": "wbs_summary"}  # fmt: skip
_NO_TIME = {"START_MILESTONE", "FINISH_MILESTONE", "START_FLAG", "FINISH_FLAG"}
_PRIMAVERA = {"XER", "PMXML", "PRIMAVERA"}


def named(items: Iterable[str], most: int = 3) -> str:
    """Return the first few of many names, and how many more there are.

    Examples
    --------
    >>> named(["A", "B", "C", "D", "E"])
    'A, B, C and 2 more'
    """
    names = list(dict.fromkeys(items))
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def counted(number: int, word: str) -> str:
    """Return a number with its noun: ``1 activity``, ``2 activities``."""
    many = word[:-1] + "ies" if word.endswith("y") else word + "s"
    return f"{number:,} {word if number == 1 else many}"


def moment(text: Any) -> datetime | None:
    """Return the moment of an ISO text; ``None`` for what is no date."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


@dataclass(slots=True)
class Item:
    """A task that becomes an activity.

    Parameters
    ----------
    task
        Its facts.
    id
        Of the activity.
    fields
        What `pmkit.model.activity.Activity` is made with.
    extra
        What the plan keeps without using it.
    minutes
        Its duration, in minutes of working time on its calendar.
    """

    task: Fact
    id: str
    fields: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    minutes: float = 0.0

    @property
    def name(self) -> str:
        """What a sentence calls it."""
        title = str(self.task.get("name", ""))[:60]
        return f"{self.id} ({title})" if title and title != self.id else self.id

    @property
    def type(self) -> str:
        """``activity``, ``level_of_effort`` or ``wbs_summary``."""
        return _SPANS.get(str(self.task.get("activity_type", "")), "activity")

    @property
    def is_manual(self) -> bool:
        """Whether a person keeps it where it is."""
        return self.task.get("mode") == "MANUALLY_SCHEDULED"

    @property
    def is_milestone_by_type(self) -> bool:
        """Whether the tool gives it no time whatever its duration says."""
        return self.task.get("activity_type") in _NO_TIME

    @property
    def is_started(self) -> bool:
        """Whether it has begun."""
        return "actual_start" in self.task or "actual_finish" in self.task


class Source:
    """The facts of one project.

    Parameters
    ----------
    facts
        As :mod:`pmkit.files.tools.extract` describes them.
    """

    def __init__(self, facts: Fact) -> None:
        self.facts = facts
        self.project: Fact = facts.get("project", {})
        self.tasks: list[Fact] = list(facts.get("tasks", ()))
        self.relations: list[Fact] = list(facts.get("relations", ()))
        self.assignments: list[Fact] = list(facts.get("assignments", ()))
        self.resources: list[Fact] = list(facts.get("resources", ()))
        self.notes: list[str] = []
        self.is_primavera = str(facts.get("source", {}).get("type", "")).upper() in _PRIMAVERA
        given = self.project.get("minutes_per_day")
        usable = isinstance(given, int | float) and 0 < given <= 24 * 60
        self.minutes_per_day = float(given) if usable and given is not None else 480.0
        if given is not None and not usable:
            self.note(f"A working day was taken as 8 hours: the file says {given} minutes.")
        self.knows_times = str(facts.get("source", {}).get("type", "")).upper() != "MPX"
        if not self.knows_times:
            self._give_times()
        self._leave_out()

    def note(self, sentence: str) -> None:
        """Add a sentence once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def days(self, minutes: float) -> float:
        """Return working days of so many minutes; whole numbers where they are whole."""
        return round(minutes / self.minutes_per_day, 12)

    def _give_times(self) -> None:
        """MPX knows days: a start is the first working hour of its day, a finish the last."""
        weeks = {c["uid"]: c["week"] for c in self.facts.get("calendars", ())}
        week = weeks.get(self.project.get("calendar"), [[[480, 1020]]] * 7)

        def timed(key: str, value: Any, kind: str = "") -> Any:
            is_end = "finish" in key or key in ("deadline", "status_date") or "FINISH" in kind
            is_moment = is_end or "start" in key or key == "constraint_date"
            day = moment(value) if is_moment and isinstance(value, str) else None
            if day is None or not str(value).endswith("T00:00"):
                return value
            hours = week[day.weekday()] or [[0, 24 * 60]]
            minutes = hours[-1][1] if is_end else hours[0][0]
            return (day + timedelta(minutes=minutes)).isoformat(timespec="minutes")

        self.project = {key: timed(key, value) for key, value in self.project.items()}
        self.tasks = [
            {key: timed(key, value, str(task.get("constraint", "")) if key == "constraint_date"
                        else "") for key, value in task.items()}
            for task in self.tasks
        ]  # fmt: skip

    def _leave_out(self) -> None:
        self.tasks = [t for t in self.tasks if not t.get("null") and t.get("uid") is not None]
        away = {t["uid"] for t in self.tasks if t.get("active") is False}
        for task in self.tasks:  # whoever stands under an inactive summary is inactive too
            if task.get("parent") in away:
                away.add(task["uid"])
        parents = {t["parent"] for t in self.tasks if "parent" in t}
        self.summaries = {
            t["uid"]: t
            for t in self.tasks
            if (t["uid"] in parents or t.get("summary"))
            and not self._is_inserted(t, parents)
            and t["uid"] not in away
        }
        inactive = [t for t in self.tasks if t["uid"] in away and not t.get("summary")]
        self.inactive = away
        if inactive:
            self.note(
                f"{counted(len(inactive), 'inactive task')} left out, with their links: "
                f"{named(self._label(t) for t in inactive)}."
            )

    @staticmethod
    def _is_inserted(task: Fact, parents: set[Any]) -> bool:
        """Whether a task stands for another file that is not part of this one."""
        return bool(task.get("external_project")) and task["uid"] not in parents

    @staticmethod
    def _label(task: Fact) -> str:
        return str(task.get("name") or task.get("id") or task.get("uid"))[:60]

    @cached_property
    def items(self) -> list[Item]:
        """The tasks that become activities, in the order of the file."""
        leaves = [
            t
            for t in self.tasks
            if t["uid"] not in self.summaries and t["uid"] not in self.inactive
        ]
        ids = self._ids(leaves)
        return [Item(task, id_) for task, id_ in zip(leaves, ids, strict=True)]

    def _ids(self, leaves: list[Fact]) -> list[str]:
        """Primavera's activity ids; elsewhere the unique id, which survives inserted rows."""
        uids = [id_text(task["uid"]) for task in leaves]
        for key in ("exported", "id"):
            if key == "id" and not self.is_primavera:
                continue
            own = [
                id_text(t.get("custom", {}).get("pmkit id") if key == "exported" else t.get(key))
                for t in leaves
            ]
            if own and all(own) and len(set(own)) == len(own):
                return own
            if key == "id" and any(own):
                twice = [id_ for id_ in dict.fromkeys(own) if own.count(id_) > 1]
                self.note(
                    "Activities have the tool's internal number as id, as activity ids are "
                    + (f"not unique: {named(twice)}." if twice else "missing.")
                )
        return uids

    @cached_property
    def by_uid(self) -> dict[Any, Item]:
        """The items by their task's unique id."""
        return {item.task["uid"]: item for item in self.items}

    def above(self, task: Fact) -> Iterator[Fact]:
        """Yield the summaries above a task, nearest first."""
        seen: set[Any] = set()
        parent = self.summaries.get(task.get("parent"))
        while parent is not None and parent["uid"] not in seen:
            seen.add(parent["uid"])
            yield parent
            parent = self.summaries.get(parent.get("parent"))
