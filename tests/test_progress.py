"""How far a long calculation has come."""

from __future__ import annotations

import io
import sys
import time

import pytest

from pmkit.analysis.progress import reporting
from pmkit.model.errors import Cancelled


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_a_bar_once_it_takes_more_than_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with reporting(None, "trials") as report:
        report(0, 200)
        assert terminal.getvalue() == ""
        time.sleep(1.1)
        report(100, 200)
        assert "50%" in terminal.getvalue()
        assert "trials" in terminal.getvalue()
        report(200, 200)


def test_a_notebook_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with reporting(None, "trials") as report:
        report(1, 2)
    assert capsys.readouterr() == ("", "")


def test_a_callback_is_told_and_takes_the_place_of_the_bar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    seen: list[tuple[int, int]] = []
    with reporting(lambda done, total: seen.append((done, total)), "trials") as report:
        report(1, 2)
    assert seen == [(1, 2)]
    assert terminal.getvalue() == ""


def test_only_false_cancels() -> None:
    for answer in (None, True, 0):
        with reporting(lambda done, total, answer=answer: answer, "trials") as report:  # type: ignore[misc]
            report(1, 2)
    with (
        pytest.raises(Cancelled, match="cancelled by the progress callback after 1 of 2 trials"),
        reporting(lambda done, total: False, "trials") as report,
    ):
        report(1, 2)
