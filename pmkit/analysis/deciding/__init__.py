"""Decisions under uncertainty: what each option is worth, and what knowing more would be worth."""
