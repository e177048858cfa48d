"""Portfolios as others keep them: an agency's two tables, the headings of a government's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pmkit.files.portfolio import read_portfolio
from pmkit.files.portfolio_report import Portfolio

MAJOR = (
    "GMPP ID Number,Project Name,Department,Annual Report Category,Project - Start Date (Latest "
    "Approved Start Date),Project - End Date (Latest Approved End Date),Financial Year Variance (%)"
    ",TOTAL Baseline Whole Life Costs (£m) (including Non-Government Costs),TOTAL Baseline "
    "Benefits (£m)\n"
)


def agency_in(folder: Path) -> Callable[..., Portfolio]:
    """Return what writes two tables as a federal dashboard does, with some rows, and reads them."""

    def read(projects: str, activities: str = "", **options: Any) -> Portfolio:
        (folder / "Projects.csv").write_text(
            "Disclaimer: as reported by the agencies\n\n"
            "Agency Name,Unique Project ID,Agency Project ID,Project Name,Start Date,"
            "Completion Date (B1),Planned Cost ($ M),Cost Variance (%)\n" + projects
        )
        if activities:
            (folder / "Activities.csv").write_text(
                "Unique Project ID,Unique Activity ID,Activity Name,Structure ID,"
                "Start Date Planned,Completion Date Planned,Start Date Actual,"
                "Completion Date Actual,Planned Total Cost ($ M),Activity Status\n" + activities
            )
        return read_portfolio(folder, **options)

    return read
