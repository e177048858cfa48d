"""A portfolio without benefits: a stated proxy, what remains to be paid, and what a cut leaves."""
