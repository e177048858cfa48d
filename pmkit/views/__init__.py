"""A result as a picture: result -> ``altair`` chart, never displayed by us."""
