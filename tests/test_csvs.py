from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.files.csvs import csv_text, read_csv, sniff_delimiter
from pmkit.model.errors import PlanError

TABLE = "Aufgabe;Dauer;Kosten\nPrüfung;2,5;1.234,50\n"


def rows(data, name="activities"):
    grid, notes = read_csv(name, "plan.csv", BytesIO(data))
    return [(row.number, list(row.cells)) for row in grid.rows], grid.mark, notes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_every_common_encoding_is_read(encoding):
    got, mark, notes = rows(TABLE.encode(encoding))
    assert got == [(1, ["Aufgabe", "Dauer", "Kosten"]), (2, ["Prüfung", "2,5", "1.234,50"])]
    assert (mark, notes) == (",", ())


def test_a_western_european_file_is_read_with_a_sentence():
    got, _, notes = rows(TABLE.encode("cp1252"))
    assert got[1][1][0] == "Prüfung"
    assert notes == (
        "Sheet 'activities' is not UTF-8: it was read as Windows-1252 (western European); check "
        "letters with accents.",
    )


def test_text_in_a_broken_utf_16_is_a_sentence():
    with pytest.raises(PlanError, match="a csv file must hold text, got bytes that are not utf-16"):
        rows("id".encode("utf-16") + b"\x00\xd8\x00")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found_below_titles_and_with_commas_in_names(delimiter):
    lines = ["A plan, with a title", "", delimiter.join(["id", "name", "duration"]),
             delimiter.join(["1", '"Dig, pour; test"', "3"])]  # fmt: skip
    assert sniff_delimiter(lines) == delimiter


def test_the_separator_line_of_a_spreadsheet_is_obeyed_and_left_out():
    got, _, _ = rows(b"sep=;\r\nid;name\r\n1;a,b,c\r\n")
    assert [cells for _, cells in got] == [["id", "name"], ["1", "a,b,c"]]


def test_rows_are_counted_as_a_spreadsheet_shows_them():
    got, _, _ = rows(b'id,name\n1,"two\nlines"\n\n3,c\n')
    assert [number for number, _ in got] == [1, 2, 4]


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")),
                         min_size=2, max_size=2), min_size=1, max_size=4))  # fmt: skip
def test_whatever_text_is_written_reads_back_and_never_starts_a_formula(cells):
    text = csv_text([["id", "name"], *cells])
    got, _, _ = rows(text.encode())
    assert [row for _, row in got[1:]] == [
        row[: 2 - (not row[1].strip())] for row in cells if "".join(row).strip()
    ]
    for row in cells:
        for cell in row:
            if cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
                assert "'" + cell[:1] in csv_text([[cell]])[:3]


def test_numbers_stay_numbers_and_only_text_gets_an_apostrophe():
    assert csv_text([[-5, "-5", 0.1, None]]) == "-5,'-5,0.1,\r\n"
