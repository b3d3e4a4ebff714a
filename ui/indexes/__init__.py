"""Indexes of visitors' own: opened, written to in turn, kept, given up."""
