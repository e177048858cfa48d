"""Summary rows of other tools, found and made labels of the work breakdown structure."""

from __future__ import annotations

from collections.abc import Sequence

from pmkit.files.cells import Problems, count, some
from pmkit.files.drafts import Draft
from pmkit.files.headings import Table, normal

_TOTALS = {"total", "totals", "grand total", "sum", "subtotal", "gesamt", "summe", "totaal", "suma"}


def find_outline(drafts: Sequence[Draft], table: Table, problems: Problems) -> None:
    """Find summary rows, from the best evidence that the file has.

    In this order: outline levels; a WBS code that begins those of other rows; indented names; a
    column that says ``Summary``; in other people's tables, rows that hold a name and nothing else.
    In our own format only a row without any duration can be a summary.
    """
    summary, wbs = table.match("summary"), table.match("wbs")
    spaces = [draft.level for draft in drafts]
    for draft in drafts:
        draft.level = 0
    codes = [draft.values.get("wbs", "") for draft in drafts]
    coded = wbs is not None and all(codes) and len(set(codes)) == len(codes)
    nests = coded and any("." in code for code in codes)
    if table.match("outline_level") is not None:
        _by_level(drafts, [int(draft.values.get("outline_level", 1)) for draft in drafts])
    elif nests and wbs is not None:
        _by_code(drafts, codes, any_row=wbs.heading != "wbs" or summary is not None)
    elif table.is_foreign and len(set(spaces)) > 1 and min(spaces) == spaces[0]:
        _by_level(drafts, spaces)
    elif summary is not None:
        _by_level(drafts, [0 if draft.values.get("summary") else 1 for draft in drafts])
    elif table.is_foreign:
        headings = [_is_heading(draft) for draft in drafts]
        if any(headings) and not all(headings):
            _by_level(drafts, [0 if heading else 1 for heading in headings])
    if summary is not None:
        for draft in drafts:
            draft.is_summary = bool(draft.values.get("summary", False))
    found = [draft for draft in drafts if draft.is_summary]
    if not found:
        return
    rows = {draft.row for draft in found}
    # What a summary row says of durations and dates is calculated from the rows under it.
    problems.found[:] = [
        p for p in problems.found if p.row not in rows or p.sheet != table.grid.name
    ]
    if not coded:
        _number_outline(drafts)
    problems.note(
        f"{count(len(found), 'summary row')} became labels of the work breakdown structure (sheet "
        f"'wbs'), not activities: {some([repr(d.name or d.id) for d in found])}."
    )


def without_totals(drafts: Sequence[Draft], problems: Problems, *, has_ids: bool) -> list[Draft]:
    """Leave out rows of sums, where no id says that they are activities."""
    kept = [
        draft
        for draft in drafts
        if normal(draft.name)[0] not in _TOTALS
        or (has_ids and draft.id)
        or draft.values.get("predecessors")
    ]
    if len(kept) < len(drafts):
        problems.note(f"{count(len(drafts) - len(kept), 'row')} of totals left out.")
    return kept


def _by_level(drafts: Sequence[Draft], levels: Sequence[int]) -> None:
    """A row is the parent of the deeper rows that follow it."""
    stack: list[int] = []
    for position, (draft, level) in enumerate(zip(drafts, levels, strict=True)):
        draft.level = level
        while stack and drafts[stack[-1]].level >= level:
            stack.pop()
        draft.parents = tuple(stack)
        if stack:
            drafts[stack[-1]].is_summary = True
        stack.append(position)


def _by_code(drafts: Sequence[Draft], codes: Sequence[str], *, any_row: bool) -> None:
    """A row is the parent of the rows whose code begins with its own."""
    places = {code.rstrip("."): position for position, code in enumerate(codes)}
    for draft, code in zip(drafts, codes, strict=True):
        parts = code.rstrip(".").split(".")
        above = (".".join(parts[:length]) for length in range(1, len(parts)))
        draft.parents = tuple(
            places[prefix]
            for prefix in above
            if prefix in places and (any_row or not drafts[places[prefix]].has_duration)
        )
        for parent in draft.parents:
            drafts[parent].is_summary = True


def _is_heading(draft: Draft) -> bool:
    return (
        bool(draft.name) and not draft.broken and not draft.extra and set(draft.values) == {"name"}
    )


def _number_outline(drafts: Sequence[Draft]) -> None:
    """Give outline numbers (1, 1.1, 1.2, 2) where the file has levels but no codes."""
    counts: dict[tuple[int, ...], int] = {}
    codes: dict[int, str] = {}
    for position, draft in enumerate(drafts):
        counts[draft.parents] = counts.get(draft.parents, 0) + 1
        above = codes[draft.parents[-1]] + "." if draft.parents else ""
        codes[position] = f"{above}{counts[draft.parents]}"
        draft.values["wbs"] = codes[position]
