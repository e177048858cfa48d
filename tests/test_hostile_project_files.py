"""Project tools' files that are broken, dangerous, or something else: one sentence each."""

from __future__ import annotations

import random

import pytest

from pmkit.files import inspect_bytes, read_bytes
from pmkit.files.grids import MAX_FILE_BYTES
from pmkit.files.tools.kinds import MPP, READABLE, XER, listed
from pmkit.files.tools.recognising import recognise
from pmkit.model.errors import PlanError
from tests.project_files import java_or_skip

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SPACE = "http://schemas.microsoft.com/project"
EMPTY = f'<Project xmlns="{SPACE}"></Project>'.encode()
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    f'<Project xmlns="{SPACE}"><Name>&b;</Name></Project>'
)
WITHOUT_END = b"ERMHDR\t18.8\t2026-01-01\n%T\tPROJECT\n%F\tproj_id\n%R\t1\n"
XML_FOR = "this is XML, but no Microsoft Project or Primavera plan: it is a"


def refused(name: str, data: bytes) -> str:
    """Return the one sentence that a file is refused with."""
    with pytest.raises(PlanError) as caught:
        read_bytes(name, data)
    (problem,) = caught.value.problems
    assert problem.file == name
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.xml", BOMB.encode(), "XML must not define entities or a document type, this does"),
        ("a.xml", BOMB.encode("utf-16"),
         "XML must not define entities or a document type, this does"),
        ("a.xml", BOMB.encode("utf-16-be"),
         "XML must not define entities or a document type, this does"),
        ("a.csv", BOMB.encode(), "XML must not define entities or a document type, this does"),
        ("a.xml", EMPTY.replace(b"></", b">" + b"<a>" * 50_000 + b"</"),
         "XML of a plan must be nested at most 100 deep, this is deeper"),
        ("a.xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>", f"{XML_FOR} <svg>"),
        ("a.xml", b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>",
         f"{XML_FOR} <Workbook>"),
        ("a.xml", b"<Project Sdk='Microsoft.NET.Sdk'><PropertyGroup/></Project>",
         f"{XML_FOR} <Project>"),
        ("a.xml", b"<!DOCTYPE html><html></html>", f"a plan must be {listed()}, this is HTML"),
        ("a.xml", EMPTY[:-4], "XML must be whole, this is not: unclosed token: line 1, column 54"),
        ("a.xml", b'<?xml version="1.0" encoding="klingon"?><Project/>',
         "XML must be readable text, this is not: unknown encoding: klingon"),
        ("a.xml", b"Plan,3", "XML must start with '<', this one starts with 'Plan,3'"),
        ("a.xer", WITHOUT_END, "a Primavera .xer file must end with the line '%E', this one is cut "
         "short"),
        ("a.xer", WITHOUT_END + b"\x00\x01%E",
         "a Primavera .xer file must hold text, this one holds binary data"),
        ("a.txt", WITHOUT_END, "a Primavera .xer file must end with the line '%E', this one is cut "
         "short"),
        ("a.xer", b"id,duration", "a Primavera .xer file must start with ERMHDR, this one starts "
         "with 'id,duration'"),
        ("a.mpx", b"id,duration", "an MPX file must start with MPX, this one starts with "
         "'id,duration'"),
        ("a.mpp", b"id,duration", "a Microsoft Project file must be a whole .mpp file, this one "
         "starts with 'id,duration'"),
        ("a.mpp", b"", "the file is empty"),
    ],
)  # fmt: skip
def test_what_java_should_never_see_is_refused_before_it_starts(name, data, sentence, monkeypatch):
    monkeypatch.setattr("pmkit.files.tools.client.Worker", None)
    assert refused(name, data) == f"{name}, {sentence}"


def test_a_file_larger_than_any_plan_is_refused(tmp_path):
    path = tmp_path / "big.mpp"
    with path.open("wb") as stream:
        stream.write(OLE)
        stream.truncate(MAX_FILE_BYTES + 1)
    from pmkit.files import read

    with pytest.raises(PlanError, match=r"^big\.mpp, a plan may have at most 100 MB, got 100 MB$"):
        read(path)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.mpp", OLE + bytes(3000), "a Microsoft Project file must be whole, this one cannot be "
         "read: "),
        ("a.mpp", OLE + random.Random(3).randbytes(30_000), "a Microsoft Project file must be "
         "whole, this one cannot be read: "),
        ("a.doc", OLE + b"MSProject.MPP14" + bytes(3000), "a Microsoft Project file must be whole, "
         "this one cannot be read: "),
        ("a.xer", b"ERMHDR\t18.8\n%E", "a Primavera .xer file must be whole, this one cannot be "
         "read: it holds no project"),
        ("a.xer", b"ERMHDR\t18.8\n%T\tTASK\n%F\t" + b"\t".join(b"f%d" % i for i in range(50_000))
         + b"\n%R\t1\n%E", "a Primavera .xer file must be whole, this one cannot be read: it holds "
         "no project"),
        ("a.xml", EMPTY, "a plan must have at least one activity, the file has none"),
        ("a.mpx", b"MPX," + random.Random(4).randbytes(4000),
         "a plan must have at least one activity, the file has none"),
        ("a.xml", b"<APIBusinessObjects xmlns='x'/>",
         "Primavera XML must be whole, this one cannot be read: "),
    ],
)  # fmt: skip
def test_what_mpxj_cannot_read_is_a_sentence(name, data, sentence):
    java_or_skip()
    assert refused(name, data).startswith(f"{name}, {sentence}")


def test_truncated_and_scribbled_real_files_end_in_a_sentence_or_a_plan(truth):
    java_or_skip()
    chance = random.Random(5)
    folder = truth / "msproject"
    sources = [folder / "10_mp_j30_a2_nr5.mpp", folder / "sample.xml",
               truth / "primavera" / "MDL4RA.xer"]  # fmt: skip
    for source in sources:
        whole = source.read_bytes()
        for share in (0.2, 0.5, 0.9):
            assert refused(source.name, whole[: int(len(whole) * share)])
        for _ in range(6):
            scribbled = bytearray(whole)
            for _ in range(20):
                scribbled[chance.randrange(len(whole))] = chance.randrange(256)
            try:
                assert read_bytes(source.name, bytes(scribbled)).activities
            except PlanError as error:
                assert all(problem.file == source.name for problem in error.problems)


def test_a_file_with_a_password_is_refused(truth):
    java_or_skip()
    data = bytearray((truth / "msproject" / "10_mp_j30_a2_nr5.mpp").read_bytes())
    # What Microsoft Project sets when it asks for a password: a flag, and a hash. Each property is
    # its size, its key, four bytes more and its value, padded to an even length.
    flag, hash_ = (key.to_bytes(4, "little") for key in (893386752, 893386756))
    place = data.index((1).to_bytes(4, "little") + flag)
    data[place + 12] = 1
    data[place + 18 : place + 22] = hash_
    assert refused("a.mpp", bytes(data)) == (
        "a.mpp, a Microsoft Project file must not be protected by a password, this one is; save it "
        "without"
    )


def test_the_content_decides_not_the_name(truth):
    java_or_skip()
    mpp = (truth / "msproject" / "10_mp_j30_a2_nr5.mpp").read_bytes()
    xer = (truth / "primavera" / "MDL4RA.xer").read_bytes()
    xml = (truth / "msproject" / "sample.xml").read_bytes()
    counts = [
        len(read_bytes(name, data).activities)
        for name, data in [("a.xml", mpp), ("a.txt", xer), ("a.mpp", xml), ("a.csv", xml)]
    ]
    assert counts == [64, 62, 16, 16]


def test_columns_are_refused_for_a_file_that_has_no_table(truth):
    java_or_skip()
    data = (truth / "msproject" / "sample.xml").read_bytes()
    with pytest.raises(PlanError) as caught:
        inspect_bytes("plan.xml", data, columns={"Task": "name"})
    assert str(caught.value) == (
        "plan.xml, columns= and sheet= are for tables, this is a project tool's file"
    )


@pytest.mark.parametrize(
    ("text", "encoding", "charset"),
    [
        ("Fundament gießen, Dübel", "utf-8", "UTF-8"),
        ("Fundament gießen, Dübel", "utf-8-sig", "UTF-8"),
        ("Fundament gießen, Dübel", "utf-16", "UTF-8"),
        ("Fundament gießen, Dübel, façade, État", "cp1252", "windows-1252"),
        ("Проектирование фундамента", "cp1251", "windows-1251"),
        ("Проектирование фундамента", "utf-8", "UTF-8"),
    ],
)
def test_an_xer_file_is_read_in_the_encoding_it_was_written_in(text, encoding, charset):
    data = f"ERMHDR\t18.8\n%T\tTASK\n%F\ttask_name\n%R\t{text}\n%E\n".encode(encoding)
    found = recognise(data, "plan.xer")
    assert found.kind is XER
    assert found.charset == charset
    assert text in found.data.decode(charset)
    assert bool(found.notes) == (charset != "UTF-8")


def test_names_in_a_cyrillic_file_arrive_as_they_were_written(truth):
    java_or_skip()
    text = (truth / "primavera" / "MDL4RA.xer").read_bytes().decode("cp1252")
    data = text.replace("Project Begin", "Начало проекта").encode("cp1251", "replace")
    plan = read_bytes("plan.xer", data)
    assert "Начало проекта" in {a.name for a in plan.activities}
    assert any("read as Windows-1251 (Cyrillic)" in note for note in plan.notes)


def test_every_list_of_endings_says_the_same():
    from pmkit.widgets.opening import Opening

    opening = Opening("Question?", "Welcome.", print, print, print)
    assert opening.upload.accept.split(",") == list(READABLE)
    assert listed() in opening.upload.hint
    assert set(MPP.endings) < set(READABLE)
