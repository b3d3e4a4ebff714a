"""Candidates: the sentences that may answer, found, read, and put in order."""
