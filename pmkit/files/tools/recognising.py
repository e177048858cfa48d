"""Which project tool wrote a file: its content decides, not its name.

What a virtual machine of Java should never see (XML with a document type, a file cut short) is
refused here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from pmkit.files.tools.kinds import ENDINGS, MPX, MSPDI, PMXML, XER, Kind, listed
from pmkit.model.errors import PlanError, Problem

_DEEPEST = 100
_MOST_ELEMENTS = 8_000_000
_MPX = re.compile(rb"MPX[,;\t]")
_MICROSOFT = "http://schemas.microsoft.com/project"
_PRIMAVERA = {"APIBusinessObjects", "BusinessObjects"}
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_UTF_8 = b"\xef\xbb\xbf"
# Words of three and more letters beyond ASCII: in Russian nearly all, in French or German none.
_FOREIGN_WORD = re.compile(rb"[\xc0-\xff\xa8\xb8]{3,}")
_MARKS = (b"MSProject.", *(f"Props{n}".encode("utf-16-le") for n in ("14", "12", "9", "8")))


@dataclass(frozen=True, slots=True)
class Recognised:
    """A project tool's file, ready for the worker."""

    kind: Kind
    data: bytes = field(repr=False)
    charset: str = ""
    notes: tuple[str, ...] = ()


def is_project_ole(data: bytes) -> bool:
    """Whether an OLE container (``.mpp``, but also ``.xls``, ``.doc``) is Microsoft Project's."""
    return any(mark in data for mark in _MARKS)


def looks_like_tool(head: bytes, file: str) -> bool:
    """Whether a file that is no archive and no OLE container is, or should be, a project tool's."""
    text = _narrow(head)
    return (
        Path(file).suffix.lower() in ENDINGS
        or text.startswith((b"ERMHDR", b"<"))
        or _MPX.match(text) is not None
    )


def _narrow(head: bytes) -> bytes:
    for mark, codec in _WIDE:
        if head.startswith(mark):
            head = head[: len(head) // 2 * 2].decode(codec, "replace").encode()
    if head[:4] in (b"<\x00?\x00", b"\x00<\x00?"):
        head = head.replace(b"\x00", b"")
    return head.removeprefix(_UTF_8).lstrip(b" \t\r\n")


def recognise(data: bytes, file: str) -> Recognised:
    """Find out what a file is, and refuse what is damaged or dangerous.

    Raises
    ------
    PlanError
        If it is none of the formats, cut short, or XML that defines entities.
    """

    def refuse(sentence: str) -> PlanError:
        return PlanError(Problem(sentence, file))

    head = _narrow(data[:8192])
    suffix = Path(file).suffix.lower()
    if head.startswith(b"ERMHDR"):
        return _xer(data, file)
    if _MPX.match(head):
        return Recognised(MPX, data.removeprefix(_UTF_8).lstrip(b" \t\r\n"))
    if head[:15].lower().startswith((b"<!doctype html", b"<html")):
        raise refuse(f"a plan must be {listed()}, this is HTML")
    if head.startswith(b"<"):
        return Recognised(_xml_kind(data, file), data)
    start = f"this one starts with {head[:12].decode('latin-1')!r}"
    if suffix == ".xer":
        raise refuse(f"a Primavera .xer file must start with ERMHDR, {start}")
    if suffix == ".mpx":
        raise refuse(f"an MPX file must start with MPX, {start}")
    if suffix in (".xml", ".pmxml"):
        raise refuse(f"XML must start with '<', {start}")
    raise refuse(f"a Microsoft Project file must be a whole .mpp file, {start}")


def _xer(data: bytes, file: str) -> Recognised:
    notes: tuple[str, ...] = ()
    for mark, codec in _WIDE:
        if data.startswith(mark):
            data = data.decode(codec, "replace").encode()
    data = data.removeprefix(_UTF_8).lstrip(b" \t\r\n")
    if b"\x00" in data:
        raise PlanError(
            Problem("a Primavera .xer file must hold text, this one holds binary data", file)
        )
    if data.rstrip().rpartition(b"\n")[2].strip() != b"%E":
        raise PlanError(
            Problem(
                "a Primavera .xer file must end with the line '%E', this one is cut short", file
            )
        )
    try:
        data.decode()
        charset = "UTF-8"
    except UnicodeDecodeError:
        beyond = len(re.findall(rb"[\x80-\xff]", data))
        in_words = sum(map(len, _FOREIGN_WORD.findall(data)))
        charset = "windows-1251" if in_words > beyond / 2 else "windows-1252"
        called = "Cyrillic" if charset == "windows-1251" else "western European"
        notes = (
            "The file does not say its encoding: it was read as "
            f"{charset.capitalize()} ({called}); check letters with accents.",
        )
    return Recognised(XER, data, charset, notes)


class _Refused(Exception):
    pass


def _xml_kind(data: bytes, file: str) -> Kind:
    """Go through XML once, without building anything, and return whose plan it is."""
    parser = expat.ParserCreate(namespace_separator=" ")
    root = ""
    depth = count = 0
    has_tasks = False

    def begin(name: str, attributes: object) -> None:
        nonlocal root, depth, count, has_tasks
        depth += 1
        count += 1
        if depth == 1:
            root = name
        elif depth == 2 and name.endswith("Tasks"):
            has_tasks = True
        if depth > _DEEPEST:
            raise _Refused(f"XML of a plan must be nested at most {_DEEPEST} deep, this is deeper")
        if count > _MOST_ELEMENTS:
            raise _Refused(f"XML of a plan may have at most {_MOST_ELEMENTS:,} elements, got more")

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse_type(*declared: object) -> None:
        raise _Refused("XML must not define entities or a document type, this does")

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse_type
    parser.EntityDeclHandler = refuse_type
    try:
        parser.Parse(data, True)
    except _Refused as refused:
        raise PlanError(Problem(str(refused), file)) from None
    except expat.ExpatError as error:
        raise PlanError(Problem(f"XML must be whole, this is not: {error}", file)) from None
    except (ValueError, LookupError) as error:  # an encoding that is none
        raise PlanError(Problem(f"XML must be readable text, this is not: {error}", file)) from None
    space, _, name = root.rpartition(" ")
    if name in _PRIMAVERA:
        return PMXML
    if name == "Project" and (space.startswith(_MICROSOFT) or (not space and has_tasks)):
        return MSPDI
    raise PlanError(
        Problem(f"this is XML, but no Microsoft Project or Primavera plan: it is a <{name[:40]}>",
                file)
    )  # fmt: skip
