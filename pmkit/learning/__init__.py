"""Lessons: what they ask, how answers are marked and why, and what a learner has done.

What is asked stands in tables (``pmkit/data/lessons``), which can be edited without touching code.
"""
