"""The page of a report needs nothing else, and can be read by everyone."""

from __future__ import annotations

import re

import pytest

from pmkit.reports import report_bytes
from tests.report_cases import Page, two_scenarios


@pytest.fixture(scope="module")
def html() -> str:
    return report_bytes(two_scenarios(), "report.html").decode()


def test_the_page_asks_for_nothing_and_runs_nothing(html: str) -> None:
    page = Page(html)
    assert page.all("script", "link", "img", "iframe", "object", "embed", "form", "base") == []
    for tag, attributes in page.elements:
        for name, value in attributes.items():
            assert not name.startswith("on"), tag
            if name in ("src", "href", "xlink:href", "action"):
                assert str(value).startswith("#"), (tag, value)
    assert "@import" not in html
    assert set(re.findall(r"https?://[^\"' ]+", html)) <= {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }  # fmt: skip
    assert set(re.findall(r"url\((.)", html)) <= {"#"}
    policy = dict(page.elements)["meta"]
    assert any("default-src 'none'" in str(a.get("content")) for _, a in page.all("meta")), policy


def test_the_page_has_a_language_headings_in_order_and_tables_with_captions(html: str) -> None:
    page = Page(html)
    assert page.open == []
    assert dict(page.elements)["html"]["lang"] == "en"
    assert [tag for tag, _ in page.all("h1", "h2", "h3")] == ["h1", *["h2"] * 5]
    assert len(page.all("table")) == len(page.all("caption")) > 0
    assert {a.get("scope") for _, a in page.all("th")} == {"row", "col"}
    for _, attributes in page.all("svg"):
        if "role" in attributes:
            assert attributes["role"] == "img"
            assert attributes["aria-label"]
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    links = [str(a["href"])[1:] for _, a in page.all("a")]
    assert set(links) <= set(ids)


def test_each_chart_is_there_for_paper_and_for_a_dark_screen(html: str) -> None:
    page = Page(html)
    classes = [a.get("class") for _, a in page.all("div")]
    assert classes.count("light") == classes.count("dark") == 4  # finish, cost, a Gantt each
    assert "prefers-color-scheme: dark" in html
    assert "size: A4" in html
