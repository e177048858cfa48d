"""What is put off costs nothing, and is there when it is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pmkit.views.importing import put_off

MADE = """
def valid(text, *, upper=False):
    return text.isupper() == upper

OTHER = 7
"""


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "pmkit_slow_module.py").write_text(MADE)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "pmkit_slow_module"
    sys.modules.pop("pmkit_slow_module", None)


def test_a_function_is_imported_before_its_module_is(slow: str) -> None:
    put_off(slow, "valid")
    from pmkit_slow_module import valid  # type: ignore[import-not-found]

    assert not hasattr(sys.modules[slow], "__file__")
    assert valid("A", upper=True)
    assert not valid("A")
    assert sys.modules[slow].__file__


def test_whatever_else_is_asked_for_is_found(slow: str) -> None:
    put_off(slow, "valid")
    assert sys.modules[slow].OTHER == 7


def test_what_is_imported_already_stays(slow: str) -> None:
    before = __import__(slow)
    put_off(slow, "valid")
    assert sys.modules[slow] is before


@pytest.mark.long
def test_a_chart_is_drawn_without_the_grammar_of_addresses_which_still_works() -> None:
    code = """
import sys
import pmkit as pm
pm.gantt_chart(pm.critical_path(pm.sample())).to_dict()
assert "lark" not in sys.modules
import jsonschema
check = jsonschema.FormatChecker().conforms
assert check("https://ex\u00e4mple.org/", "iri")
assert not check("no address", "iri")
assert "lark" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
