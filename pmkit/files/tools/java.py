"""Is there a Java that can read a project tool's file? If not: how to get one, in a sentence."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pmkit.model.errors import PlanError

OLDEST = 17
"""MPXJ's readers and JPype run on this version of Java and later ones."""
EXTRA = "project-files"
"""The optional extra of this package that brings MPXJ and JPype."""
_LIBRARIES = (
    "lib/server/libjvm.so", "lib/server/libjvm.dylib", "bin/server/jvm.dll", "lib/jli/libjli.dylib",
    "jre/lib/amd64/server/libjvm.so", "jre/bin/server/jvm.dll",
)  # fmt: skip
_FOLDERS = {
    "linux": ("/usr/lib/jvm/*", "/usr/java/*", "/opt/java/*", "/opt/jdk*"),
    "darwin": (
        "/Library/Java/JavaVirtualMachines/*/Contents/Home",
        "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
        "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    ),
    "win32": tuple(
        f"/Program Files/{maker}/*"
        for maker in ("Eclipse Adoptium", "Java", "Microsoft", "Zulu", "Amazon Corretto", "OpenJDK")
    ),
}


@dataclass(frozen=True, slots=True)
class Java:
    """An installed Java.

    Parameters
    ----------
    home
        Its folder.
    library
        The virtual machine itself.
    version
        As it calls itself, e.g. ``17.0.15``; empty where it does not say.
    modules
        Its parts; empty where it does not say.
    """

    home: Path
    library: Path
    version: str
    modules: frozenset[str] = frozenset()

    @property
    def number(self) -> int:
        """The number people call it by: 17 of ``17.0.15``, 8 of ``1.8.0_392``."""
        match = re.match(r"(?:1\.)?(\d+)", self.version)
        return int(match[1]) if match else 0

    @property
    def lack(self) -> str:
        """What is wrong with it, empty for nothing."""
        if self.number < OLDEST:
            return f"Java {self.version or 'of unknown version'}"
        if self.modules and "jdk.charsets" not in self.modules:
            return f"a Java {self.version} without its character sets (module jdk.charsets)"
        return ""


def find_java(
    environment: Mapping[str, str] = os.environ,
    prefix: str = sys.prefix,
    folders: tuple[str, ...] | None = None,
) -> Java:
    """Return a Java that MPXJ runs on.

    Looked for in ``JAVA_HOME``, the conda environment, the ``PATH``, and where systems keep it.

    Parameters
    ----------
    environment
        Environment variables.
    prefix
        Folder of the Python environment (conda keeps its Java there).
    folders
        Patterns of folders to look in last; by default those of this system.

    Raises
    ------
    PlanError
        If there is none, or none new enough, with the line that installs one here.
    """
    lacking: list[Java] = []
    for home in _homes(environment, prefix, folders):
        java = _java_at(home)
        if java is None:
            continue
        if not java.lack:
            return java
        lacking.append(java)
    named = environment.get("JAVA_HOME")
    found = f"found {lacking[0].lack} in {lacking[0].home}" if lacking else "found none"
    if named and not any(java.home == Path(named) for java in lacking):
        found += f" (JAVA_HOME is {named}, where there is no Java)"
    raise PlanError(
        f"opening a project tool's file needs Java {OLDEST} or newer, {found}; install one: "
        f"{install_line(environment, prefix)}"
    )


def _homes(
    environment: Mapping[str, str], prefix: str, folders: tuple[str, ...] | None
) -> Iterator[Path]:
    if named := environment.get("JAVA_HOME"):
        yield Path(named)
    for root in dict.fromkeys(filter(None, (environment.get("CONDA_PREFIX"), prefix))):
        yield from (Path(root, "lib/jvm"), Path(root, "Library/lib/jvm"), Path(root, "Library"))
    command = shutil.which("java", path=environment.get("PATH", ""))
    stand_in = sys.platform == "darwin" and command == "/usr/bin/java"  # macOS: asks to install one
    if command and not stand_in:
        home = Path(command).resolve().parent.parent
        yield from (home.parent, home) if home.name == "jre" else (home,)
    for pattern in _FOLDERS.get(sys.platform, ()) if folders is None else folders:
        top = Path(Path(pattern).anchor or ".")
        yield from sorted(top.glob(str(Path(pattern).relative_to(top))), reverse=True)


def _java_at(home: Path) -> Java | None:
    library = next((home / part for part in _LIBRARIES if (home / part).is_file()), None)
    if library is None:
        return None
    try:
        release = (home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return Java(home, library, _asked_version(home))
    facts = dict(re.findall(r'^(\w+)="(.*)"$', release, re.MULTILINE))
    modules = frozenset(facts.get("MODULES", "").split())
    return Java(home, library, facts.get("JAVA_VERSION", ""), modules)


def _asked_version(home: Path) -> str:
    """Ask a Java without a release file for its version."""
    command = shutil.which("java", path=str(home / "bin"))
    if command is None:
        return ""
    try:
        answer = subprocess.run([command, "-version"], capture_output=True, text=True, timeout=20,
                                stdin=subprocess.DEVNULL)  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    match = re.search(r'version "([^"]+)"', answer.stderr)
    return match[1] if match else ""


def install_line(
    environment: Mapping[str, str] = os.environ,
    prefix: str = sys.prefix,
    system: str = sys.platform,
    os_release: Path = Path("/etc/os-release"),
) -> str:
    """Return the command that installs Java on this system.

    Examples
    --------
    >>> install_line({}, "/nowhere", "darwin")
    'brew install openjdk@17'
    >>> install_line({"CONDA_PREFIX": "/home/ada/conda"}, "/home/ada/conda", "linux")
    'conda install -c conda-forge openjdk'
    """
    if environment.get("CONDA_PREFIX") or Path(prefix, "conda-meta").is_dir():
        return "conda install -c conda-forge openjdk"
    if system == "darwin":
        return f"brew install openjdk@{OLDEST}"
    if system == "win32":
        return f"winget install EclipseAdoptium.Temurin.{OLDEST}.JRE"
    try:
        words = set(re.findall(r"^ID(?:_LIKE)?=(.*)$", os_release.read_text(), re.MULTILINE))
    except OSError:
        words = set()
    families = set(re.findall(r"\w+", " ".join(words)))
    if "ubuntu" in families:  # its default may be older
        return f"sudo apt install openjdk-{OLDEST}-jre-headless"
    if "debian" in families:
        return "sudo apt install default-jre-headless"
    if families & {"fedora", "rhel", "centos"}:
        return "sudo dnf install java-latest-openjdk-headless"
    if families & {"suse", "opensuse"}:
        return f"sudo zypper install java-{OLDEST}-openjdk-headless"
    if "arch" in families:
        return "sudo pacman -S jre-openjdk-headless"
    if "alpine" in families:
        return f"sudo apk add openjdk{OLDEST}-jre-headless"
    return f"a Java runtime of version {OLDEST} or newer, from your system's packages"


def require_packages(needed: tuple[str, ...] = ("mpxj", "jpype")) -> None:
    """Check that MPXJ and JPype are installed.

    Raises
    ------
    PlanError
        If one is not, with the line that installs both.
    """
    if any(find_spec(name) is None for name in needed):
        raise PlanError(
            "opening a project tool's file needs the packages mpxj and JPype1; install them: "
            f"pip install 'pmkit[{EXTRA}]'"
        )
