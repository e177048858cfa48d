"""The activities sheet and its links: rows of any tool as activities and dependencies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pmkit.files.activities import ActivityMaker
from pmkit.files.cells import Cells, Problems, count, some
from pmkit.files.drafts import Draft, read_drafts
from pmkit.files.grids import cell_text
from pmkit.files.headings import Table
from pmkit.files.links import expand_summaries, read_links
from pmkit.files.outline import find_outline, without_totals
from pmkit.files.parts import Parts
from pmkit.files.sections import settle_choices
from pmkit.model.activity import Activity
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError

_NOTHING = {"-", "--", "\u2013", "\u2014", "none", "n/a", "na", "nil"}


def read_activities(
    parts: Parts, table: Table, dependencies: Table | None, problems: Problems, said: str
) -> bool:
    """Fill in drafts, activities and links; return whether they are several projects."""
    settings = parts.settings.settings
    cells = Cells(table, problems, settings.hours_per_day, settings.is_dated)
    drafts = read_drafts(cells, problems)
    if table.is_foreign:
        drafts = without_totals(drafts, problems, has_ids=table.match("id") is not None)
    find_outline(drafts, table, problems)
    _note_fractions(table, drafts, problems)
    _keep_raw(drafts, table)
    inactive = [d for d in drafts if d.values.get("active") is False and not d.is_summary]
    if inactive:
        problems.note(
            f"{count(len(inactive), 'inactive activity')} left out: "
            f"{some([d.id for d in inactive])}."
        )
        drafts = _without(drafts, inactive)
    named = dict.fromkeys(d.project for d in drafts if d.project and not d.is_summary)
    parts.named = tuple(named)
    several = len(set(named) | {info.id for info in parts.infos}) > 1
    is_program = said == "program" or (several and said != "project")
    if is_program and not named and len(parts.infos) == 1:
        for draft in drafts:
            draft.project = parts.infos[0].id
    key = {
        i: f"{d.project}.{d.id}" if is_program and d.project else d.id for i, d in enumerate(drafts)
    }
    maker = ActivityMaker(cells, problems, settings, parts.calendars.of("") or tuple(
        item for _, item in parts.calendars.items
    ), [item for _, item in parts.resources.items])  # fmt: skip
    leaves = [d for d in drafts if not d.is_summary]
    parts.settings.settings = maker.settle_start(leaves)
    _store_summaries(parts, drafts)
    if not leaves:
        problems.add("a plan must have at least one activity, got none", parts.sheet)
        return is_program
    texts = {i: d.values.get("predecessors", "") for i, d in enumerate(drafts)}
    successors = {i: d.values.get("successors", "") for i, d in enumerate(drafts)}
    starts = {d.row: d.values.get("start") for d in leaves}
    made: list[tuple[int, Draft, Activity]] = []
    seen: dict[str, int] = {}
    for i, draft in enumerate(drafts):
        if draft.is_summary:
            continue
        if is_program and not draft.project:
            problems.add(
                f"{draft.subject}: project must say which project it belongs to, got nothing",
                parts.sheet, draft.row, "project", (draft.id,),
            )  # fmt: skip
        activity = maker.make(draft)
        if draft.id and key[i] in seen:
            problems.add(
                f"{draft.subject}: id must be unique within its project, row {seen[key[i]]} has "
                "it too",
                parts.sheet, draft.row, "id", (draft.id,),
            )  # fmt: skip
        elif activity is not None:
            seen[key[i]] = draft.row
            made.append((i, draft, activity))
    parts.keys = {key[i]: d.row for i, d, _ in made}
    links = _read_links(parts, drafts, key, texts, successors, problems)
    links += _link_rows(dependencies, set(key.values()), problems)
    try:
        links = expand_summaries(links, drafts, key, problems)
    except PlanError as error:
        problems.found += error.problems
    # In the order in which they are written: by project, then as the activities stand.
    rank = {p: n for n, p in enumerate(dict.fromkeys([*(x.id for x in parts.infos), *named]))}
    made_in_order = sorted(made, key=lambda m: rank.get(m[1].project, 0)) if is_program else made
    order = {key[i]: n for n, (i, _, _) in enumerate(made_in_order)}
    links.sort(key=lambda link: order.get(link.successor, -1))
    followers = {parts.keys[x.successor] for x in links if x.successor in parts.keys}
    activities = maker.keep_starts(
        [a for _, _, a in made], [d for _, d, _ in made], starts, followers
    )
    parts.drafts = [d for _, d, _ in made]
    parts.activities, parts.links = activities, links
    for name, resource in maker.new_resources.items():
        parts.resources.items.append(("", resource))
        parts.resources.places.setdefault(name, (parts.sheet, 0))
    if maker.new_resources:
        names = [repr(name) for name in maker.new_resources]
        problems.note(
            f"{count(len(names), 'resource')} without a row in a resources sheet, so without limit "
            f"or cost: {some(names)}."
        )
    if maker.needs_elapsed_calendar and "24 hours" not in maker.calendars:
        parts.calendars.items.append(("", Calendar.continuous()))
    return is_program


def _keep_raw(drafts: Sequence[Draft], table: Table) -> None:
    cells = {row.number: row.cells for row in table.rows}
    for match in table.matches:
        if match.column is not None and match.column.reading_only:
            for draft in drafts:
                row = cells[draft.row]
                text = cell_text(row[match.index]) if match.index < len(row) else ""
                if text:
                    draft.others[match.column.name] = text


def _note_fractions(table: Table, drafts: Sequence[Draft], problems: Problems) -> None:
    """Half of an activity may be meant where 0.5 stands; the format says 50."""
    values = [d.values["percent_complete"] for d in drafts if "percent_complete" in d.values]
    if table.is_foreign and any(0 < v < 1 for v in values) and max(values) <= 1:
        problems.note(
            "Percent complete is at most 1 in every row and was read as it stands: 0.5 means half "
            "a percent. Write 50, or 50%, for half."
        )


def _without(drafts: Sequence[Draft], gone: Sequence[Draft]) -> list[Draft]:
    away = {id(draft) for draft in gone}
    new: dict[int, int] = {}
    kept: list[Draft] = []
    for position, draft in enumerate(drafts):
        if id(draft) not in away:
            new[position] = len(kept)
            kept.append(draft)
    for draft in kept:
        draft.parents = tuple(new[p] for p in draft.parents if p in new)
    return kept


def _store_summaries(parts: Parts, drafts: Sequence[Draft]) -> None:
    rows = tuple({"wbs": d.values.get("wbs", ""), "name": d.name} for d in drafts if d.is_summary)
    if rows:
        parts.sheets["wbs"] = (*parts.sheets.get("wbs", ()), *rows)


def _read_links(
    parts: Parts, drafts: Sequence[Draft], key: Mapping[int, str], texts: Mapping[int, str],
    successors: Mapping[int, str], problems: Problems,
) -> list[Dependency]:  # fmt: skip
    ids = set(key.values()) - {""}
    hours = parts.settings.settings.hours_per_day
    links: list[Dependency] = []
    turned = not any(texts.values())
    for i, draft in enumerate(drafts):
        text = successors[i] if turned else texts[i]
        if not text or not draft.id or (text.lower() in _NOTHING and text not in ids):
            continue
        project = draft.project if key[i] != draft.id else ""
        try:
            found = read_links(text, key[i], ids, hours, project)
        except PlanError as error:
            for problem in error.problems:
                sentence = problem.sentence.replace(f"activity {key[i]!r}", draft.subject, 1)
                if turned:
                    sentence = sentence.replace("predecessors must", "successors must", 1)
                problems.add(sentence, parts.sheet, draft.row,
                             "successors" if turned else "predecessors", (key[i],))  # fmt: skip
            continue
        if turned:
            found = tuple(replace(x, predecessor=x.successor, successor=x.predecessor)
                          for x in found)  # fmt: skip
        links += found
    return links


def _link_rows(table: Table | None, ids: set[str], problems: Problems) -> list[Dependency]:
    """Read the ``dependencies`` sheet."""
    if table is None:
        return []
    cells = Cells(table, problems)
    links = []
    for row in table.rows:
        values, broken = cells.values(row, "dependency", ())
        settle_choices(cells, row, values, broken, "dependency", (), {})
        for end in ("predecessor", "successor"):
            id_ = values.get(end, "")
            if id_ not in ids:
                broken.add(end)
                problems.add(f"dependency: {end} must be an activity of the plan, got {id_!r}",
                             table.grid.name, row.number, end)  # fmt: skip
        if not broken:
            links.append(Dependency(**values))
    return links
