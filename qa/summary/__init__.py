"""What a text, or a part of it, is about, and what is named by its place in it."""
