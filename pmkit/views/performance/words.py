"""What a chart of performance says."""

from __future__ import annotations

from math import isfinite

from pmkit.analysis.earning.control_limits import FEWEST
from pmkit.views.performance.index import NAMES, TOLERANCE, Index
from pmkit.views.status_words import index_text


def title(when: str, indices: list[Index]) -> str:
    """Return the indices to date, and whether anything is out of the usual."""
    values = ", ".join(f"{NAMES[index.name]} {index_text(index.last)}" for index in indices)
    if all(index.limits is None for index in indices):
        low, high = TOLERANCE
        beyond = [
            NAMES[index.name] for index in indices
            if isfinite(index.last) and not low <= index.last <= high
        ]  # fmt: skip
        if not beyond:
            return f"{when}: {values}: all within {low:g} to {high:g}"
        names = " and ".join([", ".join(beyond[:-1])] * (len(beyond) > 1) + beyond[-1:])
        return f"{when}: {values}: {names} outside {low:g} to {high:g}"
    count = sum(len(index.outside) for index in indices if index.limits)
    finding = "no period is out of the usual"
    if count:
        finding = f"{count} period{'' if count == 1 else 's'} out of the usual"
    return f"{when}: {values}: {finding}"


def subtitle(indices: list[Index]) -> list[str]:
    """Return how to read the chart, and which periods are outside."""
    outside = [
        f"{NAMES[index.name]} {index.dates[n]} ({index_text(index.periods[n])})"
        for index in indices if index.limits
        for n in index.outside
    ]  # fmt: skip
    how = "Thick line: to date. Points: each period by itself"
    if any(index.limits for index in indices):
        lines = [f"{how}. Dashed: control limits, mean \u00b1 2.66 mean moving ranges"]
    else:
        count = len(indices[0].places)
        dates = f"{count} status date{' is' if count == 1 else 's are'}"
        lines = [f"{how}. {dates} too few for control limits ({FEWEST} periods): band 0.9 to 1.1"]
    if outside:
        more = f", and {len(outside) - 4} more" if len(outside) > 4 else ""
        lines.append(f"Outside: {', '.join(outside[:4])}{more}")
    missing = [NAMES[name] for name in NAMES if name not in {index.name for index in indices}]
    if missing:
        lines.append(f"Missing: {', '.join(missing)}")
    return lines
