"""Docker or Podman: where there is no bubblewrap, as on macOS and Windows."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pmkit.teach.sandbox.limits import Limits, Use

IMAGE = "pmkit-marking"
PROGRAMS = ("docker", "podman")
_NOBODY = "65534:65534"


@dataclass(frozen=True)
class Container:
    """Runs a submission in a container of an image that was built on this machine.

    Attributes
    ----------
    name
        ``docker`` or ``podman``.
    """

    name: str

    @staticmethod
    def program() -> str:
        """Return the first program whose engine runs; empty where none does."""
        return next((name for name in PROGRAMS if _answers(name, "version")), "")

    def has_image(self) -> bool:
        """Whether the image was built."""
        return _answers(self.name, "image", "inspect", IMAGE)

    def command(self, given: Path, limits: Limits) -> Sequence[str]:
        """Return the command that runs the runner on a folder that it may only read.

        The engine pulls nothing, and holds the limits of memory, processes and disk itself.
        """
        memory, disk = f"{limits.memory}b", f"size={limits.disk},mode=1777"
        return [
            self.name, "run", "--rm", "--pull", "never", "--name", given.parent.name,
            "--network", "none", "--read-only", "--user", _NOBODY,
            "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
            "--memory", memory, "--memory-swap", memory, "--pids-limit", str(limits.processes),
            "--ulimit", "core=0", "--cpus", "1",
            "--tmpfs", f"/submission:{disk}", "--tmpfs", f"/tmp:{disk}",
            "--volume", f"{given}:/given:ro",
            "--env", "HOME=/submission", "--env", "IPYTHONDIR=/submission/.ipython",
            "--env", "PYTHONHASHSEED=0", "--env", "OMP_NUM_THREADS=1",
            "--env", "OPENBLAS_NUM_THREADS=1", "--entrypoint", "/bin/sh", IMAGE, "-c",
            "cp -r /given/. /submission && cd /submission && exec python -I -c "
            "'from pmkit.teach.runner import main; main()'",
        ]  # fmt: skip

    def use(self, pid: int) -> Use:
        """Return nothing: the engine holds the limits."""
        return Use(0, 0)

    def end(self, given: Path) -> None:
        """End the container: it goes on where only the command that started it was killed."""
        subprocess.run([self.name, "rm", "--force", given.parent.name], stdin=subprocess.DEVNULL,
                       capture_output=True, check=False)  # fmt: skip


def _answers(*command: str) -> bool:
    """Whether a program is there and says that all is well."""
    if shutil.which(command[0]) is None:
        return False
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return done.returncode == 0
