"""From money to day-to-day and back: what a cut does to the dates, and a change to the benefits."""
