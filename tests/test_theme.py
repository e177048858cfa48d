"""One look: numbers and dates as people read them, colours that carry a meaning."""

from __future__ import annotations

from datetime import date

import altair as alt
import pytest

from pmkit.views.theme import DARK, DASHES, LIGHT, day_text, money_text, share_text, themed


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_words_and_marks_stand_out_from_the_paper_as_wcag_asks(theme):
    assert contrast(theme.text, theme.background) >= 7
    assert contrast(theme.muted, theme.background) >= 4.5
    for colour in (theme.critical, theme.has_float, theme.total_float, theme.today, *theme.series):
        assert contrast(colour, theme.background) >= 3, colour


def test_every_series_has_a_pattern_of_line_of_its_own():
    assert len({tuple(dash) for dash in DASHES}) == len(DASHES) >= len(LIGHT.series)


def test_themed_leaves_the_chart_it_was_given_alone():
    chart = alt.Chart(alt.InlineData(values=[])).mark_bar()

    dark = themed(chart, DARK)

    assert chart.config is alt.Undefined
    assert dark.to_dict()["config"]["title"]["color"] == DARK.text


def test_importing_the_theme_changes_nothing_in_altair():
    assert alt.theme.active == "default"
    assert alt.renderers.active == "default"


def test_dates_read_the_same_whatever_the_language_of_the_machine():
    assert day_text(date(2026, 3, 9)) == "9 Mar 2026"


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "0"), (9_999, "9,999"), (12_500, "12.5 k"), (999_999, "1,000 k"), (2.5e9, "2.5 bn")],
)
def test_money_is_short_but_keeps_three_digits(amount, text):
    assert money_text(amount) == text


def test_a_share_never_claims_certainty_that_it_does_not_have():
    assert share_text(0.9999) == "over 99 %"
    assert share_text(0.0001) == "under 1 %"
    assert [share_text(0.0), share_text(1.0)] == ["0 %", "100 %"]
