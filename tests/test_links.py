"""No door leads nowhere: every relative link in what people read names a file that exists."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path.relative_to(ROOT)
    for pattern in ("*.md", "docs/*.md", "deploy/*.md", "bench/*.md", "exercises/**/*.md",
                    "notebooks/**/*.ipynb")
    for path in ROOT.glob(pattern)
    if ".ipynb_checkpoints" not in path.parts
)  # fmt: skip
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def text_of(page: Path) -> str:
    """Return what a person reads on a page, code left out."""
    text = (ROOT / page).read_text("utf-8")
    if page.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    return re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_relative_link_leads_to_a_file(page: Path) -> None:
    targets = [link.split("#")[0] for link in LINK.findall(text_of(page)) if "://" not in link]
    missing = [t for t in targets if t and not (ROOT / page.parent / t).exists()]
    assert not missing, f"{page} links to what is not there: {', '.join(missing)}"


def test_the_readme_has_three_doors() -> None:
    doors = re.findall(r"^\| an? \*\*(\w+)\*\* .*\]\(([^)]+)\) \|$", text_of(Path("README.md")),
                       re.M)  # fmt: skip
    assert [who for who, _ in doors] == ["trainee", "manager", "instructor"]
