"""Files made to hurt: each ends in a sentence or a right plan, within a memory limit."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from pmkit.files import read, read_bytes, to_json, write, write_bytes
from pmkit.files.tools.kinds import listed
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from tests.now_and_later import rest_is_long

ROOT = Path(__file__).parents[1]
LIMIT = 1536 * 1024 * 1024
SMALL = Project.from_table([("A", 3, ""), ("B", 1, "A SS+1"), ("C", 2, "A; B")])
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def small_workbook() -> bytes:
    return write_bytes(SMALL, "plan.xlsx")


def with_part(name: str, content: bytes | None, data: bytes | None = None) -> bytes:
    """Return a workbook with one part replaced, added, or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or small_workbook())) as old:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for item in old.namelist():
                if item != name:
                    new.writestr(item, old.read(item))
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def sheet_xml(inside: bytes) -> bytes:
    return (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/'
        b'spreadsheetml/2006/main">' + inside + b"</worksheet>"
    )


HEADINGS = (
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c>'
    b'<c r="B1" t="inlineStr"><is><t>duration</t></is></c></row>'
)


def sentence_of(name: str, data: bytes) -> str:
    with pytest.raises(PlanError) as caught:
        read_bytes(name, data)
    return str(caught.value)


def read_within_limits(path: Path, rows: int = 250_000) -> str:
    """Read in a process of its own that may not have more than the limit of memory."""
    script = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({LIMIT}, {LIMIT}))\n"
        "from pmkit.files import grids, read\n"
        f"grids.MAX_ROWS = {rows}\n"
        "from pmkit.model.errors import PlanError\n"
        "try:\n"
        "    print('plan', len(read(sys.argv[1]).activities))\n"
        "except PlanError as error:\n"
        "    print('error', error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, text=True,
        timeout=240, check=False, env={"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def zipped(path: Path, name: str, pieces: list[bytes], repeat: int) -> None:
    """Write a workbook whose sheet is a piece repeated many times, without holding it."""
    with zipfile.ZipFile(io.BytesIO(small_workbook())) as old:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
            for item in old.namelist():
                if item != name:
                    new.writestr(item, old.read(item))
            with new.open(name, "w", force_zip64=True) as part:
                part.write(pieces[0])
                for _ in range(repeat):
                    part.write(pieces[1])
                part.write(pieces[2])


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    zeros = b"0" * (1 << 20)
    zipped(tmp_path / "bomb.xlsx", SHEET, [b"", zeros, b""], 1024)
    assert (tmp_path / "bomb.xlsx").stat().st_size < 6_000_000
    assert read_within_limits(tmp_path / "bomb.xlsx") == (
        "error bomb.xlsx, a workbook may unpack to at most 400 MB, and each part to 300 MB, this "
        "one unpacks to 1,024 MB\n"
    )


def test_millions_of_cells_in_one_row_are_refused_before_they_are_parsed(tmp_path):
    start = sheet_xml(b"<sheetData><row>").removesuffix(b"</worksheet>")
    zipped(tmp_path / "wide.xlsx", SHEET, [start, b"<c/>" * 250_000,
                                           b"</row></sheetData></worksheet>"], 60)  # fmt: skip
    assert "has more cells in one row, or a longer text, than a spreadsheet can hold" in (
        read_within_limits(tmp_path / "wide.xlsx")
    )


def test_a_cell_of_two_hundred_megabytes_is_refused(tmp_path):
    start = sheet_xml(
        b'<sheetData><row><c t="inlineStr"><is><t>'
    ).removesuffix(b"</worksheet>")  # fmt: skip
    end = b"</t></is></c></row></sheetData></worksheet>"
    zipped(tmp_path / "text.xlsx", SHEET, [start, b"x" * (1 << 20), end], 200)
    assert "has more cells in one row, or a longer text, than a spreadsheet can hold" in (
        read_within_limits(tmp_path / "text.xlsx")
    )


@pytest.mark.long
def test_too_many_rows_of_a_workbook_are_a_sentence_as_soon_as_the_limit_is_reached(tmp_path):
    row = b'<row><c t="inlineStr"><is><t>A</t></is></c><c><v>1</v></c></row>' * 1000
    start = sheet_xml(b"<sheetData>" + HEADINGS).removesuffix(b"</worksheet>")
    zipped(tmp_path / "long.xlsx", SHEET, [start, row, b"</sheetData></worksheet>"], 300)
    assert read_within_limits(tmp_path / "long.xlsx", rows=20_000) == (
        "error long.xlsx, activities row 20001, a sheet may have at most 20,000 rows with "
        "content, got more\n"
    )


def test_ten_million_rows_of_csv_are_a_sentence(tmp_path):
    with (tmp_path / "long.csv").open("wb") as file:
        file.write(b"id,duration\n")
        for _ in range(100):
            file.write(b"A,1\n" * 100_000)
    assert read_within_limits(tmp_path / "long.csv") == (
        "error long.csv, activities row 250001, a sheet may have at most 250,000 rows with "
        "content, got more\n"
    )


def test_a_hundred_million_small_cells_are_a_sentence(tmp_path):
    line = b"id,duration," + b"ab," * 1900 + b"\n"
    with (tmp_path / "wide.csv").open("wb") as file:
        for _ in range(17_000):
            file.write(line)
    assert "a sheet may have at most 6,000,000 cells, got more" in read_within_limits(
        tmp_path / "wide.csv"
    )


def test_json_of_twenty_million_empty_objects_is_a_sentence(tmp_path):
    (tmp_path / "empty.json").write_bytes(b'{"pmkit":1,"activities":[' + b"{}," * 20_000_000)
    assert "json may have at most 64 MB and 1,500,000 objects, got more" in read_within_limits(
        tmp_path / "empty.json"
    )


def test_a_csv_line_without_end_is_a_sentence(tmp_path):
    with (tmp_path / "line.csv").open("wb") as file:
        file.write(b"id,duration\n")
        for _ in range(90):
            file.write(b"x" * (1 << 20))
    assert "a csv file must have cells of at most 1,000,000 characters" in read_within_limits(
        tmp_path / "line.csv"
    )


def test_a_false_dimension_and_a_million_empty_rows_do_not_matter():
    rows = HEADINGS + b'<row r="1000000"><c r="A1000000"><v>7</v></c>'
    rows += b'<c r="B1000000"><v>2</v></c></row>'
    xml = sheet_xml(b'<dimension ref="A1:XFD1048576"/><sheetData>' + rows + b"</sheetData>")
    plan = read_bytes("plan.xlsx", with_part(SHEET, xml))
    assert [(a.id, a.duration) for a in plan.activities] == [("7", 2)]


def test_a_row_number_beyond_any_spreadsheet_is_a_sentence():
    xml = sheet_xml(
        b"<sheetData>" + HEADINGS + b'<row r="999999999"><c><v>1</v></c></row></sheetData>'
    )
    assert "may have at most 1,048,576 rows" in sentence_of("plan.xlsx", with_part(SHEET, xml))


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_are_refused_wherever_they_stand(declaration):
    xml = declaration + sheet_xml(b"<sheetData/>").split(b"?>", 1)[1]
    for part in (SHEET, "xl/workbook.xml", "xl/styles.xml", "docProps/core.xml"):
        assert sentence_of("plan.xlsx", with_part(part, xml)) == (
            f"plan.xlsx, part {part} must not define entities or a document type, it does"
        )


def test_an_entity_hidden_in_another_encoding_is_refused():
    xml = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x>'.encode("utf-16")
    assert "must be UTF-8, got another encoding" in sentence_of(
        "plan.xlsx", with_part("xl/styles.xml", xml)
    )


def test_a_part_that_points_outside_the_archive_is_refused():
    assert sentence_of("plan.xlsx", with_part("../../etc/passwd", b"x")) == (
        "plan.xlsx, a workbook must not name parts outside itself (such as ../x), this one does"
    )


def test_a_sheet_named_like_a_path_is_written_inside_the_folder(tmp_path):
    sheets = {"../../outside": ({"x": "1"},), "/etc/cron": ({"y": "2"},), "..": ({"z": "3"},)}
    plan = Project(SMALL.activities, SMALL.dependencies, sheets=sheets)
    write(plan, tmp_path / "deep" / "plan")
    outside = [p for p in tmp_path.rglob("*") if p.is_file() and p.parent != tmp_path / "deep/plan"]
    assert outside == []
    assert read(tmp_path / "deep" / "plan").sheets == sheets


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("plan.xlsx", b"", "plan.xlsx, the file is empty"),
        ("plan.csv", b"", "plan.csv, the file is empty"),
        ("plan.json", b"", "plan.json, the file is empty"),
        ("plan.csv", bytes(range(256)) * 40,
         "plan.csv, activities, a csv file must hold text, got binary data; save it as csv"),
        ("plan.xlsx", bytes(range(256)) * 40,
         "plan.xlsx, a workbook must be a whole .xlsx file, this one is damaged"),
        ("plan.xls", OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"),
         "plan.xls, this is an old .xls workbook; open it in a spreadsheet and save it as .xlsx"),
        ("plan.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
         "plan.xlsx, the workbook is protected by a password; save it without one"),
        ("plan.doc", OLE + b"\0" * 600,
         f"plan.doc, a plan must be {listed()}, this is an old Office file"),
        ("plan.pdf", b"%PDF-1.7", f"plan.pdf, a plan must be {listed()}, this is a picture"),
        ("plan.xls", b"<html><table>", f"plan.xls, a plan must be {listed()}, this is HTML"),
        ("plan.json", b"[" * 200_000,
         "plan.json, json must not be nested deeper than tables are, this is"),
        ("plan.json", b'{"pmkit": 2}', "plan.json, json must have \"pmkit\": 1, got '2'; a newer "
         "pmkit may read it"),
        ("plan.json", b'{"pmkit": 1, "pmkit": 1}',
         "plan.json, json must have each key once in an object, 'pmkit' came twice"),
        ("plan.json", b'{"pmkit": 1, "activities": 7}', "plan.json, activities, a sheet must be a "
         "list of objects (column to value), got int"),
        ("plan.json", b'{"pmkit": 1, "activities": [{"id": "A", "duration": NaN}]}',
         "plan.json, activities row 1, activity 'A': duration must be a finite number of working "
         "days >= 0, got 'nan'"),
        ("plan.json", b'{"pmkit": 1, "activities": [{"id": "A", "duration": -Infinity}]}',
         "plan.json, activities row 1, activity 'A': duration must be a finite number of working "
         "days >= 0, got '-inf'"),
        ("plan.csv", b"id,duration,duration\nA,1,2\n", "plan.csv, activities row 1, column "
         "'duration' must come once, came in columns B and C"),
        ("plan.csv", b"id,duration\n,\n  ,\n", "plan.csv, activities, a plan must have at least "
         "one activity, all rows are blank"),
        ("plan.csv", b"id,duration\nA," + b"9" * 5000 + b"\n", "activity 'A': duration must be a "
         "finite number of working days >= 0"),
    ],
)  # fmt: skip
def test_what_is_no_plan_is_a_sentence(name, data, sentence):
    assert sentence in sentence_of(name, data)


def test_json_with_a_number_of_ten_thousand_digits_is_a_sentence():
    data = b'{"pmkit": 1, "activities": [{"id": "A", "duration": ' + b"9" * 10_000 + b"}]}"
    assert "plan.json, " in sentence_of("plan.json", data)


def test_a_workbook_is_read_whatever_its_name_says():
    assert read_bytes("plan.csv", small_workbook()) == SMALL
    assert read_bytes("plan", to_json(SMALL)) == SMALL


def test_an_encrypted_zip_and_other_archives_are_sentences():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert "another kind of zip archive" in sentence_of("plan.xlsx", out.getvalue())
    data = bytearray(small_workbook())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 1)
    assert "must not have encrypted parts" in sentence_of("plan.xlsx", bytes(data))
    assert "this one is damaged" in sentence_of("plan.xlsx", small_workbook()[:-200])


def test_formulas_give_their_stored_values_and_a_missing_one_is_named():
    book = openpyxl.Workbook()
    page = book.active
    for row in (["id", "duration", "cost check"], ["A", 3, "=B2*2"], ["B", "=B2+1", None]):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    assert sentence_of("plan.xlsx", out.getvalue()) == (
        "plan.xlsx, Sheet row 3, activity 'B': duration must have a value, got a formula in cell "
        "B3 without a stored one; let a spreadsheet calculate and save it"
    )
    with zipfile.ZipFile(out) as archive:
        xml = archive.read(SHEET)
    stored = xml.replace(b"<f>B2+1</f><v />", b"<f>B2+1</f><v>4</v>")
    assert stored != xml
    plan = read_bytes("plan.xlsx", with_part(SHEET, stored, out.getvalue()))
    assert [a.duration for a in plan.activities] == [3, 4]
    assert "Sheet 'Sheet', cell C2: the formula has no stored value; it was left empty." in (
        plan.notes
    )


def test_what_a_spreadsheet_would_run_is_written_as_text(tmp_path):
    evil = ['=HYPERLINK("http://x")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "'=1"]
    plan = Project.from_table([(text.strip(), 1, "") for text in evil])
    write(plan, tmp_path / "plan")
    text = (tmp_path / "plan" / "activities.csv").read_text()
    cells = [line.split(",")[0].strip('"') for line in text.splitlines()[1:]]
    assert all(cell[0] == "'" for cell in cells), cells
    assert read(tmp_path / "plan") == plan
    write(plan, tmp_path / "plan.xlsx")
    page = openpyxl.load_workbook(tmp_path / "plan.xlsx")["activities"]
    for row in page.iter_rows(min_row=2, max_col=1):
        assert row[0].data_type == "s"
        assert row[0].quotePrefix
    assert read(tmp_path / "plan.xlsx") == plan


def mutated(data: bytes, random_: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random_.randint(1, 3)):
        kind = random_.random()
        place = random_.randrange(len(changed) or 1)
        if kind < 0.5 and changed:
            changed[place] = random_.randrange(256)
        elif kind < 0.7:
            changed[place:place] = random_.randbytes(random_.randint(1, 9))
        elif kind < 0.85:
            del changed[place : place + random_.randint(1, 40)]
        else:
            odd = random_.choice(ODD_CELLS).encode()
            changed[place : place + len(odd)] = odd
    return bytes(changed)


ODD_CELLS = [
    "", "tbd", "-1", "1e999", "nan", "99999999999999999999", "2026-13-45", "=1+1", "A;A;A", "B SS+",
    "A -> B", "0x1F", "\u0661\u0662", "1,2,3", "5 parsecs", "[", '"', ";;;", "\x00", "24:00",
    "Mon-Fry", "yes", "\u202e", "999999w", "1e300 d", "P1D", "%", "5%%", "9999-12-31", "0001-01-01",
]  # fmt: skip


@pytest.mark.parametrize("mutants", rest_is_long([160, 400], [160]))
def test_mutated_bytes_end_in_a_plan_or_a_sentence(mutants):
    from pmkit.data import sample

    random_ = random.Random(20260331)
    plan = sample()
    book = write_bytes(plan, "plan.xlsx")
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sources = {"plan.json": to_json(SMALL).encode(), "plan.csv": b"id,name,duration,predecessors,"
               b"start\nA,Dig the whole hole,3,,2026-01-05\nB,Pour it,2w,A SS+1d,\n"}  # fmt: skip
    outcomes = {"plan": 0, "sentence": 0}
    for turn in range(mutants):
        name = ("plan.json", "plan.csv", "plan.csv", "plan.xlsx")[turn % 4]
        if name == "plan.xlsx":  # inside the archive; its checksum would catch anything outside
            part = random_.choice([*parts, SHEET, SHEET])
            data = with_part(part, mutated(parts[part], random_), book)
        else:
            data = mutated(sources[name], random_)
        try:
            read_bytes(name, data)
            outcomes["plan"] += 1
        except PlanError as error:
            assert str(error).startswith("plan.")
            outcomes["sentence"] += 1
    assert min(outcomes.values()) > mutants / 10, outcomes


@pytest.mark.parametrize("mutants", rest_is_long([100, 400], [100]))
def test_mutated_cells_end_in_a_plan_or_a_sentence(mutants):
    import json

    from pmkit.data import sample

    random_ = random.Random(7)
    whole = json.loads(to_json(sample()))
    sheets = [name for name in whole if name != "pmkit"]
    outcomes = {"plan": 0, "sentence": 0}
    for _ in range(mutants):
        content = json.loads(json.dumps(whole))
        for _ in range(random_.randint(1, 4)):
            rows = content[random_.choice(sheets)]
            if not rows:
                continue
            row = random_.choice(rows)
            key = random_.choice([*row, "calendar", "constraint", "project", "resources"])
            row[key] = random_.choice([*ODD_CELLS, 0, -5, 3.7, True, None, [1], {"a": 2}])
        try:
            read_bytes("plan.json", json.dumps(content))
            outcomes["plan"] += 1
        except PlanError as error:
            assert all(p.sentence and p.file == "plan.json" for p in error.problems)
            outcomes["sentence"] += 1
    assert min(outcomes.values()) > mutants / 10, outcomes
