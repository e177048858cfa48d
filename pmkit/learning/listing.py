"""Tables of long texts: a page wraps them, where a plain data frame would cut them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from textwrap import fill
from typing import Any, ClassVar

import pandas as pd

_WIDTH = 88
_CELL = "text-align:left;vertical-align:top"
_LIST = "margin:0;padding-left:18px"


class Listing(pd.DataFrame):
    """A data frame that shows every text whole.

    Parameters
    ----------
    rows
        Texts by column, for each row; several texts in a cell stand in a tuple.
    index
        What the rows are called.
    heads
        Heading of each column on the page, and the columns that stand below each other in it; a
        column that is not named is in the frame, and not on the page.

    Examples
    --------
    >>> Listing([{"question": "Who?", "options": ("a", "b")}], pd.Index(["01-a"], name="check"),
    ...         {"Question": ("question", "options")})
    01-a
      Who?
      - a
      - b
    """

    _metadata: ClassVar[list[str]] = ["heads"]  # what pandas hands on to a part of the frame
    heads: Mapping[str, Sequence[str]]

    def __init__(self, rows: Any = None, index: Any = None, heads: Any = None, **kw: Any) -> None:
        super().__init__(rows, index, **kw)  # type: ignore[call-arg]
        object.__setattr__(self, "heads", dict(heads or {}))

    @property
    def _constructor(self) -> Any:
        return Listing

    def __repr__(self) -> str:
        parts = []
        for name, row in zip(self.index, self.to_dict("records"), strict=True):
            lines = [str(name)]
            for text, is_item in self._texts(row, *self._names()):
                mark = "  - " if is_item else "  "
                lines.append(fill(text, _WIDTH, initial_indent=mark,
                                  subsequent_indent=" " * len(mark)))  # fmt: skip
            parts.append("\n".join(lines))
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        heads = {name: self._there(told) for name, told in self.heads.items()} or {
            str(name): [name] for name in self.columns
        }
        top = "".join(f"<th style='{_CELL}'>{escape(name)}</th>" for name in heads if heads[name])
        rows = "".join(
            "<tr>" + "".join(f"<td style='{_CELL}'>{self._cell(row, told)}</td>"
                             for told in heads.values() if told) + "</tr>"
            for row in self.to_dict("records")
        )  # fmt: skip
        return f"<table><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>"

    def _names(self) -> list[Any]:
        if not self.heads:
            return list(self.columns)
        return [name for told in self.heads.values() for name in self._there(told)]

    def _there(self, told: Sequence[str]) -> list[Any]:
        return [name for name in told if name in self.columns]

    def _texts(self, row: Mapping[Any, Any], *names: Any) -> list[tuple[str, bool]]:
        """Return each text of some cells, and whether it is one of several."""
        found = []
        for name in names:
            cell = row[name]
            several = isinstance(cell, tuple)
            found += [(str(text), several) for text in (cell if several else (cell,)) if text]
        return found

    def _cell(self, row: Mapping[Any, Any], names: Sequence[Any]) -> str:
        parts = []
        for is_list, told in groupby(self._texts(row, *names), key=lambda one: one[1]):
            texts = [escape(text) for text, _ in told]
            if is_list:
                parts.append(f"<ul style='{_LIST}'><li>{'</li><li>'.join(texts)}</li></ul>")
            else:
                title = escape(str(row.get("title")))
                parts.append("<br>".join(
                    f"<strong>{text}</strong>" if text == title else text for text in texts
                ))  # fmt: skip
        return "".join(parts)
