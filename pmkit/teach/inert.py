"""What students typed, made into text that nothing can run: no html, no markdown, no formula."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

MOST_TEXT = 20_000
"""Letters that are shown of a cell, or of one output."""
MOST_PICTURE = 1_000_000
"""Bytes of a picture that is shown."""
_MOST_OUTPUTS = 20
_STYLE = "font-family: inherit; white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere"
_PNG = b"\x89PNG\r\n\x1a\n"
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_SEEN = "\n\t\u200c\u200d"
"""Lines, tabs, and the joiners that Persian or Hindi cannot be written without."""
_HIDES = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Unicode's categories of what is not seen, or turns what is seen around."""


def plain(text: str) -> str:
    r"""Return text without control characters; those that stay are lines and tabs.

    Examples
    --------
    >>> plain("a\x1b[31mred\x00\r\nend").replace("\ufffd", "?")
    'ared?\nend'
    """
    told = _COLOUR.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = [
        letter if letter in _SEEN or unicodedata.category(letter) not in _HIDES else "\ufffd"
        for letter in told[:MOST_TEXT]
    ]
    rest = len(told) - MOST_TEXT
    return "".join(kept) + (f"\n[{rest} characters more are left out here]" if rest > 0 else "")


def harmless(text: str) -> str:
    """Return text in which each letter that markdown, html or MathJax may read is a number.

    Examples
    --------
    >>> harmless("EV < PV")
    'EV &#60; PV'
    """
    return "".join(
        letter if letter.isalnum() or letter == " " else f"&#{ord(letter)};"
        for letter in plain(text)
    )


def as_markdown(text: str) -> str:
    """Return markdown that shows text as it was typed, whatever stands in it.

    Examples
    --------
    >>> as_markdown("EV < PV").partition(">")[2]
    'EV &#60; PV</pre>'
    """
    return f'<pre class="tex2jax_ignore mathjax_ignore" style="{_STYLE}">{harmless(text)}</pre>'


def as_comment(text: str) -> str:
    r"""Return text as lines of a comment in code.

    Examples
    --------
    >>> as_comment("Right.\nCPI = EV / AC")
    '# Right.\n# CPI = EV / AC'
    """
    return "\n".join(f"# {line}".rstrip() for line in plain(text).splitlines())


def inert_outputs(outputs: Any) -> list[Any]:
    """Return the outputs of a cell as text and pictures; html, svg and javascript are left out."""
    from nbformat.v4 import new_output

    found: list[Any] = []
    for output in outputs if isinstance(outputs, list) else ():
        if len(found) == _MOST_OUTPUTS:
            break
        data = output.get("data") if isinstance(output, Mapping) else None
        data = data if isinstance(data, Mapping) else {}
        if png := _picture(data.get("image/png")):
            found.append(new_output("display_data", {"image/png": png}))
        elif text := _text_of(output, data):
            found.append(new_output("stream", name="stdout", text=plain(text)))
    return found


def _text_of(output: Any, data: Any) -> str:
    if not isinstance(output, Mapping):
        return ""
    kind = output.get("output_type")
    if kind == "error":
        return f"{_joined(output.get('ename'))}: {_joined(output.get('evalue'))}"
    return _joined(output.get("text") if kind == "stream" else data.get("text/plain"))


def _joined(told: Any) -> str:
    """Text stands in a notebook whole, or in lines."""
    if isinstance(told, list):
        return "".join(each for each in told if isinstance(each, str))
    return told if isinstance(told, str) else ""


def _picture(told: Any) -> str:
    """A png, coded anew; empty for anything else."""
    text = _joined(told)
    if not text or len(text) > MOST_PICTURE * 4 // 3:
        return ""
    try:
        content = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return base64.b64encode(content).decode("ascii") if content.startswith(_PNG) else ""
