"""Answers, documents and reports as a person reads them: HTML, Markdown, plain text."""
