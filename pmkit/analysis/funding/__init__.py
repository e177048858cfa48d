"""Which projects to fund: the best choice, why, and how sure it is."""
