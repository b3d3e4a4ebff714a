from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Section, Sentence, Span
from qa.answer import Answer, Citation, Item, Segment, Source
from ui.rendering import markup, pane
from ui.rendering.copying import as_markdown, as_text
from ui.rendering.escape import safe

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "`${alert(1)}`",
    "$$x$$",
    "[a](javascript:alert(1))",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "&lt;b&gt;",
    "# 标题\n\n<b>粗</b>",
    "</span></p></article><h1>x",
    "\u202egnp.exe\u202c",
    "\x1b]0;x\x07",
    "\ud800",
]


class Seen(HTMLParser):
    """What a browser would make of it: tags with their attributes, and the text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.closed: list[str] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.closed.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


OURS = {"div", "span", "strong", "a", "br", "ol", "ul", "li", "details", "summary", "article"} | {
    "button",
    "p",
    "h1",
    "h2",
    "h3",
}


def assert_harmless(source: str) -> None:
    """No element or attribute that is not ours, and nothing a template would evaluate."""
    for tag, attributes in Seen(source).tags:
        assert tag in OURS
        for name, value in attributes.items():
            assert not name.startswith("on"), name
            if name == "href":
                assert re.fullmatch(r"#(ask|edit|copy|own|at-\d+-\d+-[\w.%~-]*)", value or ""), (
                    value
                )
    assert "${" not in source
    assert "{{" not in source
    assert "`" not in source
    assert "$$" not in source
    source.encode()


def an_answer(text: str, **parts: object) -> Answer:
    source = Source(text, text, text)
    citation = Citation(1, text, 0, len(text), source, (text,), 1.0)
    return Answer(
        text,
        f"{text}？",
        (Segment(f"{text}。", (1,)),),
        **{
            "short": text,
            "items": (Item(f"{text}项", (1,)),),
            "suggestions": (text,),
            "citations": (citation,),
            **parts,
        },
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_from_a_text_becomes_markup(
    text: str, document_of: Callable[..., Document]
) -> None:
    nearest = Citation(0, text, 0, len(text), Source(text, text, text), (text,), 0.1)
    refusal = Answer(text, text, (Segment(text),), refused=True, reason=text, nearest=nearest)
    assert_harmless(markup.question(text))
    assert_harmless(markup.notice(text))
    assert_harmless(markup.answer(an_answer(text), "zh"))
    assert_harmless(markup.answer(refusal, "zh"))
    assert_harmless(markup.welcome_to([text], [text], "zh"))
    assert_harmless(markup.report([(text, 1)], [text], "zh"))
    assert_harmless(pane.article(document_of(f"{text}。\n\n1、{text}\n", title=text), "zh"))


@given(st.text())
def test_safe_text_reads_as_it_was_written(text: str) -> None:
    shown = html.unescape(safe(text))
    assert "<" not in safe(text)
    assert [c for c in shown if c.isprintable()] == [c for c in text if c.isprintable()]


def test_a_fact_is_short_answer_first_then_its_sentence_and_mark(fact: Answer) -> None:
    shown = Seen(markup.answer(fact, "zh"))
    classes = [attributes.get("class") for _, attributes in shown.tags]
    assert classes.index("short") < classes.index("said") < classes.index("cite")
    start, end = fact.citations[0].start, fact.citations[0].end
    assert ("a", f"#at-{start}-{end}-d1") in [(tag, a.get("href")) for tag, a in shown.tags]
    assert "<strong>1%</strong>" in markup.answer(fact, "zh")


def test_yes_and_no_are_not_stressed_in_the_sentence(fact: Answer) -> None:
    assert "<strong>" not in markup.answer(replace(fact, short="占"), "zh")


def test_a_list_shows_every_item_once_with_its_mark(listing: Answer) -> None:
    source = markup.answer(listing, "zh")
    said = source[: source.index("<details")]
    assert said.count("支付起步晚") == said.count("牌照不齐全") == 1
    assert said.count("<li>") == 2
    assert said.index(">1</a>") < said.index("牌照不齐全") < said.index(">2</a>")
    assert "文中列出 2 点" in said


def test_a_refusal_says_why_and_what_is_not_an_answer(refused: Answer) -> None:
    source = markup.answer(refused, "zh")
    assert 'class="refusal"' in source
    assert "文中没有提到这件事" in source
    assert source.index("但这不是答案") < source.index("支付起步晚")
    assert 'class="cite"' not in source
    assert '<span class="q">支付占多少？</span>' in source


def test_the_understood_question_is_shown_only_when_it_was_rewritten(fact: Answer) -> None:
    assert "理解为" not in markup.answer(fact, "zh")
    assert "理解为" not in markup.answer(replace(fact, asked=" 支付占 多少？"), "zh")
    assert "理解为" not in markup.answer(replace(fact, asked="支付\u200b占多少？"), "zh")
    rewritten = replace(fact, asked="占多少？")
    assert "理解为：" in markup.answer(rewritten, "zh")
    assert "Understood as: " in markup.answer(rewritten, "en")


def test_place_survives_any_document_id(fact: Answer) -> None:
    source = Source("a b/#-1-2-é", "", "")
    citation = replace(fact.citations[0], document=source)
    assert re.fullmatch(r"#at-\d+-\d+-[\w%.~-]+", markup.place(citation))


# ---- the article


def pieces(source: str) -> list[tuple[int, int, str]]:
    found = re.findall(r'<span class="s" data-start="(\d+)" data-end="(\d+)">(.*?)</span>', source)
    return [(int(start), int(end), html.unescape(text)) for start, end, text in found]


def test_sentences_stand_at_their_code_points(document: Document) -> None:
    shown = pieces(pane.article(document, "zh"))
    assert any("😀" in document.text[:start] for start, _, _ in shown)  # two units in a browser
    assert {(start, end) for start, end, _ in shown} == {
        (s.start, s.end) for s in document.sentences
    }
    for start, end, text in shown:
        assert text in document.text[start:end]


def test_a_sentence_over_two_lines_is_one_place(document: Document) -> None:
    start = document.text.index("牌照不齐全")
    assert [text for at, _, text in pieces(pane.article(document, "zh")) if at == start] == [
        "牌照不齐全，",
        "监管风险高。",
    ]


def test_boilerplate_is_folded_away_in_place_and_has_no_sentences(document: Document) -> None:
    source = pane.article(document, "zh")
    folds = re.findall(r"<details.*?</details>", source)
    assert len(folds) == 2
    assert "站点首页" in folds[0]
    assert "关闭" in folds[1]
    assert not any('class="s"' in fold for fold in folds)
    assert source.index("站点首页") < source.index("生态圈</span>") < source.index("<p>关闭")


def test_headings_are_headings(document: Document) -> None:
    assert re.search(r"<h2><span[^>]*>1、问题</span></h2>", pane.article(document, "zh"))


def test_a_markdown_heading_loses_its_signs_and_keeps_its_place() -> None:
    source = pane.article(Document.from_text("# 合同\n\n## 押金\n\n七千元。"), "zh")
    assert re.search(
        r'<h2><span class="s" data-start="\d+" data-end="\d+">押金</span></h2>', source
    )


def test_nothing_of_the_text_is_lost(document: Document) -> None:
    body = pane.article(document, "zh").partition("<article")[2]
    shown = "".join(Seen(body).text.split())
    for line in document.text.split():
        assert line in shown


@given(st.text(alphabet="甲乙。\n 😀<&", max_size=60), st.data())
def test_any_layout_keeps_text_and_places(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    sentences = tuple(Sentence(a, b, 0, 0) for a, b in pairwise(cuts) if data.draw(st.booleans()))
    document = Document(
        "d", "t", "", "", text, (Section(None, 0, "", "t", 0, 0, len(text)),), sentences, ()
    )
    body = pane.article(document, "zh").partition('lang="zh"')[2].partition(">")[2]
    assert "".join(Seen(body).text.split()) == "".join(text.split())
    for start, end, piece in pieces(body):
        assert piece in text[start:end]


def test_overlapping_boilerplate_and_sentence_never_break_the_page() -> None:
    document = Document(
        "d",
        "t",
        "",
        "",
        "甲乙\n丙丁",
        (Section(None, 0, "", "t", 0, 0, 5),),
        (Sentence(1, 4, 0, 0),),
        (Span(3, 5),),
    )
    assert "丙丁" in pane.article(document, "zh")


def test_a_long_document_is_rendered_whole(document_of: Callable[..., Document]) -> None:
    document = document_of("支付仅占一成。\n\n" * 30_000)
    assert len(pieces(pane.article(document, "zh"))) == len(document.sentences)


def test_the_report_tells_what_was_read_and_what_was_not() -> None:
    both = markup.report([("<甲>", 1234)], ["乙 里没有文字。"], "zh")
    assert "读完了，可以提问了：《&#60;甲&#62;》，1,234 字。" in both
    two = markup.report([("甲", 1), ("乙", 2)], [], "zh")
    assert "2 篇，共 3 字" in two
    assert "有 1 个没有读成" in both
    assert "没有读成" in markup.report([], ["乙 里没有文字。"], "zh")
    assert "没有读成" not in markup.report([("甲", 1)], [], "zh")


def test_an_answer_says_in_words_how_sure_it_is(fact: Answer) -> None:
    for confidence, words in ((0.95, "很有把握"), (0.8, "较有把握"), (0.5, "把握不大")):
        assert words in markup.answer(replace(fact, confidence=confidence), "zh")


def test_what_is_copied_has_quote_title_section_and_date(fact: Answer) -> None:
    [citation] = fact.citations
    dates = {citation.document.id: "2022-10-19"}
    plain, marked = as_text(fact, dates, "zh"), as_markdown(fact, dates, "zh")
    for copy in (plain, marked):
        assert citation.quote in copy
        assert citation.document.title in copy
        assert "2022-10-19" in copy
    assert plain.startswith(f"{fact.short}\n\n{fact.text}")
    assert marked.startswith(f"**{fact.short}**")
    shown = Seen(markup.answer(fact, "zh", dates))
    assert plain in shown.text
    assert marked in shown.text


def test_markdown_signs_of_a_text_mean_nothing_in_a_copy() -> None:
    copy = as_markdown(an_answer("*重*_点_[a](b)<b>`c`", short=None), {}, "zh")
    assert "\\*重\\*\\_点\\_\\[a\\](b)\\<b\\>\\`c\\`" in copy


def test_with_several_texts_each_sentence_names_its_own(listing: Answer) -> None:
    assert 'class="from"' not in markup.answer(listing, "zh")
    shown = markup.answer(listing, "zh", several=True)
    assert shown.count("《生态圈》") == 1  # both items are from it
    first, second = listing.citations
    other = replace(second, document=replace(second.document, title="<别的>"))
    shown = markup.answer(replace(listing, citations=(first, other)), "zh", several=True)
    assert shown.index("《生态圈》") < shown.index("《&#60;别的&#62;》")


def test_marks_in_markdown_are_plain_and_never_links(fact: Answer) -> None:
    [one] = fact.citations
    parts = (Segment("支付仅占1%。", (1,)), Segment("(https://x)", (1,)), Segment("[2]", (1,)))
    copy = as_markdown(replace(fact, segments=parts, citations=(one,)), {}, "zh")
    assert "支付仅占1%。[1]\\(https://x)[1]\\[2\\][1]" in copy
    assert "> [1] 支付仅占1%。" in copy
