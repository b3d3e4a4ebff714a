"""Yes or no: what a sentence claims, and whether it settles the question."""
