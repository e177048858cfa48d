"""When something came is what its time stamp says, else the time of its file."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from pmkit.model.errors import PlanError
from pmkit.teach.arrivals import MOST_STAMP, TIMESTAMP, arrival, stamped

AT = datetime(2026, 3, 2, 17, 58, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2026-03-02 17:58:23 UTC", "2026-03-02T18:58:23+01:00", "2026-03-02 18:58:23 +0100",
     "2026-03-02 18:58:23 Europe/Berlin", "2026-03-02 17:58:23"],
)  # fmt: skip
def test_a_time_stamp_has_a_zone_or_is_in_utc(tmp_path, text):
    (tmp_path / TIMESTAMP).write_text(f"{text}\n")
    assert stamped(tmp_path) == AT


def test_a_time_stamp_stands_above_the_time_of_the_file(tmp_path):
    notebook = tmp_path / "ps04.ipynb"
    assert arrival(tmp_path, "ps04") is None
    notebook.touch()
    os.utime(notebook, (AT.timestamp(), AT.timestamp()))
    assert arrival(tmp_path, "ps04") == AT
    (tmp_path / TIMESTAMP).write_text("2026-03-01")
    assert arrival(tmp_path, "ps04") == datetime(2026, 3, 1, tzinfo=UTC)


def test_links_and_what_is_too_long_are_no_time_stamp(tmp_path):
    (tmp_path / TIMESTAMP).write_text("2026-03-02".ljust(MOST_STAMP + 1))
    assert stamped(tmp_path) is None
    elsewhere = (tmp_path / TIMESTAMP).rename(tmp_path / "elsewhere")
    elsewhere.write_text("2026-03-02")
    (tmp_path / TIMESTAMP).symlink_to(elsewhere)
    (tmp_path / "ps04.ipynb").symlink_to(elsewhere)
    assert stamped(tmp_path) is arrival(tmp_path, "ps04") is None


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30", "2026-03-02 18:00 Europe/Nowhere"])
def test_what_is_no_time_is_told_with_its_place(tmp_path, text):
    (tmp_path / TIMESTAMP).write_text(text)
    with pytest.raises(PlanError, match=rf"timestamp\.txt: must be a date .*, got {text!r}$"):
        stamped(tmp_path)
