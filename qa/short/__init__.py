"""Short answers: the exact words in a sentence."""
