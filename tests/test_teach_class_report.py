"""The report of the class that ships says what is in its marks, in words, tables and on a page."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser

import pytest

from pmkit.data import sample_class
from pmkit.model.errors import PlanError
from pmkit.teach.class_reading import read_class
from pmkit.teach.class_report import class_report
from pmkit.teach.commands import main
from pmkit.teach.pseudonyms import names, pseudonym
from pmkit.teach.roster import Student, read_roster
from tests.class_cases import PS04

NAME = PS04.name


@pytest.fixture(scope="module")
def report():
    return class_report(sample_class(), NAME)


@pytest.fixture
def own(tmp_path):
    """A copy of the class, to be changed."""
    return shutil.copytree(sample_class(), tmp_path / "class")


def marks_of(folder, student):
    path = folder / "marks" / NAME / f"{student}.json"
    return path, json.loads(path.read_text("utf-8"))


def test_the_class_that_ships_is_of_thirty_and_everybody_is_marked(report):
    assert len(report.data.marks) == 30
    assert report.data.missing == ()
    assert not report.is_indicative
    assert {len(marked) for marked in report.data.marks.values()} == {8}
    assert all(report.data.answers.values()) or len(report.data.answers) == 30


def test_the_only_pair_that_is_flagged_is_the_one_that_was_planted(report):
    ids = {one.name: id_ for id_, one in read_roster(sample_class() / "roster.csv").items()}
    assert [{ids[pair.one], ids[pair.other]} for pair in report.copied] == [{"s07", "s23"}]


def test_points_by_hand_stand_above_those_that_wait(own):
    before = class_report(own, NAME)
    id_ = next(iter(read_roster(own / "roster.csv")))
    path = own / "manual" / f"{NAME}.csv"
    kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(id_)]
    path.write_text("\n".join([*kept, f"{id_},tell,1.5,,", f"{id_},cpi,0.25,,", ""]), "utf-8")
    after = class_report(own, NAME)
    name = read_roster(own / "roster.csv")[id_].name
    told = {one.question: one for one in after.data.marks[name]}
    assert (told["tell"].points, told["tell"].state) == (1.5, "by hand")
    assert told["cpi"].points == 0.25
    assert after.data.marks.keys() == before.data.marks.keys()


def test_a_class_of_fewer_than_twenty_is_said_to_be_indicative(own):
    for n in range(1, 12):
        marks_of(own, f"s{n:02}")[0].unlink()
    report = class_report(own, NAME)
    assert report.is_indicative
    assert "Fewer than 20 students: what follows is indicative." in report.sentences
    assert report.sentences[0] == "19 of 30 students have handed in and are marked."
    assert (report.stuck_table.iloc[-1] == "not handed in").sum() == 8
    how = report.items_chart().title.subtitle
    assert how[0].endswith("fewer than 20 students, so indicative")


def test_of_one_student_there_is_a_report_without_correlations(own):
    for n in range(2, 31):
        marks_of(own, f"s{n:02}")[0].unlink()
    report = class_report(own, NAME)
    assert report.items.alpha is None
    assert report.item_table["correlation"].isna().all()
    assert set(report.item_table["note"]) == {"fewer than 4 students have all their points"}


def test_pseudonyms_stay_and_nobody_s_name_is_told(own, report):
    hidden = class_report(own, NAME, pseudonyms=True)
    roster = read_roster(own / "roster.csv")
    told = repr(hidden) + hidden.stuck_table.to_csv() + hidden.copied_table.to_csv()
    assert [student.name for student in roster.values() if student.name in told] == []
    assert sorted(hidden.points.values()) == sorted(report.points.values())
    assert set(hidden.data.marks) == set(class_report(own, NAME, pseudonyms=True).data.marks)
    assert all(re.fullmatch("[A-Z2-7]{6}", name) for name in hidden.data.marks)


def test_a_pseudonym_follows_a_changed_id_and_hangs_on_the_key():
    was = {"new": Student("new", was="old")}
    assert names(was, b"key") == {"new": pseudonym(b"key", "old")}
    assert pseudonym(b"key", "old") != pseudonym(b"other", "old")


def test_two_students_of_one_name_are_told_apart_by_their_ids():
    roster = {"a": Student("a", "Kim"), "b": Student("b", "Kim"), "c": Student("c")}
    assert names(roster, None) == {"a": "Kim (a)", "b": "Kim (b)", "c": "c"}


def test_an_exercise_that_is_not_marked_has_no_report(own):
    shutil.rmtree(own / "marks")
    with pytest.raises(PlanError) as error:
        read_class(own, NAME)
    assert str(error.value) == "report: ps04_progress must be marked first, got no marks"


def test_the_page_shows_what_somebody_typed_as_text_and_asks_nothing_of_the_network(own):
    roster = own / "roster.csv"
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    roster.write_text(roster.read_text("utf-8").replace("Ana Costa", evil), "utf-8")
    log = own / "submitted" / "s02" / NAME / "attempts.jsonl"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(json.dumps({"question": "cpi", "problem": f"cpi: {evil}"}) + "\n", "utf-8")
    page = class_report(own, NAME).page()
    tags = Tags()
    tags.feed(page)
    assert "&lt;script&gt;" in page
    assert not {"script", "img", "link", "iframe", "object", "a"} & tags.names
    assert not {name for name in tags.attributes if name.startswith("on")}
    assert "http://" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", page)
    assert "https://" not in page
    assert tags.open == []


class Tags(HTMLParser):
    """What a page is made of, and what is left open at its end."""

    def __init__(self):
        super().__init__()
        self.names, self.attributes, self.open = set(), set(), []

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_command_writes_the_page_and_says_what_it_comes_to(own, capsys):
    assert main(["report", str(own), NAME, "--pseudonyms"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("30 of 30 students have handed in and are marked.\n")
    page = own / "report" / f"{NAME}.html"
    assert told.endswith(f"the page is {page}\n")
    text = page.read_text("utf-8")
    assert [one.name for one in read_roster(own / "roster.csv").values() if one.name in text] == []
    shutil.rmtree(own / "marks")
    assert main(["report", str(own), NAME]) == 1
    assert "must be marked first" in capsys.readouterr().err
