"""A comparison as a workbook: figures as numbers, dates as dates, and no text that runs."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from pmkit.analysis.compare import PLAN, Comparison, delta_column
from pmkit.analysis.figures import FIGURES, Unit
from pmkit.files.report_facts import answer, assumptions, moved_activities, report_title
from pmkit.files.workbook import fill_cell

_LONGEST = 32_000
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]")
_ANY_DAY = datetime(2000, 1, 1)
_FORMATS = {
    Unit.WORKING_DAYS: "#,##0.0",
    Unit.DATE: "d mmm yyyy",
    Unit.SHARE: "0.0%",
    Unit.MONEY: "#,##0",
    Unit.COUNT: "0",
}
_DELTA_FORMATS = {
    unit: f"+{form};-{form};{form}" for unit, form in _FORMATS.items() if unit is not Unit.DATE
} | {Unit.DATE: "+0;-0;0"}
_CURVE = [0.01, *(round(0.05 * n, 2) for n in range(1, 20)), 0.99]


def workbook(comparison: Comparison, made_on: date | None) -> bytes:
    """Return the content of the workbook."""
    from openpyxl import Workbook

    book: Any = Workbook()
    book.remove(book.active)
    _summary(book, comparison, made_on)
    _changes(book, comparison)
    _activities(book, comparison)
    if comparison.trials:
        _curves(book, comparison)
    _assumptions(book, comparison)
    book.properties.title = _UNPRINTABLE.sub("", _whole(report_title(comparison)))[:200]
    book.properties.creator = "pmkit"
    book.properties.created = _ANY_DAY
    stream = BytesIO()
    book.save(stream)
    return _settled(stream)


def _settled(stream: BytesIO) -> bytes:
    """Return the archive without the time of its making: the same content is the same bytes."""
    settled = BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(settled, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", b"2000-01-01T00:00:00Z", content)
            new.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
            )
    return settled.getvalue()


def _whole(text: str) -> str:
    """Return a text that can be written: half a surrogate pair, as json may hold, cannot."""
    return text.encode("utf-8", "replace").decode()


def _put(sheet: Any, row: int, column: int, value: Any, number_format: str = "") -> Any:
    cell = sheet.cell(row, column)
    if value is None or value != value:  # nan is not itself
        return cell
    if isinstance(value, datetime) and number_format == _FORMATS[Unit.DATE]:
        value = value.date()
    if isinstance(value, str):
        value = _whole(value)
        fill_cell(cell, value if len(value) <= _LONGEST else value[:_LONGEST] + " …")
        if value[:1] in "\t\r=+-@":
            cell.quotePrefix = True
    else:
        fill_cell(cell, value)
        cell.number_format = number_format or cell.number_format
    return cell


def _sheet(book: Any, title: str, head: Sequence[str], widths: Sequence[float]) -> Any:
    """Return a new sheet with a heading that stays in sight and prints on every page."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    for column, text in enumerate(head, 1):
        cell = _put(sheet, 1, column, text)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E4E7EB")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(column)].width = widths[
            min(column, len(widths)) - 1
        ]
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return sheet


def _summary(book: Any, comparison: Comparison, made_on: date | None) -> None:
    table, currency = comparison.table, comparison.plan.network.settings.currency
    names = [scenario.name for scenario in comparison.scenarios]
    head = ["figure", "unit", PLAN]
    head += [column for name in names for column in (name, delta_column(name))]
    deltas = {delta_column(name) for name in names}
    sheet = _sheet(book, "Summary", head, [32, 26, 16])
    for row, figure in enumerate(table.index, 2):
        kind = FIGURES[figure]
        unit = currency or "money" if kind.unit is Unit.MONEY else str(kind.unit)
        _put(sheet, row, 1, kind.title)
        _put(sheet, row, 2, f"{unit} (delta: calendar days)" if kind.unit is Unit.DATE else unit)
        for column, name in enumerate(head[2:], 3):
            formats = _DELTA_FORMATS if name in deltas else _FORMATS
            _put(sheet, row, column, table.at[figure, name], formats[kind.unit])
    row = len(table.index) + 3
    _put(sheet, row, 1, report_title(comparison))
    for name in names:
        row += 1
        _put(sheet, row, 1, f"{name}: {answer(comparison, name)}")
    if made_on:
        _put(sheet, row + 1, 1, "made on")
        _put(sheet, row + 1, 2, made_on, _FORMATS[Unit.DATE])


def _changes(book: Any, comparison: Comparison) -> None:
    effects = comparison.changes
    columns = list(effects.columns)
    head = ["scenario", "change", *(_heading(name) for name in columns)]
    sheet = _sheet(book, "Changes", head, [24, 44, 18])
    row = 2
    for scenario in comparison.scenarios:
        if not scenario.changes:
            continue
        own = effects.xs(scenario.name, level="scenario")
        for change, values in zip(scenario.changes, own.to_numpy().tolist(), strict=True):
            _put(sheet, row, 1, scenario.name)
            _put(sheet, row, 2, str(change))
            for column, (name, value) in enumerate(zip(columns, values, strict=True), 3):
                unit = FIGURES[re.sub("_(in_order|alone)$", "", name)].unit
                _put(sheet, row, column, value, _DELTA_FORMATS[unit])
            row += 1
    _put(sheet, row + 1, 1, "in order: on top of the changes before it, adds up to the whole "
         "difference; alone: by itself. Days of a date are calendar days.")  # fmt: skip


def _heading(column: str) -> str:
    figure = re.sub("_(in_order|alone)$", "", column)
    how = "alone" if column.endswith("_alone") else "in order"
    return f"{FIGURES[figure].title}, {how}"


def _activities(book: Any, comparison: Comparison) -> None:
    columns = [c for c in comparison.activities.columns if c != "scenario"]
    head = ["scenario", "activity", "name", *(c.replace("_", " ") for c in columns)]
    sheet = _sheet(book, "Activities", head, [24, 24, 36, 14])
    formats = []
    for name in columns:
        unit = Unit.SHARE if "criticality" in name else Unit.WORKING_DAYS
        if name.endswith("_date"):
            formats.append("d mmm yyyy hh:mm")
        elif name == "finish_date_delta":
            formats.append(_DELTA_FORMATS[Unit.DATE])
        else:
            formats.append((_DELTA_FORMATS if name.endswith("_delta") else _FORMATS)[unit])
    row = 2
    for scenario in comparison.scenarios:
        moved = moved_activities(comparison, scenario.name)
        for id_, name, *values in moved[["name", *columns]].itertuples(name=None):
            _put(sheet, row, 1, scenario.name)
            _put(sheet, row, 2, id_)
            _put(sheet, row, 3, name or None)
            for column, (value, form) in enumerate(zip(values, formats, strict=True), 4):
                _put(sheet, row, column, _plain(value), form)
            row += 1


def _plain(value: Any) -> Any:
    """Return what openpyxl writes; no date stays empty."""
    if value != value:
        return None
    return (
        value.to_pydatetime().replace(microsecond=0) if hasattr(value, "to_pydatetime") else value
    )


def _curves(book: Any, comparison: Comparison) -> None:
    """Write how likely each finish is, with a chart that the spreadsheet draws."""
    from openpyxl.chart import Reference, ScatterChart, Series

    simulations = comparison.simulations
    is_dated = all(simulation.is_dated for simulation in simulations.values())
    sheet = _sheet(book, "Finish curves", ["chance", *simulations], [12, 22])
    for row, share in enumerate(_CURVE, 2):
        _put(sheet, row, 1, share, "0%")
        for column, simulation in enumerate(simulations.values(), 2):
            finish = simulation.finish
            value = finish.date_quantile(share) if is_dated else finish.quantile(share)
            unit = Unit.DATE if is_dated else Unit.WORKING_DAYS
            _put(sheet, row, column, value, _FORMATS[unit])
    chart = ScatterChart(scatterStyle="lineMarker")
    chart.title = "Chance to finish by"
    chart.height, chart.width = 10, 18
    chart.y_axis.title, chart.y_axis.number_format = "Chance", "0%"
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1
    chart.x_axis.title = "Finish" if is_dated else "Finish (working days)"
    chart.x_axis.number_format = "d mmm yy" if is_dated else "0"
    chart.x_axis.delete = chart.y_axis.delete = False
    chances = Reference(sheet, min_col=1, min_row=2, max_row=len(_CURVE) + 1)
    dashes = ("solid", "dash", "sysDot", "lgDashDot")
    for position in range(len(simulations)):
        days = Reference(sheet, min_col=position + 2, min_row=2, max_row=len(_CURVE) + 1)
        series = Series(chances, days, title_from_data=False)
        series.tx = None
        series.title = None
        series.smooth = False
        series.marker.symbol = "none"
        series.graphicalProperties.line.dashStyle = dashes[position % len(dashes)]
        chart.series.append(series)
        _title_from(series, sheet, position + 2)
    sheet.add_chart(chart, f"{chr(ord('C') + min(len(simulations), 20))}2")


def _title_from(series: Any, sheet: Any, column: int) -> None:
    """Name a line after its heading, by reference: the name is then text wherever it is shown."""
    from openpyxl.chart.data_source import StrRef
    from openpyxl.chart.series import SeriesLabel
    from openpyxl.utils import get_column_letter

    series.tx = SeriesLabel(strRef=StrRef(f"'{sheet.title}'!${get_column_letter(column)}$1"))


def _assumptions(book: Any, comparison: Comparison) -> None:
    sheet = _sheet(book, "Assumptions", ["assumption", "value"], [26, 100])
    facts: Iterable[tuple[str, str]] = (
        *assumptions(comparison),
        *(("Note on the plan", note) for note in comparison.plan.notes),
    )
    for row, (label, text) in enumerate(facts, 2):
        _put(sheet, row, 1, label)
        _put(sheet, row, 2, text)
