"""What each command does with the folder of a class, and what it says."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from pmkit.model.errors import PlanError
from pmkit.teach.class_folder import ClassFolder, write_text
from pmkit.teach.class_reading import read_class
from pmkit.teach.correcting import apply_corrections, corrections
from pmkit.teach.exercise_tables import read_exercise
from pmkit.teach.exporting import export
from pmkit.teach.feedback import feedback_page
from pmkit.teach.gradesheet import gradesheet
from pmkit.teach.grading import grades
from pmkit.teach.making import on_screen
from pmkit.teach.manual import manual_path
from pmkit.teach.marking_class import Marking
from pmkit.teach.marking_told import changed_since, summary
from pmkit.teach.nbgrader_files import write_config, write_release
from pmkit.teach.pseudonyms import names
from pmkit.teach.reading import pin, prepare_reading
from pmkit.teach.releasing import release
from pmkit.teach.roster import COLUMNS
from pmkit.teach.sandbox.choosing import choose_engine


def start(told: argparse.Namespace) -> None:
    """Make a class folder: exercises, an empty roster, and the key."""
    course, source = ClassFolder(Path(told.folder)), Path(told.source)
    found = sorted(path.parent for path in source.glob("*/exercise.toml"))
    if not found:
        raise PlanError(f"source: must be a folder with exercises, got {source}")
    left = []
    for folder in found:
        read_exercise(folder)
        own = course.root / "source" / folder.name
        if own.exists():
            left.append(folder.name)
        else:
            shutil.copytree(folder, own)
    roster = course.root / "roster.csv"
    if not roster.exists():
        write_text(roster, ",".join(COLUMNS) + "\n")
    write_config(course)
    assert course.key
    if left:
        print(f"left as they are, marks may hang on them: {', '.join(left)}")
    print(f"exercises: {len(found)}, in {course.root / 'source'}; write your students into "
          f"{roster}, and keep a copy of class.key: all numbers are made from it")  # fmt: skip


def hand_out(told: argparse.Namespace) -> None:
    """Make the handouts that are not there yet."""
    course = ClassFolder(Path(told.folder))
    made = release(course, told.exercise, on_screen(told.exercise))
    write_release(course, course.exercise(told.exercise))
    there = len(course.roster) - len(made)
    print(f"handouts made: {len(made)}, there before: {there}; in "
          f"{course.root / 'handout' / told.exercise}, a folder for each student")  # fmt: skip


def mark(told: argparse.Namespace) -> None:
    """Mark a class, and write the sheet."""
    from tqdm import tqdm

    marking = _marking(told, run=not told.without_running)
    with tqdm(total=len(marking.course.roster), unit="student", file=sys.stderr) as bar:
        pin(marking)
        before = {id_: marking.kept(id_) for id_ in marking.course.roster}
        marks = marking.everybody(lambda _: bar.update() and None, again=told.again)
    for line in (*summary(grades(marking)), *changed_since(marking, before, marks)):
        print(line)
    _sheet(marking)


def write_sheet(told: argparse.Namespace) -> None:
    """Write the grades as a sheet."""
    _sheet(_marking(told, run=False), anonymous=told.anonymous)


def _sheet(marking: Marking, *, anonymous: bool = False) -> None:
    course, found = marking.course, grades(marking)
    shown = names(course.roster, course.key) if anonymous else None
    kind = "anonymous.csv" if anonymous else "csv"
    path = course.root / "marks" / f"{marking.exercise.name}.{kind}"
    write_text(path, gradesheet(marking.exercise, course.roster, found, shown))
    if late := [id_ for id_, one in found.items() if one.days_late]:
        print(f"late: {', '.join(late)}")
    if again := [f"{id_} ({', '.join(one.changed)})" for id_, one in found.items() if one.changed]:
        print(f"changed since you gave points, look again: {'; '.join(again)}")
    print(f"the sheet is {path}")


def write_reading(told: argparse.Namespace) -> None:
    """Write the page of what waits, and the rows to fill in."""
    marking = _marking(told, run=False)
    course = marking.course
    shown = names(course.roster, course.key if told.anonymous else None)
    page, count = prepare_reading(marking, shown, anonymous=told.anonymous)
    path = course.root / "reading" / f"{told.exercise}.html"
    write_text(path, page)
    print(f"answers to read: {count}; they are in {path}, their points go into "
          f"{manual_path(course, marking.exercise)}")  # fmt: skip


def correct(told: argparse.Namespace) -> None:
    """List what changes with the exercise as it is now; change it only when asked to."""
    marking = _marking(told, run=False)
    found = apply_corrections(marking) if told.apply else corrections(marking)
    marks = [one for one in found if not one.is_wording]
    for one in marks:
        print(one)
    done = "changed" if told.apply else "would change; nothing is changed without --apply"
    print(f"marks: {len(marks)}, only said in other words: {len(found) - len(marks)}; {done}")


def write_export(told: argparse.Namespace) -> None:
    """Write the grades for Canvas or Moodle."""
    marking = _marking(told, run=False)
    found = grades(marking)
    path = marking.course.root / "export" / f"{told.exercise}.{told.to}.csv"
    write_text(path, export(told.to, marking.exercise, marking.course.roster, found))
    if waiting := sum(bool(one.waits) for one in found.values()):
        print(f"students with answers that wait for you: {waiting}; these have no points there")
    print(f"for {told.to.capitalize()}: {path}")


def give_feedback(told: argparse.Namespace) -> None:
    """Write the page of everybody whose marks are there."""
    marking, count = _marking(told, run=False), 0
    found = grades(marking)
    for id_, variant in marking.variants.items():
        if found[id_].marks is not None:
            kept = marking.answers(id_)
            page = feedback_page(marking.exercise, variant, found[id_], kept)
            folder = marking.course.root / "feedback" / id_ / told.exercise
            write_text(folder / "feedback.html", page)
            count += 1
    if not count:
        raise PlanError(f"feedback: {told.exercise} must be marked first, got no marks")
    print(f"feedback pages written: {count}, in {marking.course.root / 'feedback'}")


def fill_gradebook(told: argparse.Namespace) -> None:
    """Bring the gradebook and the marks together."""
    from pmkit.teach.gradebook import write_gradebook

    for line in write_gradebook(_marking(told, run=False)):
        print(line)


def write_report(told: argparse.Namespace) -> None:
    """Write the report of a class as one page."""
    from pmkit.teach.class_report import ClassReport

    folder, through = Path(told.folder), on_screen(told.exercise)
    report = ClassReport(
        read_class(folder, told.exercise, pseudonyms=told.pseudonyms, through=through)
    )
    path = folder / "report" / f"{told.exercise}.html"
    write_text(path, report.page())
    for line in report.sentences:
        print(line)
    print(f"the page is {path}")


def _marking(told: argparse.Namespace, *, run: bool) -> Marking:
    course = ClassFolder(Path(told.folder))
    return Marking(course, course.exercise(told.exercise), choose_engine() if run else None,
                   through=on_screen(told.exercise))  # fmt: skip
