"""Projects that work together: what they hand over, what a delay does, what they share."""
