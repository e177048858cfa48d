from __future__ import annotations

import base64
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nbconvert.filters import ansi2html
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from pmkit.teach.inert import MOST_TEXT, as_comment, as_markdown, inert_outputs, plain

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
ATTACKS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
    "![x](http://evil.example/p.png)", r"$\href{javascript:alert(1)}{x}$", "</pre><b>x</b>",
    "<pre>\n\n# x\n\n</pre>", "```\n</pre>", "&lt;script&gt;", "&#60;b&#62;", "\n\n- a\n- b\n\n> c",
    "http://evil.example", "<!-- -->", "\\<b>", "{{ x }}", "$$x$$", "attachment:x.png",
)  # fmt: skip


class Page(HTMLParser):
    """Tags and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


@given(
    st.text(alphabet=st.sampled_from("ab<>&;#\"'`*_[]()!$\\/\n\r\t -=+.:1|~{}@\u202e\u200d\x00"))
)
def test_a_page_made_of_what_was_typed_has_one_paragraph_and_the_text_as_it_was(text):
    page = Page(markdown2html_mistune(as_markdown(text)))
    assert page.tags == ["pre"]
    assert page.text.strip("\n") == plain(text).strip("\n")


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_was_typed_becomes_a_tag(attack):
    page = Page(markdown2html_mistune(as_markdown(attack)))
    assert page.tags == ["pre"]
    assert page.text.strip() == attack.strip()


@given(st.text())
@example("\ud800")
@example("\x1b[31mred")
def test_plain_text_can_be_written_and_has_no_control_characters(text):
    told = plain(text)
    told.encode("utf-8")
    assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in told)


def test_joiners_of_persian_stay():
    assert plain("می\u200cخواهم") == "می\u200cخواهم"


def test_a_text_without_end_is_cut_and_it_is_said():
    assert plain("x" * (MOST_TEXT + 7)).endswith("x\n[7 characters more are left out here]")


@given(st.text())
def test_every_line_of_a_comment_is_one(text):
    assert all(line.startswith("#") for line in as_comment(text).split("\n") if line)


def test_outputs_become_text_and_pictures_and_nothing_else():
    picture = base64.b64encode(PNG).decode()
    script = "<script>alert(1)</script>"
    told = inert_outputs([
        {"output_type": "display_data", "data": {"text/html": script, "text/plain": "table"}},
        {"output_type": "display_data", "data": {"application/javascript": script}},
        {"output_type": "display_data", "data": {"image/svg+xml": "<svg onload='x()'/>"}},
        {"output_type": "display_data", "data": {"image/png": [picture[:8] + "\n", picture[8:]]}},
        {"output_type": "display_data", "data": {"image/png": f'"{script}'}},
        {"output_type": "display_data", "data": {"image/png": base64.b64encode(b"GIF").decode()}},
        {"output_type": "error", "ename": "NameError", "evalue": script, "traceback": [script]},
        {"output_type": "stream", "text": ["a\n", 7, "b"]},
    ])  # fmt: skip
    assert [dict(each).get("text") for each in told] == [
        "table", None, f"NameError: {script}", "a\nb"
    ]  # fmt: skip
    assert told[1]["data"] == {"image/png": picture}
    assert "<script" not in ansi2html(told[2]["text"])


@pytest.mark.parametrize("outputs", [None, "x", 7, [None, 7, "x", {}, {"data": 7}, {"text": {}}]])
def test_outputs_that_are_none_are_none(outputs):
    assert inert_outputs(outputs) == []


def test_a_page_does_not_grow_without_end():
    assert len(inert_outputs([{"output_type": "stream", "text": "x"}] * 1000)) == 20
    huge = base64.b64encode(PNG + b"x" * 2_000_000).decode()
    assert inert_outputs([{"output_type": "display_data", "data": {"image/png": huge}}]) == []
