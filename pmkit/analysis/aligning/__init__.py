"""Strategy: weights of objectives, and how projects contribute to them."""
