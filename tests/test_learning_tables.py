"""Tables that people edit in a spreadsheet: as it was saved there, or a sentence with its place."""

from __future__ import annotations

import pytest

from pmkit.learning.tables import Reader
from pmkit.model.errors import PlanError

COLUMNS = ("id", "points", "comment")


def read(folder, content: bytes, columns=COLUMNS):
    (folder / "table.csv").write_bytes(content)
    reader = Reader(folder)
    rows = reader.rows("table.csv", columns)
    return reader, rows


@pytest.mark.parametrize(
    "content",
    [
        'id,points,comment\ns1,"2,5","Why, and when?"\n',
        'id;points;comment\ns1;2,5;"Why, and when?"\n',
        "id;points;comment\r\ns1;2.5;Why, and when?\r\n",
        "id\tpoints\tcomment\ns1\t2,5\tWhy, and when?\n",
        '\ufeffid , points,comment\ns1,2.5,"Why, and when? "\n\n',
    ],
)
def test_a_table_is_read_as_spreadsheets_of_any_country_save_it(tmp_path, content):
    reader, (row,) = read(tmp_path, content.encode())
    reader.done()
    assert (row["id"], row.number("points"), row["comment"]) == ("s1", 2.5, "Why, and when?")
    assert row.line == 2


def test_a_list_in_a_cell_is_no_separator(tmp_path):
    _, (row,) = read(tmp_path, b"id,takes\np,cost; days; float\n", ("id", "takes"))
    assert row.list("takes") == ("cost", "days", "float")


def test_no_table_has_no_rows(tmp_path):
    assert Reader(tmp_path).rows("table.csv", COLUMNS) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("id,comment\ns1,für\n".encode("cp1252"),
         "table.csv, table, must be saved as UTF-8 (in Excel: CSV UTF-8), got letters in another "
         "encoding"),
        (b"id,mark\ns1,2\n",
         "table.csv, table row 1, columns must be id, points, comment, got mark"),
        (b"id,comment\ns1,Why, and when?\n",
         "table.csv, table row 2, a text with ',' must stand in quotation marks, got more cells "
         "than columns"),
        (b"id;comment\ns1;Why; and when?\n",
         "table.csv, table row 2, a text with ';' must stand in quotation marks, got more cells "
         "than columns"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_place(tmp_path, content, sentence):
    reader, _ = read(tmp_path, content)
    with pytest.raises(PlanError) as error:
        reader.done()
    assert str(error.value) == sentence


def test_a_cell_that_is_no_number_is_told_with_its_place(tmp_path):
    _, (row,) = read(tmp_path, b"id,points\ns1,many\n")
    with pytest.raises(PlanError) as error:
        row.number("points")
    assert str(error.value) == ("table.csv, table row 2, s1: points must be a number, got 'many'")
