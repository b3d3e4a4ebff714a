"""How the reader was taught: data, examples, the training itself, and what it came to."""
