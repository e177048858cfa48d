"""What was learnt, as pictures."""

import pmkit.views  # noqa: F401  (before Altair: it puts off what takes long)
