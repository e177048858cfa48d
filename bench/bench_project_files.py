"""Opening the largest .mpp of ../shared/truth, beside MPXJ alone, which stops where pmkit begins.

python bench/bench_project_files.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

import pmkit as pm
from pmkit.files.tools import client
from pmkit.files.tools.kinds import MPP

PLAN = Path(__file__).resolve().parents[2] / "shared/truth/msproject/1_mp_j30_a10_nr1.mpp"
COLD, WARM = 5, 15
# In a process of its own: a virtual machine cannot be started again in the same one.
ALONE = """
import sys, time
begin = time.perf_counter()
import jpype, mpxj
from pmkit.files.tools.java import find_java
jpype.startJVM(str(find_java().library), "-Xmx1024m", "-XX:+UseSerialGC", convertStrings=False)
times = []
for _ in range(int(sys.argv[2]) + 1):
    project = jpype.JClass("org.mpxj.mpp.MPPReader")().read(sys.argv[1])
    times.append(time.perf_counter() - begin)
    begin = time.perf_counter()
print(*times)
"""


def seconds(path: Path, what: str = "read") -> float:
    """Return the wall time of one reading."""
    begin = time.perf_counter()
    if what == "read":
        pm.read(path)
    else:
        client.read_facts(path.read_bytes(), MPP, path.name)
    return time.perf_counter() - begin


def alone(repetitions: int) -> list[float]:
    """Return the wall times of MPXJ by itself: the first with the start of Java."""
    run = subprocess.run(
        [sys.executable, "-c", ALONE, str(PLAN), str(repetitions)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [float(word) for word in run.stdout.splitlines()[-1].split()]


def main() -> None:
    if not PLAN.is_file():
        sys.exit("the folder ../shared/truth is not beside pmkit")
    plan = pm.read(PLAN)
    print(plan)
    first: dict[str, list[float]] = {"pm.read": [], "MPXJ alone": []}
    for _ in range(COLD):  # in turn, so that a slow moment of the machine hits both
        client.stop()
        first["pm.read"].append(seconds(PLAN))
        first["MPXJ alone"].append(alone(0)[0])
    again = {
        "pm.read": [seconds(PLAN) for _ in range(WARM)],
        "facts only": [seconds(PLAN, "facts") for _ in range(WARM)],
        "MPXJ alone": alone(WARM)[1:],
    }
    for label, times in (("with the start of Java", first), ("another file", again)):
        for name, values in times.items():
            print(f"{label:24} {name:12} {statistics.median(values) * 1e3:6.0f} ms")
    begin = time.perf_counter()
    content = pm.files.write_bytes(plan, "plan.xml")
    print(f"written as XML: {(time.perf_counter() - begin) * 1e3:.0f} ms, {len(content):,} bytes")


if __name__ == "__main__":
    main()
