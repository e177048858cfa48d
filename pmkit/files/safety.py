"""What is looked at before a workbook is opened, so that a hostile one is a sentence."""

from __future__ import annotations

import re
import zipfile
from itertools import pairwise
from typing import BinaryIO

from pmkit.files.grids import MAX_SHEETS
from pmkit.model.errors import PlanError, Problem

_MEGABYTE = 1024 * 1024
_MOST_MEMBERS = 2_000
_LARGEST_TOTAL = 400 * _MEGABYTE
_LARGEST_PART = 300 * _MEGABYTE  # 100,000 activities with 30 columns are about 150
_LARGEST_SUPPORT = 100 * _MEGABYTE  # shared texts, styles
_MOST_MARKS_BETWEEN_ROWS = 200_000  # 16,384 cells of a row, each with a few elements
_MOST_MARKS_IN_SUPPORT = 4_000_000
_TEXT_RUN = 4 * _MEGABYTE  # the longest text without any element; a cell holds 32,767 characters
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_PIECE = 1 << 20
SHEET_PART = re.compile(r"/?xl/worksheets/[^/]*\.xml$", re.IGNORECASE)
"""Where sheets stand; only there a long table is no reason to be careful."""


def check_workbook(stream: BinaryIO, file: str) -> zipfile.ZipFile:
    """Open a workbook's zip archive after checking that reading it cannot fill the memory.

    Raises
    ------
    PlanError
        If it is no workbook, or one that no spreadsheet would write.
    """

    def refuse(sentence: str) -> PlanError:
        return PlanError(Problem(sentence, file))

    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise refuse(f"a workbook must be a whole .xlsx file, this one is damaged ({error})") from (
            None
        )
    members = archive.infolist()
    names = {member.filename for member in members}
    if "xl/workbook.bin" in names:
        raise refuse("a workbook must be .xlsx, this is a binary workbook; save it as .xlsx")
    if "mimetype" in names:
        raise refuse("a workbook must be .xlsx, this is OpenDocument; save it as .xlsx")
    if "[Content_Types].xml" not in names:
        raise refuse("a workbook must be .xlsx, this is another kind of zip archive")
    if len(members) > _MOST_MEMBERS:
        raise refuse(
            f"a workbook may have at most {_MOST_MEMBERS:,} parts, this one has {len(members):,}"
        )
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        raise refuse("a workbook must not name parts outside itself (such as ../x), this one does")
    total = sum(member.file_size for member in members)
    if total > _LARGEST_TOTAL or any(member.file_size > _LARGEST_PART for member in members):
        raise refuse(
            f"a workbook may unpack to at most {_LARGEST_TOTAL // _MEGABYTE} MB, and each part to "
            f"{_LARGEST_PART // _MEGABYTE} MB, this one unpacks to {total // _MEGABYTE:,} MB"
        )
    sheets = [member for member in members if SHEET_PART.match(member.filename)]
    if len(sheets) > MAX_SHEETS:
        raise refuse(f"a workbook may have at most {MAX_SHEETS} sheets, this one has {len(sheets)}")
    try:
        for member in members:
            if member.flag_bits & 1:
                raise refuse("a workbook must not have encrypted parts; save it without password")
            if re.search(r"\.(xml|rels|vml)$", member.filename, re.IGNORECASE):
                _check_part(archive, member, file, is_sheet=member in sheets)
    except PlanError:
        raise
    except Exception as error:  # damaged archives fail in many ways inside zipfile and zlib
        raise refuse(
            f"a workbook must be a whole .xlsx file, this one is damaged ({error})"
        ) from None
    return archive


def _check_part(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str, *, is_sheet: bool
) -> None:
    """Refuse entities, and structures that a parser would have to hold in memory whole."""
    part = f"part {member.filename}"
    if not is_sheet and member.file_size > _LARGEST_SUPPORT:
        raise PlanError(
            Problem(f"{part} may unpack to at most {_LARGEST_SUPPORT // _MEGABYTE} MB, "
                    f"got {member.file_size // _MEGABYTE:,} MB", file)
        )  # fmt: skip
    marks = quiet = 0
    tail = b""
    most = _MOST_MARKS_BETWEEN_ROWS if is_sheet else _MOST_MARKS_IN_SUPPORT
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            if not tail and (b"\x00" in piece[:64] or piece.startswith((b"\xff\xfe", b"\xfe\xff"))):
                raise PlanError(Problem(f"{part} must be UTF-8, got another encoding", file))
            if b"<!DOCTYPE" in tail + piece or b"<!ENTITY" in tail + piece:
                raise PlanError(
                    Problem(f"{part} must not define entities or a document type, it does", file)
                )
            here = piece.count(b"<")
            rows = [match.start() for match in _ROW.finditer(piece)] if is_sheet else []
            if rows:
                longest = marks + piece.count(b"<", 0, rows[0])
                marks = piece.count(b"<", rows[-1])
                if here > most:  # only then can one row within this piece have too many
                    between = [piece.count(b"<", a, b) for a, b in pairwise(rows)]
                    longest = max([longest, *between])
            else:
                longest = marks = marks + here
            quiet = 0 if b"<" in piece else quiet + len(piece)
            if longest > most or quiet > _TEXT_RUN:
                raise PlanError(
                    Problem(f"{part} has more cells in one row, or a longer text, than a "
                            "spreadsheet can hold", file)
                )  # fmt: skip
            tail = piece[-16:]
