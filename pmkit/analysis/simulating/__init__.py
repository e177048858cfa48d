"""How sure the dates and costs are: trials of a plan, and what they say."""
