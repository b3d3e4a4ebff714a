"""Lists as answers: which one is meant, how it is given, one entry of it, how many there are."""
