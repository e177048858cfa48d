"""An independent scheduler that lists minutes: slow, plain, and written from the design alone."""
