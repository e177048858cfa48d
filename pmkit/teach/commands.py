"""The commands of an instructor: ``python -m pmkit.teach COMMAND FOLDER ...``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from pmkit.model.errors import PmkitError
from pmkit.teach.class_commands import (
    correct,
    fill_gradebook,
    give_feedback,
    hand_out,
    mark,
    start,
    write_export,
    write_reading,
    write_report,
    write_sheet,
)
from pmkit.teach.exporting import TO
from pmkit.teach.source_commands import alone, try_source


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; what is wrong ends in a sentence, and 1."""
    told = _parser().parse_args(words)
    try:
        told.run(told)
    except PmkitError as error:
        print(f"pmkit: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pmkit.teach", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, help_: str, *words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help_, description=help_)
        made.set_defaults(run=run)
        for word in words:
            made.add_argument(word)
        return made

    command("start", start, "make a class folder of a folder of exercises", "folder", "source")
    command("release", hand_out, "make everybody's handout", "folder", "exercise")
    marks = command("mark", mark, "mark what was handed in", "folder", "exercise")
    marks.add_argument("--without-running", action="store_true",
                       help="read plain numbers and choices only; nothing is run")  # fmt: skip
    marks.add_argument("--again", action="store_true",
                       help="run and mark everything again, and list what changes")  # fmt: skip
    nameless = "name students by pseudonyms, the same ones each time"
    sheet = command("sheet", write_sheet, "write the sheet, with points by hand and lateness",
                    "folder", "exercise")  # fmt: skip
    read = command("reading", write_reading, "write what you have to read, and rows for its points",
                   "folder", "exercise")  # fmt: skip
    for one in (sheet, read):
        one.add_argument("--anonymous", action="store_true", help=nameless)
    key = command("correct", correct, "say what changes with the exercise as it is now",
                  "folder", "exercise")  # fmt: skip
    key.add_argument("--apply", action="store_true", help="change the marks")
    book = command("export", write_export, "write the grades for a grade book elsewhere",
                   "folder", "exercise")  # fmt: skip
    book.add_argument("--to", choices=TO, required=True)
    command("feedback", give_feedback, "write everybody's feedback", "folder", "exercise")
    command("gradebook", fill_gradebook, "write the marks into nbgrader's gradebook, and take over "
            "what was given by hand in its formgrader", "folder", "exercise")  # fmt: skip
    told = command("report", write_report, "write what a class has understood as one page",
                   "folder", "exercise")  # fmt: skip
    told.add_argument("--pseudonyms", action="store_true",
                      help="name students by pseudonyms, the same ones each time")  # fmt: skip
    command("try", try_source, "say what is wrong with an exercise that you write", "source")
    own = command("alone", alone, "write an exercise for somebody who learns alone; again: say "
                  "what is right in it so far", "source", "folder")  # fmt: skip
    own.add_argument("--answers", action="store_true", help="tell the right answers, too")
    return parser
