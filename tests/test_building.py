"""Charts are built without a check of each part, are valid whole, and leave others alone."""

from __future__ import annotations

import inspect

import altair as alt
import pytest
from altair.utils.schemapi import SchemaValidationError

import pmkit as pm
from pmkit.views.building import built

CHARTS = sorted(name for name in pm.__all__ if name.endswith("_chart"))


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_built_so_and_keeps_its_signature(name):
    chart = getattr(pm, name)
    assert chart.__wrapped__.__name__ == name
    assert "theme" in inspect.signature(chart).parameters


def test_a_chart_of_somebody_else_is_checked_as_before():
    pm.gantt_chart(pm.critical_path(pm.sample())).to_dict()  # valid as a whole
    with pytest.raises(SchemaValidationError):
        alt.Axis(labelLimit="none").to_dict()


def test_a_chart_that_cannot_be_built_leaves_the_checks_on():
    @built
    def fails():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with pytest.raises(SchemaValidationError):
        alt.Axis(labelLimit="none").to_dict()
