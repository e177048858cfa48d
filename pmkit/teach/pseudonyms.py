"""Names that stay the same and tell nobody who it is: made from the class key by HMAC."""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections.abc import Mapping
from hashlib import sha256

from pmkit.teach.roster import Student

_LETTERS = 6


def names(roster: Mapping[str, Student], key: bytes | None) -> dict[str, str]:
    """Return under which name each student is shown, by id; no two have the same.

    Parameters
    ----------
    roster
        The class.
    key
        Of the class, for pseudonyms; without it names, or ids where there is no name.
    """
    if key is not None:
        return {id_: pseudonym(key, one.seed) for id_, one in roster.items()}
    told = {id_: " ".join(one.name.split()) or id_ for id_, one in roster.items()}
    all_ = list(told.values())
    return {id_: name if all_.count(name) == 1 else f"{name} ({id_})"
            for id_, name in told.items()}  # fmt: skip


def pseudonym(key: bytes, student: str) -> str:
    """Return a name that nobody can turn back without the class key.

    Parameters
    ----------
    key
        Of the class.
    student
        Id; of somebody whose id has changed, the first one: the pseudonym stays.

    Examples
    --------
    >>> pseudonym(b"key", "ann") == pseudonym(b"key", "ann") != pseudonym(b"key", "ben")
    True
    """
    told = hmac.new(key, f"pseudonym\n{student}".encode(), sha256).digest()
    return b32encode(told).decode("ascii")[:_LETTERS]
