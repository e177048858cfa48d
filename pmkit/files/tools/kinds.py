"""The file formats of the project tools, and every ending a plan may have."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A file format of a project tool.

    Parameters
    ----------
    key
        How the worker calls it.
    name
        How a message calls it, with an article.
    endings
        What its files are called.
    reader
        MPXJ's class for it.
    """

    key: str
    name: str
    endings: tuple[str, ...]
    reader: str


MPP = Kind("mpp", "a Microsoft Project file", (".mpp", ".mpt"), "org.mpxj.mpp.MPPReader")
MPX = Kind("mpx", "an MPX file", (".mpx",), "org.mpxj.mpx.MPXReader")
MSPDI = Kind("mspdi", "Microsoft Project XML", (".xml",), "org.mpxj.mspdi.MSPDIReader")
XER = Kind("xer", "a Primavera .xer file", (".xer",), "org.mpxj.primavera.PrimaveraXERFileReader")
PMXML = Kind(
    "pmxml", "Primavera XML", (".pmxml", ".xml"), "org.mpxj.primavera.PrimaveraPMFileReader"
)

KINDS = {kind.key: kind for kind in (MPP, MPX, MSPDI, XER, PMXML)}
ENDINGS = tuple(dict.fromkeys(ending for kind in KINDS.values() for ending in kind.endings))
"""Every ending of a project tool's file."""
READABLE = (".xlsx", ".csv", ".json", *ENDINGS)
"""Every ending of a file that holds a whole plan, for pickers and messages."""


def listed(endings: tuple[str, ...] = READABLE) -> str:
    """Return endings as a sentence lists them.

    Examples
    --------
    >>> listed((".xlsx", ".csv", ".json"))
    '.xlsx, .csv or .json'
    """
    return f"{', '.join(endings[:-1])} or {endings[-1]}"
