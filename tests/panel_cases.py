"""Panels without a browser: what comes later is waited for, and every widget is found."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

HOSTILE = "<script>alert(1)</script>"


async def until(happened: Callable[[], object]) -> None:
    for _ in range(500):
        if happened():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen within five seconds")


def inside(widget: Any) -> list[Any]:
    """Return a widget and all that it holds."""
    found = [widget]
    for child in getattr(widget, "children", ()):
        found += inside(child)
    return found
