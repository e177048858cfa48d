"""What each column of a file was taken for: for the reader, and a sentence where it matters."""

from __future__ import annotations

from pmkit.files.cells import Problems
from pmkit.files.grids import cell_text
from pmkit.files.headings import Table
from pmkit.files.yearly_columns import yearly_columns


def describe(table: Table, problems: Problems) -> list[dict[str, str]]:
    """List what each column was taken for, and say what is not obvious."""
    described = []
    years = {match.index: key for match, key in yearly_columns(table.sheet, table.matches)}
    for match in table.matches:
        texts = (cell_text(r.cells[match.index]) for r in table.rows if match.index < len(r.cells))
        year = years.get(match.index, "")
        how = "our name" if year == match.heading else "recognised" if year else match.how
        described.append({
            "sheet": table.grid.name, "heading": match.heading,
            "read_as": match.column.name if match.column else year, "how": how,
            "example": next(filter(None, texts), "")[:40],
        })  # fmt: skip
        if match.column is not None and match.heading != match.column.name:
            unit = f" in {match.unit}" if match.unit and match.column.kind == "days" else ""
            name = match.column.name
            if match.column.reading_only:
                name = name.replace("_", " ")
            problems.note(f'Column "{match.heading}" was read as {name}{unit}.')
    if table.above and table.sheet.name == "activities":
        text = "; ".join(
            " ".join(filter(None, map(cell_text, row.cells))) for row in table.above[:3]
        )
        problems.note(
            f"The headings stand in row {table.heading_row}; what stands above was not read: "
            f"{text[:100]!r}."
        )
    return described
