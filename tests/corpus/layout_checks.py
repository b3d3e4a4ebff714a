"""What must hold for every document, and short ways to look at one."""

from corpus import Document, Kind, Span


def quotes(document: Document, kind: Kind | None = None) -> list[str]:
    return [
        document.text[one.start : one.end]
        for one in document.sentences
        if kind is None or one.kind is kind
    ]


def aside(document: Document) -> list[str]:
    return [
        line.strip()
        for span in document.boilerplate
        for line in document.text[span.start : span.end].split("\n")
        if line.strip()
    ]


def tree(document: Document) -> list[tuple[int, str, str]]:
    return [(one.level, one.label, one.title) for one in document.sections[1:]]


def check(document: Document) -> None:
    """The invariants of a document."""
    text = document.text
    times_covered = [0] * len(text)
    pieces: list[Span] = [*document.boilerplate]
    pieces += [Span(one.start, one.end) for one in document.sentences]
    for piece in pieces:
        quote = text[piece.start : piece.end]
        assert quote == quote.strip() != ""
        for place in range(piece.start, piece.end):
            times_covered[place] += 1
    for place, char in enumerate(text):
        assert times_covered[place] <= 1, f"{char} at {place} twice"
        assert char.isspace() or times_covered[place] == 1, f"{char} at {place} is nowhere"
    for span in document.boilerplate:  # whole lines
        assert text[: span.start].rpartition("\n")[2].strip() == ""
        assert text[span.end :].partition("\n")[0].strip() == ""

    starts = [one.start for one in document.sentences]
    assert starts == sorted(starts)
    paragraphs = [one.paragraph for one in document.sentences]
    assert paragraphs == sorted(paragraphs)
    root, *sections = document.sections
    assert (root.parent, root.level, root.title, root.until) == (
        None,
        0,
        document.title,
        len(text),
    )
    for number, section in enumerate(sections, 1):
        assert section.parent is not None
        assert section.parent < number
        parent = document.sections[section.parent]
        assert section.level == parent.level + 1
        assert parent.start <= section.start < section.end <= section.until <= parent.until
        assert section.label in text[section.start : section.end]
        assert section.title in text[section.start : section.end]
    headings = [one for one in document.sentences if one.kind is Kind.HEADING]
    assert [(one.start, one.end) for one in headings] == [
        (one.start, one.end) for one in document.sections if one.end > one.start
    ]
    for one in document.sentences:
        section = document.sections[one.section]
        assert one.section == 0 or section.start <= one.start < section.until
