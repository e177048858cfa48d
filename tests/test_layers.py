"""The arrows between the rooms hold, and importing pmkit stays cheap."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import ROOT

HEAVY = {
    "altair",
    "anywidget",
    "IPython",
    "ipywidgets",
    "openpyxl",
    "pandas",
    "scipy",
    "tqdm",
    "traitlets",
    "vl_convert",
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of the pyproject.toml in `folder` on the pmkit in `folder`."""
    program = f"import sys; sys.path.insert(0, {str(folder)!r}); from importlinter.cli import *"
    program += "; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a folder with the package and its contracts, to be broken."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(
        ROOT / "pmkit", tmp_path / "pmkit", ignore=shutil.ignore_patterns("__pycache__")
    )
    return tmp_path


def test_every_arrow_between_the_rooms_points_one_way():
    checked = lint_imports(ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "0 broken" in checked.stdout


@pytest.mark.parametrize(
    ("module", "line", "complaint"),
    [
        ("model", "import pmkit.analysis", "pmkit.model is not allowed to import pmkit.analysis"),
        ("model", "import pandas", "pmkit.model is not allowed to import pandas"),
        ("analysis", "import pmkit.views", "pmkit.analysis is not allowed to import pmkit.views"),
        ("views", "import pmkit.widgets", "pmkit.views is not allowed to import pmkit.widgets"),
        ("views", "import pmkit.files", "pmkit.views is not allowed to import pmkit.files"),
        ("files", "import pmkit.views", "pmkit.files is not allowed to import pmkit.views"),
        ("views", "import ipywidgets", "pmkit.views is not allowed to import ipywidgets"),
    ],
)
def test_an_arrow_the_wrong_way_is_reported_with_both_its_ends(copy, module, line, complaint):
    room = copy / "pmkit" / module / "__init__.py"
    room.write_text(f"{room.read_text()}\n{line}\n")
    checked = lint_imports(copy)
    assert checked.returncode != 0
    assert complaint in checked.stdout


def test_no_room_imports_through_the_front_door_where_the_linter_would_not_see_the_arrow():
    through_the_front = []
    for path in (ROOT / "pmkit").rglob("*.py"):
        if path == ROOT / "pmkit" / "__init__.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            source = node.module if isinstance(node, ast.ImportFrom) else None
            if "pmkit" in names or (source == "pmkit" and not rooms(node.names)):
                through_the_front.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert through_the_front == []


def rooms(aliases: list[ast.alias]) -> bool:
    """Tell whether each name is a room of the package, so that the arrow has an end to check."""
    return all((ROOT / "pmkit" / alias.name).is_dir() for alias in aliases)


def test_importing_pmkit_loads_nothing_heavier_than_numpy():
    program = "import sys, pmkit; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "pmkit" in loaded
    assert HEAVY & set(loaded) == set()
