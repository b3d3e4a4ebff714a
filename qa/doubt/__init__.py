"""Doubt: what speaks for and against the text answering a question."""
