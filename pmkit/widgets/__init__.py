"""A picture you can move: public inputs, a `result`, a view."""

import pmkit.views  # noqa: F401  (before Altair: it puts off what takes long)
