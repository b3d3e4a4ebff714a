"""Answers by comparing figures and names: which is larger, who is first, a cell of a table."""
