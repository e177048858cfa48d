"""Charts are built without a check of each part, are valid whole, and leave others alone."""

from __future__ import annotations

import inspect
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import altair as alt
import pytest
from altair.utils import schemapi
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


def test_two_threads_that_build_leave_the_checks_on():
    begun, go_on, done = Event(), Event(), Event()

    @built
    def first():
        begun.set()
        go_on.wait(5)

    @built
    def second():  # begins before the first has ended, if it may, and ends after it
        done.wait(5)

    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(first)
        one.add_done_callback(lambda _: done.set())
        begun.wait(5)
        other = threads.submit(second)
        sleep(0.1)
        go_on.set()
        other.result(5)
    assert schemapi.DEBUG_MODE


def test_a_chart_that_cannot_be_built_leaves_the_checks_on():
    @built
    def fails():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with pytest.raises(SchemaValidationError):
        alt.Axis(labelLimit="none").to_dict()
