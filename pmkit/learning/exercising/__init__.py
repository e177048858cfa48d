"""Exercises as a student has them: what is asked, in which form, and what was tried."""
