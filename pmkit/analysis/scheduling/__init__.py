"""When activities happen: networks, passes, progress, and what drives what."""
