"""Pictures without a network: the same bytes every time, safe whatever the names."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date

import altair as alt
import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.simulating.simulation import simulate
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from pmkit.views.distribution import finish_chart
from pmkit.views.drivers import criticality_chart
from pmkit.views.gantt import gantt_chart
from pmkit.views.network import network_chart
from pmkit.views.show import headline, show, svg
from tests.now_and_later import rest_is_long
from tests.servers import ROOT

HOSTILE = [
    "<script>alert(1)</script>",
    "\"quotes\" 'single' `back` ${x} \\",
    "'); alert(1); ('",
    "&amp; <b>&#x3c;script&#x3e;",
    "emoji \U0001f6a7 \u6f22\u5b57 \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "x" * 300,
    "word " * 60,
    "bell\x07 null\x00 lone\ud800",
    "lines\nand\ttabs",
    'clip0 url(#clip0) id="clip1"',
]


def plan(name: str = "Design") -> Project:
    """Two dated activities, one of them critical."""
    return Project(
        (
            Activity("A", 3, name, three_point=ThreePoint(2, 3, 6)),
            Activity("B", 2, name, three_point=ThreePoint(1, 2, 4)),
            Activity("C", 1),
        ),
        (Dependency("A", "C"), Dependency("B", "C")),
        settings=Settings(start=date(2026, 3, 2)),
    )


def test_a_picture_is_an_svg_with_one_line_of_text():
    picture = show(gantt_chart(critical_path(plan())))

    bundle = picture._repr_mimebundle_()

    assert set(bundle) == {"image/svg+xml", "text/plain"}
    assert bundle["text/plain"] == "Finish 5 Mar 2026: 2 of 3 activities are critical"
    assert repr(picture) == bundle["text/plain"]


def test_a_summary_of_ones_own_is_kept_to_one_line():
    assert repr(show(gantt_chart(critical_path(plan())), "two\n lines")) == "two lines"


def test_the_headline_is_title_and_subtitle():
    chart = alt.Chart(alt.InlineData(values=[])).mark_bar()

    assert headline(chart.properties(title="Plain")) == "Plain"
    assert headline(chart.properties(title=alt.Title(text="A", subtitle=["b", "c"]))) == "A. b. c"
    assert headline(chart) == "Chart"


def test_a_picture_scales_to_its_cell_and_has_an_accessible_name():
    root = ET.fromstring(svg(gantt_chart(critical_path(plan()))))

    assert root.get("role") == "img"
    assert root.get("aria-label", "").startswith("Gantt chart. Finish 5 Mar 2026")
    assert root.get("style") == "max-width:100%;height:auto"
    assert root.get("viewBox")


def test_the_same_chart_is_the_same_bytes_in_one_process():
    schedule = critical_path(plan())

    assert svg(gantt_chart(schedule)) == svg(gantt_chart(schedule))


@pytest.mark.long
def test_the_same_chart_is_the_same_bytes_in_another_process():
    program = (
        "import hashlib; from tests.test_show import *; "
        "svg(network_chart(critical_path(plan()))); "  # what came before does not matter
        "print(hashlib.sha256(svg(gantt_chart(critical_path(plan()))).encode()).hexdigest())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo", "PATH": "/usr/bin"},
    )  # fmt: skip

    here = svg(gantt_chart(critical_path(plan()))).encode()
    assert ran.stdout.strip() == hashlib.sha256(here).hexdigest()


def test_two_pictures_on_one_page_share_no_ids():
    def clipped(width):
        points = alt.Chart(alt.InlineData(values=[{"x": 1, "y": 2}]), width=width)
        return svg(points.mark_line(clip=True).encode(x="x:Q", y="y:Q"))

    one, other = clipped(200), clipped(300)
    ids = [set(re.findall(r' id="([^"]+)"', text)) for text in (one, other)]
    assert ids[0]
    assert not ids[0] & ids[1]
    assert set(re.findall(r"url\(#([^)]+)\)", one)) <= ids[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_a_picture_or_becomes_markup(name):
    schedule = critical_path(plan(name))

    for chart in (gantt_chart(schedule, schedule, baseline_name=name), network_chart(schedule)):
        root = ET.fromstring(svg(chart))
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags <= {"svg", "g", "rect", "path", "text", "tspan", "line", "defs", "clipPath"}


@pytest.mark.parametrize("name", rest_is_long(HOSTILE, HOSTILE[:2]))
def test_no_name_breaks_the_pictures_of_a_simulation(name):
    simulation = simulate(plan(name), trials=200, seed=1)

    for chart in (criticality_chart(simulation), finish_chart(simulation, {name: simulation})):
        ET.fromstring(svg(chart))
