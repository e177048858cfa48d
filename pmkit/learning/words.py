"""The words that lessons are tagged with: domains, seats, roles, kinds."""

from __future__ import annotations

DOMAINS = (
    "roles", "scope", "schedule", "cost", "resources", "risk", "progress",
    "strategic alignment", "benefits", "stakeholders", "governance", "life cycle",
)  # fmt: skip
"""The last five are those of PMI's *Standard for Program Management* (4th ed., 2017)."""

SEATS = ("project manager", "program manager")

ROLES = (
    "team member", "line manager", "project manager", "program manager", "sponsor",
    "portfolio board", "benefit owner", "business change manager",
)  # fmt: skip
"""Who may own a decision. Business change manager is MSP's word (AXELOS, 5th ed., 2020)."""

KINDS = ("numeric", "choice", "order", "sort", "decision")
"""Kinds of checks."""

VARIANTS = (0, 1, 2)
"""The question itself, the worked example, and the one that is asked next time."""
