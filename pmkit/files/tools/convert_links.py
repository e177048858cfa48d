"""Links of a project tool as dependencies of a plan."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from pmkit.files.cells import Problems
from pmkit.files.drafts import Draft
from pmkit.files.links import expand_summaries
from pmkit.files.tools.convert_calendars import Calendars
from pmkit.files.tools.convert_source import Fact, Source, counted, moment, named
from pmkit.model.dependency import Dependency, DependencyKind, LagUnit


def links_of(source: Source, calendars: Calendars, fixed: set[str], file: str) -> list[Dependency]:
    """Return the dependencies between the activities of one project.

    Parameters
    ----------
    source
        The project; what is left out or changed is added to its notes.
    calendars
        Of the file.
    fixed
        Activities that no dependency moves in the tool: a link that does not hold in the file is
        not honoured there, and is left out here.
    file
        Its name, for errors.
    """
    label = {uid: f"{_name(task)} [{uid}]" for uid, task in source.summaries.items()}
    label |= {uid: item.id for uid, item in source.by_uid.items()}
    found: list[Dependency] = []
    to_itself: list[str] = []
    unknown: list[str] = []
    for relation in source.relations:
        ends = relation.get("predecessor"), relation.get("successor")
        if "predecessor_project" in relation or source.inactive & set(ends):
            continue
        if not all(end in label for end in ends):
            unknown.append(f"{ends[0]} -> {ends[1]}")
        elif ends[0] == ends[1]:
            to_itself.append(label[ends[0]])
        else:
            found.append(_dependency(source, relation, label[ends[0]], label[ends[1]]))
    if to_itself:
        source.note(f"Links of a task to itself were left out: {named(to_itself)}.")
    if unknown:
        source.note(f"Links to tasks that the file does not hold were left out: {named(unknown)}.")
    found = _without_summaries(source, found, label, file)
    return _that_hold(source, calendars, found, fixed)


def _dependency(source: Source, relation: Fact, before: str, after: str) -> Dependency:
    lag, unit = lag_of(source, relation)
    return Dependency(before, after, DependencyKind(relation.get("type", "FS")), lag, unit)


def lag_of(source: Source, relation: Fact) -> tuple[float, LagUnit]:
    """Return a lag in the units of a plan."""
    lag, unit = float(relation.get("lag") or 0), relation.get("unit", "minutes")
    if unit == "percent":
        return lag, LagUnit.PERCENT
    if unit == "elapsed":
        return round(lag / (24 * 60), 12), LagUnit.ELAPSED_DAYS
    if unit == "elapsed_percent":
        before = source.by_uid.get(relation.get("predecessor"))
        minutes = before.minutes if before is not None else 0.0
        source.note(
            "Lags in elapsed percent became elapsed days by the present duration of the "
            "predecessor."
        )
        return round(lag / 100 * minutes / (24 * 60), 12), LagUnit.ELAPSED_DAYS
    return source.days(lag), LagUnit.WORKING_DAYS


def _without_summaries(
    source: Source, links: list[Dependency], label: dict[Any, str], file: str
) -> list[Dependency]:
    """Links of summaries become links of the activities under them."""
    if not source.summaries:
        return links
    tasks = [t for t in source.tasks if t["uid"] in label]
    place = {t["uid"]: n for n, t in enumerate(tasks)}
    drafts = []
    for number, task in enumerate(tasks):
        parents = tuple(place[up["uid"]] for up in source.above(task) if up["uid"] in place)[::-1]
        drafts.append(
            Draft(number, {}, set(), {}, label[task["uid"]], parents=parents,
                  is_summary=task["uid"] in source.summaries)
        )  # fmt: skip
    links = _from_the_first(source, links, label)
    problems = Problems(file)
    found = expand_summaries(links, drafts, {n: d.id for n, d in enumerate(drafts)}, problems)
    for note in problems.notes:
        source.note(note)
    return found


def _from_the_first(
    source: Source, links: list[Dependency], label: dict[Any, str]
) -> list[Dependency]:
    """What waits for the start of a summary waits for the first activity under it."""
    names = {label[uid]: uid for uid in source.summaries}
    found, moved = [], []
    for link in links:
        uid = names.get(link.predecessor)
        starts = link.kind in (DependencyKind.START_TO_START, DependencyKind.START_TO_FINISH)
        if uid is None or not starts:
            found.append(link)
            continue
        inside = [
            item for item in source.items if any(up["uid"] == uid for up in source.above(item.task))
        ]
        if not inside:
            source.note(f"The link {link} was left out: the summary has no activities under it.")
            continue
        first = min(inside, key=lambda i: moment(i.task.get("early_start") or i.task.get("start"))
                    or datetime.max)  # fmt: skip
        moved.append(f"{link} from {first.id}")
        found.append(Dependency(first.id, link.successor, link.kind, link.lag, link.unit))
    if moved:
        source.note(
            "Links from the start of a summary became links from the activity that starts it in "
            f"the file: {named(moved)}."
        )
    return found


def _that_hold(
    source: Source, calendars: Calendars, links: list[Dependency], fixed: set[str]
) -> list[Dependency]:
    if not fixed:
        return links
    items = {item.id: item for item in source.items}
    kept, broken = [], []
    for link in links:
        if link.successor not in fixed or _holds(source, calendars, link, items):
            kept.append(link)
        else:
            broken.append(str(link))
    if broken:
        source.note(
            f"{counted(len(broken), 'link')} left out, as dates set by hand do not follow them: "
            f"{named(broken)}."
        )
    return kept


def _holds(source: Source, calendars: Calendars, link: Dependency, items: dict[str, Any]) -> bool:
    before, after = items[link.predecessor], items[link.successor]
    ends = []
    for item, letter in zip((before, after), link.kind, strict=True):
        key = "finish" if letter == "F" else "start"
        date = moment(item.task.get(f"actual_{key}") or item.task.get(key))
        if date is None:
            return True
        ends.append(date)
    calendar = calendars.by_name.get(after.fields.get("calendar", "")) or calendars.project(source)
    if link.unit is LagUnit.ELAPSED_DAYS:
        return bool(ends[1] >= ends[0] + timedelta(days=link.lag))
    lag = link.lag * source.minutes_per_day
    if link.unit is LagUnit.PERCENT:
        lag = link.lag / 100 * before.minutes
    return calendars.minutes_between(calendar, ends[0], ends[1]) >= lag - 1


def _name(task: Fact) -> str:
    return str(task.get("name") or "summary")[:60].strip()
