"""The picture of a quarter."""

from __future__ import annotations

import pytest

from pmkit.learning.pictures.quarter import quarter_chart
from pmkit.learning.quarter.play import play_quarter
from pmkit.views.show import svg
from pmkit.views.theme import DARK


@pytest.fixture(scope="module")
def play():
    return play_quarter({"chargers": "wait", "offer": "take", "promise": "range"})


def test_the_title_tells_quality_and_luck_of_your_decisions(play):
    title = quarter_chart(play).title.text
    assert title == f"Decision quality {play.total:.0f} of 100 in 3 decisions; luck {play.luck:.0f}"
    assert len(title) <= 68


def test_every_event_and_every_project_is_drawn(play):
    drawn = svg(quarter_chart(play))
    for text in ("The chargers come late", "project manager: wait", "Depot", "Fleet", "Service"):
        assert text in drawn


def test_it_draws_the_same_twice_and_in_the_dark_other_colors(play):
    assert svg(quarter_chart(play)) == svg(quarter_chart(play))
    assert svg(quarter_chart(play, theme=DARK)) != svg(quarter_chart(play))


def test_a_quarter_that_nobody_played_says_so():
    assert quarter_chart(play_quarter(events=0)).title.text == "The quarter"
    assert "Nobody played" in quarter_chart(play_quarter(events=1)).title.subtitle[0]
