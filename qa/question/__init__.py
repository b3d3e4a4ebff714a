"""A question by itself: what kind it is, what it names, how its words are spelled."""
