from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmkit.files import read, write
from tests.plans import programs, projects

FORMATS = ("plan.json", "plan.xlsx", "plan")


def trip(plan: Any, folder: Path, name: str) -> Any:
    write(plan, folder / name)
    return read(folder / name)


@given(plan=st.one_of(projects(), programs()), name=st.sampled_from(FORMATS))
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
def test_a_plan_that_is_written_and_read_is_the_same_plan(plan, name, tmp_path_factory):
    folder = tmp_path_factory.mktemp("trip")
    again = trip(plan, folder, name)
    # What a reader has to say (progress, unknown columns) comes on top of the plan's own notes.
    assert again.notes[: len(plan.notes)] == plan.notes
    assert replace(again, notes=plan.notes) == plan
    assert trip(again, folder, name) == again
