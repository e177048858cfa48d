"""Fields that people added to a project tool: ours are read back, others are kept as text."""

from __future__ import annotations

from typing import Any

from pmkit.files.tools.convert_source import Item, Source, named
from pmkit.model.activity import Distribution, ThreePoint
from pmkit.model.errors import PlanError

_TEXTS = {"correlation_group", "skills", "ev_method"}
_NUMBERS = {"crash_duration", "crash_cost", "cost_per_day"}
_POINTS = ("optimistic", "most_likely", "pessimistic")
_COST_POINTS = ("cost_optimistic", "cost_most_likely", "cost_pessimistic")
_OURS = {*_TEXTS, *_NUMBERS, *_POINTS, *_COST_POINTS, "distribution", "cost_distribution"}
_LONGEST = 2000


def add_custom(source: Source) -> None:
    """Fill in the fields of ours that an export wrote, and keep everything else in ``extra``."""
    kept: set[str] = set()
    broken: list[str] = []
    for item in source.items:
        task = item.task
        own: dict[str, Any] = {}
        for heading, value in {**task.get("codes", {}), **task.get("custom", {})}.items():
            key = "_".join(str(heading).lower().split())
            if key in _OURS:
                own[key] = value
            elif key != "pmkit_id":
                name = heading if heading not in ("uid", "row") else f"{heading} (custom)"
                item.extra[str(name)[:100]] = _as_text(value)
                kept.add(str(heading))
        try:
            item.fields |= _own_fields(own)
        except (ValueError, PlanError):
            broken.append(item.name)
            item.extra |= {key: _as_text(value) for key, value in own.items()}
        if task.get("notes"):
            item.extra["notes"] = str(task["notes"])[:_LONGEST]
        item.extra["uid"] = str(task["uid"])
        if "row" in task and not source.is_primavera:
            item.extra["row"] = str(task["row"])
    if kept:
        source.note(f"Fields of the file kept as extra columns: {named(sorted(kept), 8)}.")
    if broken:
        source.note(
            "Fields with the names of ours but other values were kept as extra columns: "
            f"{named(broken)}."
        )


def _own_fields(own: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {key: float(own[key]) for key in _NUMBERS & own.keys()}
    for key in _TEXTS & own.keys():
        fields[key] = str(own[key])
    if "skills" in fields:
        fields["skills"] = tuple(s.strip() for s in fields["skills"].split(";") if s.strip())
    for points, name, shape in (
        (_POINTS, "three_point", "distribution"),
        (_COST_POINTS, "fixed_cost_estimate", "cost_distribution"),
    ):
        if all(point in own for point in points):
            low, likely, high = (float(own[point]) for point in points)
            how = own.get(shape) or Distribution.BETA_PERT
            fields[name] = ThreePoint(low, likely, high, Distribution(how))
    return fields


def _as_text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.12g}"
    return str(value)[:_LONGEST]


def add_priorities(items: list[Item]) -> None:
    """Fill in ``priority`` where the file has any but the usual 500."""
    given = [item.task.get("priority", 500) for item in items]
    if any(value != 500 for value in given):
        for item, value in zip(items, given, strict=True):
            item.fields["priority"] = float(value)
