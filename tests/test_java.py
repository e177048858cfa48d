"""Which Java is taken, and how the sentence helps where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmkit.files.tools.java import find_java, install_line, require_packages
from pmkit.model.errors import PlanError

SERVER = "lib/server/libjvm.so"
MODULES = "java.base java.desktop jdk.charsets"


def installed(home: Path, version: str, modules: str = MODULES, library: str = SERVER) -> Path:
    """Lay out a folder as an installed Java is."""
    (home / library).parent.mkdir(parents=True)
    (home / library).touch()
    (home / "release").write_text(f'JAVA_VERSION="{version}"\nMODULES="{modules}"\n')
    return home


def test_java_home_comes_first_then_conda_then_the_path_then_the_systems_folders(tmp_path):
    named = installed(tmp_path / "named", "21.0.1")
    conda = installed(tmp_path / "conda" / "lib" / "jvm", "17.0.9")
    on_path = installed(tmp_path / "on_path", "23")
    (on_path / "bin").mkdir()
    (on_path / "bin" / "java").write_text("#!/bin/sh\n")
    (on_path / "bin" / "java").chmod(0o755)
    installed(tmp_path / "jvm" / "java-25", "25")
    folders = (str(tmp_path / "jvm" / "*"),)
    environment = {
        "JAVA_HOME": str(named),
        "CONDA_PREFIX": str(tmp_path / "conda"),
        "PATH": str(on_path / "bin"),
    }
    found = []
    for leaving in ("JAVA_HOME", "CONDA_PREFIX", "PATH", None):
        found.append(find_java(environment, "/nowhere", folders))
        environment.pop(leaving or "", None)
    assert [java.number for java in found] == [21, 17, 23, 25]
    assert found[0].library == named / SERVER
    assert found[1].home == conda


def test_a_java_home_that_is_too_old_gives_way_to_one_that_will_do(tmp_path):
    old = installed(tmp_path / "old", "1.8.0_392", library="jre/lib/amd64/server/libjvm.so")
    installed(tmp_path / "jvm" / "new", "17")
    java = find_java({"JAVA_HOME": str(old)}, "/nowhere", (f"{tmp_path}/jvm/*",))
    assert java.version == "17"


@pytest.mark.parametrize(
    ("version", "modules", "what"),
    [
        ("1.8.0_392", "", "found Java 1.8.0_392 in"),
        ("11.0.21", MODULES, "found Java 11.0.21 in"),
        ("21", "java.base", "found a Java 21 without its character sets (module jdk.charsets) in"),
    ],
)
def test_the_wrong_java_is_named_with_what_was_found(tmp_path, version, modules, what):
    home = installed(tmp_path / "java", version, modules)
    with pytest.raises(PlanError) as caught:
        find_java({"JAVA_HOME": str(home)}, "/nowhere", ())
    assert str(caught.value).startswith(
        f"opening a project tool's file needs Java 17 or newer, {what} {home}; install one: "
    )


def test_without_any_java_the_sentence_says_so_and_what_java_home_pointed_to():
    with pytest.raises(PlanError) as caught:
        find_java({"JAVA_HOME": "/gone", "CONDA_PREFIX": "/home/ada/conda"}, "/nowhere", ())
    assert str(caught.value) == (
        "opening a project tool's file needs Java 17 or newer, found none (JAVA_HOME is /gone, "
        "where there is no Java); install one: conda install -c conda-forge openjdk"
    )


@pytest.mark.parametrize(
    ("release", "line"),
    [
        ("ID=debian\n", "sudo apt install default-jre-headless"),
        ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", "sudo apt install openjdk-17-jre-headless"),
        ("ID=fedora\n", "sudo dnf install java-latest-openjdk-headless"),
        ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n",
         "sudo dnf install java-latest-openjdk-headless"),
        ("ID=opensuse-leap\nID_LIKE=\"suse opensuse\"\n",
         "sudo zypper install java-17-openjdk-headless"),
        ("ID=arch\n", "sudo pacman -S jre-openjdk-headless"),
        ("ID=alpine\n", "sudo apk add openjdk17-jre-headless"),
        ("ID=other\n", "a Java runtime of version 17 or newer, from your system's packages"),
    ],
)  # fmt: skip
def test_each_linux_has_its_install_line(tmp_path, release, line):
    path = tmp_path / "os-release"
    path.write_text(release)
    assert install_line({}, "/nowhere", "linux", path) == line


def test_macos_and_windows_have_their_install_line():
    assert install_line({}, "/nowhere", "darwin") == "brew install openjdk@17"
    line = "winget install EclipseAdoptium.Temurin.17.JRE"
    assert install_line({}, "/nowhere", "win32") == line


def test_missing_packages_are_answered_with_the_extra_that_has_them():
    with pytest.raises(PlanError) as caught:
        require_packages(("json", "a_package_that_nobody_has"))
    assert str(caught.value) == (
        "opening a project tool's file needs the packages mpxj and JPype1; install them: "
        "pip install 'pmkit[project-files]'"
    )
    require_packages(("json",))


def test_a_java_without_a_release_file_is_asked(tmp_path):
    home = installed(tmp_path / "java", "17")
    (home / "release").unlink()
    (home / "bin").mkdir()
    program = home / "bin" / "java"
    program.write_text("#!/bin/sh\necho 'openjdk version \"19.0.2\" 2023-01-17' >&2\n")
    program.chmod(0o755)
    assert find_java({"JAVA_HOME": str(home)}, "/nowhere", ()).version == "19.0.2"
