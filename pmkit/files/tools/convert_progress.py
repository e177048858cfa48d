"""What has happened: actual dates, what remains, what it cost, and the saved baseline."""

from __future__ import annotations

from datetime import datetime

from pmkit.files.tools.convert_source import Item, Source, moment, named


class Progress:
    """Fills in progress and baseline of every item of a source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.turned: list[str] = []
        self.all_but: list[str] = []
        self.unstarted: list[str] = []
        self.suspended: list[str] = []
        self.physical: list[str] = []

    def settle(self) -> None:
        """Fill in ``percent_complete actual_* remaining_duration baseline_*``."""
        for item in self.source.items:
            self._actual(item)
            self._baseline(item)
        self._tell()

    def _actual(self, item: Item) -> None:
        task, fields = item.task, item.fields
        start, finish = moment(task.get("actual_start")), moment(task.get("actual_finish"))
        is_done = task.get("status") == "COMPLETED"
        if is_done and finish is None and start is not None and not item.minutes:
            finish = start
        if finish is not None and start is None:
            start = finish
        if start is not None and finish is not None and finish < start:
            self.turned.append(item.name)
            start = finish
        percent = self._percent(item)
        if finish is not None:
            fields["actual_finish"] = finish
            percent = 100.0
        elif start is not None and percent >= 100:
            self.all_but.append(item.name)
            percent = 99.0
        elif start is None and percent:
            self.unstarted.append(item.name)
            item.extra["percent complete"] = f"{percent:g}"
            percent = 0.0
        if start is None:
            return
        fields["actual_start"] = start
        fields["percent_complete"] = percent
        left = task.get("remaining_duration")
        if finish is None and left is not None and item.type == "activity":
            fields["remaining_duration"] = self.source.days(max(float(left), 0.0))
        cost = task.get("actual_cost")
        if cost is not None and float(cost) >= 0:
            fields["actual_cost"] = float(cost)
        resume, status = moment(task.get("resume")), moment(self.source.project.get("status_date"))
        if self.source.is_primavera and finish is None and resume and status and resume > status:
            self.suspended.append(item.name)

    def _percent(self, item: Item) -> float:
        task = item.task
        percent = task.get("percent_activity") if self.source.is_primavera else None
        if percent is None:
            percent = task.get("percent", 0)
        if task.get("ev_method") == "PHYSICAL_PERCENT_COMPLETE":
            item.extra["physical percent complete"] = f"{task.get('percent_physical', 0):g}"
            if task.get("percent_physical"):
                self.physical.append(item.name)
        kind = task.get("percent_type")
        if self.source.is_primavera and kind not in (None, "DURATION"):
            item.extra["percent complete type"] = str(kind).lower()
        return min(max(float(percent or 0), 0.0), 100.0)

    def _baseline(self, item: Item) -> None:
        if self.source.is_primavera and not self.source.facts.get("baselines"):
            return
        task = item.task
        start, finish = moment(task.get("baseline_start")), moment(task.get("baseline_finish"))
        if start is None or finish is None:
            return
        if finish < start:
            self.source.note(
                f"A baseline that finishes before it starts was left out: {item.name}."
            )
            return
        item.fields["baseline_start"], item.fields["baseline_finish"] = start, finish
        cost = task.get("baseline_cost")
        if cost is not None and float(cost) >= 0:
            item.fields["baseline_cost"] = float(cost)

    def _tell(self) -> None:
        note = self.source.note
        if self.turned:
            note(
                "Actual starts after the actual finish were set to the finish: "
                f"{named(self.turned)}."
            )
        if self.all_but:
            note(
                "100 percent complete without an actual finish: taken as 99 percent, what remains "
                f"as the file says: {named(self.all_but)}."
            )
        if self.unstarted:
            note(
                "A percentage without an actual start is no progress; it was kept as an extra "
                f"column: {named(self.unstarted)}."
            )
        if self.suspended:
            note(
                "Suspended work resumes at the status date here, later in the file: "
                f"{named(self.suspended)}."
            )
        if self.physical:
            note(
                "Earned value by physical percent complete: percent_complete holds that of the "
                f"duration, the physical one is kept as an extra column: {named(self.physical)}."
            )
        planned = any("planned_start" in i.task for i in self.source.items)
        if self.source.is_primavera and planned and not self.source.facts.get("baselines"):
            note("The file holds no baseline; Primavera's planned dates were not taken for one.")
        others = self.source.facts.get("other_baselines")
        if others:
            note(f"Besides the baseline, these were not read: {named(others)}.")


def latest_actual(items: list[Item]) -> datetime | None:
    """Return the latest moment at which something happened."""
    moments = [
        item.fields[key]
        for item in items
        for key in ("actual_start", "actual_finish")
        if key in item.fields
    ]
    return max(moments, default=None)
