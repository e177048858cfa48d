"""Keeping a plan in hand: tolerances, issues, exceptions and changes, and who decides."""
