"""How a program stands, who may decide what, and what goes up to whom."""
