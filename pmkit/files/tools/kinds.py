"""Which project tool wrote a file: its first bytes decide, not its name."""

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
        How an error calls it, with an article.
    endings
        What its files are usually called.
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
"""Every ending of a project tool's file, for pickers and messages."""
