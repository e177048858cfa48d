"""What `make test` takes of many cases, so that it stays short; `make test-all` takes them all."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

import pytest


def rest_is_long(values: Iterable[Any], now: Container[Any]) -> list[Any]:
    """Return the values as parameters of a test: those that are in `now`, and the rest as long."""
    return [each if each in now else pytest.param(each, marks=pytest.mark.long) for each in values]
