"""Two machines get the same pmkit: what it needs, what is pinned and shipped, how it starts."""

from __future__ import annotations

import ast
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
import tomllib
import zipfile
from contextlib import suppress
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from pmkit.files.tools.java import EXTRA, OLDEST
from tests.servers import ROOT, free_port, isolated_environment

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text())
CONDA_NAME: dict[str, str] = {}  # where conda-forge's name is not the package index's
NOT_IMPORTED = {
    "jupyterlab",  # `make lab`
    "voila",  # `make app`
}
posix = pytest.mark.skipif(os.name != "posix", reason="make and sh are not on this system")


def floors(requirements: list[str]) -> dict[str, SpecifierSet]:
    """Return each requirement's canonical name and what versions it allows."""
    parsed = map(Requirement, requirements)
    return {canonicalize_name(r.name): r.specifier for r in parsed}


NEEDED = floors(PROJECT["dependencies"])
EXTRAS = {name: floors(each) for name, each in PROJECT["optional-dependencies"].items()}
PINNED = [
    Requirement(line)
    for line in (ROOT / "constraints.txt").read_text().splitlines()
    if line and not line.startswith("#")
]


def test_conda_and_pip_are_asked_for_the_same_packages_with_the_same_floors():
    conda = [entry for entry in ENVIRONMENT["dependencies"] if isinstance(entry, str)]
    asked = floors([re.sub(r"^(\S+)\s+", r"\1", entry) for entry in conda])
    assert asked.pop("python") == SpecifierSet(PROJECT["requires-python"])
    assert asked.pop("pip") == SpecifierSet()
    assert asked.pop("openjdk") == SpecifierSet(f">={OLDEST}")
    assert asked.pop("jpype1") == EXTRAS[EXTRA]["jpype1"]
    assert asked == {CONDA_NAME.get(name, name): allowed for name, allowed in NEEDED.items()}
    assert {"pip": [f"-e .[{EXTRA}]"]} in ENVIRONMENT["dependencies"]
    assert ENVIRONMENT["channels"] == ["conda-forge"]


@pytest.mark.parametrize("group", ["needed", *EXTRAS])
def test_every_direct_dependency_has_a_floor_and_a_pin_at_or_above_it(group):
    for name, allowed in (NEEDED if group == "needed" else EXTRAS[group]).items():
        assert [s.operator for s in allowed] == [">="], f"{name} needs a floor and no ceiling"
        pins = [pin for pin in PINNED if canonicalize_name(pin.name) == name]
        assert pins, f"{name} is not pinned in constraints.txt: make constraints"
        for pin in pins:
            (version,) = [s.version for s in pin.specifier]
            assert allowed.contains(Version(version)), f"{name}: {version} is below {allowed}"


def test_a_version_is_the_same_on_every_supported_python_and_system():
    pins = [canonicalize_name(pin.name) for pin in PINNED]
    assert sorted(pins) == sorted(set(pins))


def test_every_pin_is_exact():
    assert all([s.operator for s in pin.specifier] == ["=="] for pin in PINNED)


@pytest.mark.parametrize("name", ["constraints.txt", "environment.yml", "pyproject.toml"])
def test_no_file_of_the_set_up_names_an_address_of_a_package_index(name):
    text = (ROOT / name).read_text()
    assert re.search(r"://|index-url|find-links|trusted-host|file:|^-i ", text, re.M) is None


def test_what_pmkit_imports_is_declared_and_what_is_declared_is_imported():
    distributions = packages_distributions()
    imported = set()
    for path in (ROOT / "pmkit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                imported.add(node.module.split(".")[0])
    outside = imported - set(sys.stdlib_module_names) - {"pmkit"}
    used = {canonicalize_name(name) for module in outside for name in distributions[module]}
    optional = set().union(*(EXTRAS[name] for name in EXTRAS if name != "test"))
    assert used - set(NEEDED) - optional == set(), "imported, not declared"
    assert set(NEEDED) - used - NOT_IMPORTED == set(), "declared, not imported"


def test_the_wheel_holds_every_file_of_the_package(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "pmkit").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert {name for name in inside if name.startswith("pmkit/")} == package
    assert "pmkit/py.typed" in inside
    assert [name for name in inside if name.endswith("/LICENSE")]


def fake_python(folder: Path, name: str, version: str, complete: bool = True) -> None:
    """Put a command on the path that answers tools/find-python.sh as such a Python would."""
    major, minor, _ = version.split(".")
    supported = (3, 11) <= (int(major), int(minor)) <= (3, 13)
    script = folder / name
    script.write_text(
        f"""#!/bin/sh
case "$2" in
    *python_version*) echo {version} ;;
    *version_info*) exit {0 if supported else 1} ;;
    *ensurepip*) exit {0 if complete else 1} ;;
esac
"""
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)


def find_python(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run tools/find-python.sh where only `folder` is on the path."""
    return subprocess.run(
        ["/bin/sh", str(ROOT / "tools" / "find-python.sh")],
        env={"PATH": str(folder), **environment},
        capture_output=True,
        text=True,
    )


@posix
def test_the_newest_supported_python_is_taken_and_a_name_that_runs_nothing_is_passed_over(tmp_path):
    broken = tmp_path / "python3.13"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    fake_python(tmp_path, "python3.12", "3.12.4")
    fake_python(tmp_path, "python3.11", "3.11.9")
    fake_python(tmp_path, "python3", "3.14.0")
    assert find_python(tmp_path).stdout.strip() == str(tmp_path / "python3.12")
    assert find_python(tmp_path, PYTHON="python3.11").stdout.strip().endswith("python3.11")


@posix
@pytest.mark.parametrize("version", ["3.10.14", "3.14.0"])
def test_an_unsupported_python_is_answered_with_one_sentence(tmp_path, version):
    fake_python(tmp_path, "python3", version)
    answer = find_python(tmp_path)
    assert answer.returncode == 1
    assert answer.stderr == (
        f"pmkit needs Python 3.11, 3.12 or 3.13 (python3 is {version}); "
        "install one, or name it: make PYTHON=/path/to/python3.12.\n"
    )


@posix
def test_a_python_without_ensurepip_is_answered_with_the_package_to_install(tmp_path):
    fake_python(tmp_path, "python3", "3.11.2", complete=False)
    answer = find_python(tmp_path)
    assert answer.returncode == 1
    assert "'apt install python3-venv' adds what is missing" in answer.stderr


@posix
def test_ci_run_says_so_when_the_truth_folder_is_missing(tmp_path):
    script = tmp_path / "main" / ".ci" / "run"
    script.parent.mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "run", script)
    run = subprocess.run(["bash", str(script)], capture_output=True, text=True)
    assert run.returncode == 1
    assert "../shared/truth is missing" in run.stderr


def output_of_make(target: str, until: str, folder: Path, **variables: str) -> str:
    """Run `make target` in this environment without a display until it has printed `until`."""
    env = isolated_environment(folder)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        env.pop(name, None)
    # This environment stands for .venv: make is told that it is there and installed.
    words = ["make", target, f"VENV={sys.prefix}", "-o", f"{sys.prefix}/.installed"]
    words += [f"{name}={value}" for name, value in variables.items()]
    log = folder / "make.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            words, cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end and process.poll() is None and until not in log.read_text():
            time.sleep(0.2)
    finally:
        with suppress(ProcessLookupError):  # it has ended by itself: the log says why
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
    return log.read_text()


@posix
def test_make_lab_without_a_display_serves_a_copy_and_prints_its_address(tmp_path):
    work = ROOT / "build" / tmp_path.name  # below the folder that is served
    try:
        said = output_of_make("lab", "?token=", tmp_path, WORK=f"build/{work.name}")
        assert (work / "workbench" / "what_if.ipynb").is_file()
        assert (work / ".pmkit_work").is_file()
    finally:
        shutil.rmtree(work, ignore_errors=True)
    page = rf"lab/tree/build/{work.name}/00_start_here\.ipynb\?token=\w+"
    assert re.search(rf"http://127\.0\.0\.1:\d+/{page}", said), said


@posix
@pytest.mark.long
def test_make_app_serves_the_panel_and_prints_its_address(tmp_path):
    address = f"http://127.0.0.1:{free_port()}"
    said = output_of_make("app", address, tmp_path, PORT=address.rpartition(":")[2])
    assert address in said, said


@posix
def test_every_make_command_that_a_reader_is_told_of_exists():
    commands = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    pages = [path.read_text(encoding="utf-8") for path in markdown()]
    told = {command for page in pages for command in re.findall(r"`make ([a-z-]+)", page)}
    assert told
    assert told <= commands


def markdown() -> list[Path]:
    """Return the project's own pages."""
    found = (path for folder in (".", "*/", "*/*/") for path in ROOT.glob(f"{folder}*.md"))
    return sorted({path for path in found if ".venv" not in path.parts})
