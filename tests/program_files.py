"""What the sheets of a program say, as a file of json: beside two small projects, or alone."""

from __future__ import annotations

import json
from typing import Any

from pmkit.files import read_bytes

FORMATS = ("plan.json", "plan.xlsx", "plan")
TWO = [{"id": "X", "project": "A", "duration": 3}, {"id": "X", "project": "B", "duration": 2}]


def read_sheets(activities: Any = TWO, **sheets: Any) -> Any:
    return read_bytes("plan.json", json.dumps({"pmkit": 1, "activities": activities, **sheets}))


def read_candidates(*rows: dict[str, Any], **sheets: Any) -> Any:
    return read_bytes("plan.json", json.dumps({"pmkit": 1, "projects": rows, **sheets}))
