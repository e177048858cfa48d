"""Plans and scenarios between the panel and the disk of whoever looks at it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from pmkit.analysis.compare import Comparison
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario
from pmkit.widgets.history import Session

_MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
}
_VERSION = 1


def read_plan(files: Mapping[str, bytes]) -> Plan:
    """Read an uploaded plan: one file, or the several csv files of one plan.

    Parameters
    ----------
    files
        Content by name, as the browser told it; of a name only its last part counts.

    Raises
    ------
    PlanError
        If it is not a plan. The sentences name the file as its owner does.
    """
    from pmkit.files import read, read_bytes  # openpyxl is needed only now

    if not files:
        raise PlanError("upload: must be a file, got none")
    if len(files) == 1:
        return read_bytes(*next(iter(files.items())))
    if strange := [name for name in files if not name.lower().endswith(".csv")]:
        raise PlanError(
            "upload: several files must be the csv files of one plan, got "
            f"{', '.join(map(repr, strange[:3]))} among them; open it alone"
        )
    with TemporaryDirectory() as folder:
        place = Path(folder) / "upload"
        place.mkdir()
        for name, content in files.items():
            (place / safe_name(name)).write_bytes(content)
        return read(place)


def safe_name(name: str) -> str:
    r"""Return the last part of a file name, with nothing in it that a path could mean.

    Examples
    --------
    >>> safe_name("../../etc/pass\\plan <b>.xlsx"), safe_name("..")
    ('plan _b_.xlsx', 'plan')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    return re.sub(r"[^\w .()+-]", "_", last).strip(" .")[-120:] or "plan"


def template() -> tuple[str, str, bytes]:
    """Return name, media type and content of a workbook to fill in."""
    from pmkit.files import template as write_template  # openpyxl is needed only now

    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan_template.xlsx"
        write_template(path)
        return path.name, _MEDIA["xlsx"], path.read_bytes()


def report(comparison: Comparison, kind: str) -> tuple[str, str, bytes]:
    """Return name, media type and content of a comparison as ``"xlsx"`` or ``"html"``."""
    from pmkit.reports import report_bytes  # openpyxl is needed only now

    title = safe_name(comparison.plan.name or "plan").replace(" ", "_")[:60]
    name = f"what_if_{title}.{kind}"
    return name, _MEDIA[kind], report_bytes(comparison, name)


def workbook(plan: Plan) -> tuple[str, str, bytes]:
    """Return name, media type and content of a plan as a workbook."""
    from pmkit.files import write  # openpyxl is needed only now

    name = f"{safe_name(plan.name or 'plan').replace(' ', '_')[:60]}.xlsx"
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(plan, path)
        return name, _MEDIA["xlsx"], path.read_bytes()


def to_json(session: Session) -> str:
    """Return the scenarios of a session, and the changes being tried, as json text."""
    content = {
        "pmkit": "scenarios",
        "version": _VERSION,
        "plan": session.plan.name if session.plan else "",
        "scenarios": [scenario.to_dict() for scenario in session.kept],
        "changes": Scenario("changes", session.changes).to_dict()["changes"],
    }
    return json.dumps(content, indent=1, ensure_ascii=False)


def from_json(text: str, session: Session) -> Session:
    """Return the session with the scenarios of a json text in place of its own.

    Raises
    ------
    PlanError
        If the text is not what `to_json` writes, or a scenario does not fit the plan.
    """
    try:
        content = json.loads(text)
        if not isinstance(content, dict) or content.get("pmkit") != "scenarios":
            raise ValueError
        version = content.get("version")
    except (ValueError, RecursionError):
        raise PlanError(
            "scenarios: must be a json file saved by this panel, got something else"
        ) from None
    if version != _VERSION:
        raise PlanError(f"scenarios: version must be {_VERSION}, got {version!r}")
    if session.plan is None:
        raise PlanError("scenarios: a plan must be open before scenarios are loaded, got none")
    listed = content.get("scenarios", [])
    if not isinstance(listed, list):
        raise PlanError(f"scenarios: must be a list, got {type(listed).__name__}")
    loaded = Session(session.plan)
    for item in listed:
        scenario = Scenario.from_dict(item)
        scenario.apply(session.plan)
        if scenario.changes:
            loaded = Session(session.plan, scenario.changes, loaded.kept).with_kept(scenario.name)
    changes = Scenario.from_dict({"name": "changes", "changes": content.get("changes", [])})
    changes.apply(session.plan)
    return Session(session.plan, changes.changes, loaded.kept)
