"""Plans in and out: workbook, csv folder, json, project tools' files, whoever made them."""

from __future__ import annotations

from pmkit.files.reader import Reading, inspect, inspect_bytes, read, read_bytes
from pmkit.files.template import template
from pmkit.files.tools.mspdi import left_out
from pmkit.files.writer import to_json, write, write_bytes

__all__ = [
    "Reading",
    "inspect",
    "inspect_bytes",
    "left_out",
    "read",
    "read_bytes",
    "template",
    "to_json",
    "write",
    "write_bytes",
]
