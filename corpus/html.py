"""HTML to text: what a reader sees, a block a line, with what the tags say of each line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from bs4.element import CData, NavigableString, PreformattedString

from corpus.decode import clean
from corpus.lines import Mark, Role


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read. ``marks`` has one entry for every line of ``text``."""

    text: str
    marks: tuple[Mark, ...]
    title: str  # of <title>; "" without one
    date: str  # as its metadata writes it; "" without


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DROPPED = _names(
    "script style noscript template svg math canvas iframe object embed head title datalist"
)
_BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav "
    "ol option p pre section select summary table tbody td tfoot th thead tr ul br"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ASIDE = _names("nav aside footer form button select")
# What authors of pages call the parts around an article, as whole words of class, id and role.
_ASIDE_NAMES = _names(
    "ad ads advert advertisement banner breadcrumb breadcrumbs comment comments copyright crumb "
    "crumbs foot footer head header hot menu nav navbar navigation pager pagination recommend "
    "recommended related relate search share sharebar side sidebar sitemap social tags toolbar top "
    "topbar contentinfo complementary login cookie popup modal subscribe qrcode"
)
_CONTAINERS = _names("div section ul ol dl p header table span")
_DATES = _names(
    "article:published_time og:published_time og:release_date datepublished pubdate publishdate "
    "publish_date publication_date date dc.date dc.date.issued dcterms.created"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def render(markup: str) -> Page:
    """Read ``markup``. Nothing in it is run, and nothing it names is fetched."""
    soup = BeautifulSoup(markup, "html.parser")
    writer = _Writer()
    for event, node in _walk(soup):
        if event == "text":
            writer.write(str(node))
        elif isinstance(node, Tag):
            (writer.open if event == "open" else writer.close)(node)
    writer.end_line()
    title = soup.title.get_text() if soup.title else ""
    return Page(
        text="\n".join(writer.lines),
        marks=tuple(writer.marks),
        title=" ".join(title.split()),
        date=_date(soup),
    )


def _walk(soup: BeautifulSoup) -> Iterator[tuple[str, Tag | NavigableString]]:
    """Depth first with a stack of its own: pages nest deeper than Python recurses."""
    stack: list[tuple[str, Tag | NavigableString]] = [("open", soup)]
    while stack:
        event, node = stack.pop()
        if event != "open":
            yield event, node
        elif isinstance(node, Tag):
            if node.name in _DROPPED - {"head"} or node.has_attr("hidden"):
                continue
            if node.name == "head" or _HIDDEN.search(str(node.get("style") or "")):
                continue
            yield "open", node
            stack.append(("close", node))
            stack.extend(
                ("open" if isinstance(child, Tag) else "text", child)
                for child in reversed(node.contents)
                if isinstance(child, Tag | CData | NavigableString)
                and not (isinstance(child, PreformattedString) and not isinstance(child, CData))
            )


def _is_aside(tag: Tag) -> bool:
    if tag.name in _ASIDE:
        return True
    if tag.name not in _CONTAINERS:
        return False
    names = [str(tag.get("id") or ""), str(tag.get("role") or ""), *tag.get_attribute_list("class")]
    words = {word for name in names for word in re.findall(r"[a-z]+", str(name).lower())}
    # A <header> may hold the article's own title, and a "content-header" its first paragraph.
    return (tag.name == "header" or bool(words & _ASIDE_NAMES)) and not tag.find(
        ["h1", "article", "main"]
    )


@dataclass(slots=True)
class _Writer:
    lines: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    line: list[str] = field(default_factory=list)  # pieces of the line being written
    linked: int = 0  # characters of it inside links
    links: int = 0  # open <a> elements
    pre: int = 0
    rows: int = 0  # open <tr>: their cells' blocks do not end the line
    roles: list[tuple[Tag, Role, int]] = field(default_factory=list)
    asides: list[Tag] = field(default_factory=list)

    def open(self, tag: Tag) -> None:
        name = tag.name
        if name in _BLOCKS and not (self.rows and name != "tr"):
            self.end_line()
        if name in ("td", "th") and any(self.line):
            self.line.append(" | ")
        if _is_aside(tag):
            self.end_line()
            self.asides.append(tag)
        if name in _HEADINGS:
            self.roles.append((tag, Role.HEADING, _HEADINGS[name]))
        elif name in ("li", "dt", "dd"):
            self.roles.append((tag, Role.ITEM, 0))
        elif name == "tr" and len(tag.find_all(["td", "th"], limit=2)) == 2:
            # With one cell it is a table for layout, and its content is content.
            self.roles.append((tag, Role.ROW, 0))
            self.rows += 1
        elif name in ("figcaption", "caption"):
            self.roles.append((tag, Role.CAPTION, 0))
        elif name == "pre":
            self.roles.append((tag, Role.CODE, 0))
            self.pre += 1
        elif name == "a":
            self.links += 1
        elif name == "p" and self.roles and self.roles[-1][1] is Role.ITEM:
            self.end_line()

    def close(self, tag: Tag) -> None:
        name = tag.name
        inside_row = self.rows and not (self.roles and self.roles[-1][0] is tag)
        if (name in _BLOCKS and not inside_row) or (self.asides and self.asides[-1] is tag):
            self.end_line()
        if self.asides and self.asides[-1] is tag:
            self.asides.pop()
        if self.roles and self.roles[-1][0] is tag:
            _, role, _ = self.roles.pop()
            if role is Role.ROW:
                self.rows -= 1
            elif role is Role.CODE:
                self.pre -= 1
        if name == "a":
            self.links -= 1

    def write(self, text: str) -> None:
        if self.pre:
            first, *rest = text.split("\n")
            self.line.append(first)
            for one in rest:
                self.end_line(keep=True)
                self.line.append(one)
            return
        text = re.sub(r"[ \t\n\r\f\xa0]+", " ", text)
        if text.startswith(" ") and (not self.line or self.line[-1].endswith(" ")):
            text = text[1:]
        if text:
            self.line.append(text)
            if self.links:
                self.linked += len(text.strip())

    def end_line(self, *, keep: bool = False) -> None:
        # Entities can smuggle in what ``clean`` has taken out of the bytes.
        text = clean("".join(self.line)).replace("\n", " ").rstrip()
        if not keep:
            text = text.lstrip(" ")
        if text.strip(" |") or (keep and self.lines):
            _, role, level = self.roles[-1] if self.roles else (None, Role.PLAIN, 0)
            share = self.linked / len(text) if text else 0.0
            self.lines.append(text)
            self.marks.append(Mark(role, level, bool(self.asides), min(1.0, share)))
        self.line.clear()
        self.linked = 0


def _date(soup: BeautifulSoup) -> str:
    for meta in soup.find_all("meta"):
        names = (str(meta.get(key) or "").lower() for key in ("property", "name", "itemprop"))
        content = str(meta.get("content") or "").strip()
        if content and not _DATES.isdisjoint(names):
            return content
    time = soup.find("time", attrs={"datetime": True})
    return str(time["datetime"]) if isinstance(time, Tag) else ""
