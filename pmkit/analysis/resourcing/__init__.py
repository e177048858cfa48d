"""Who and what a plan needs, when: use, levelling, smoothing, the team."""
