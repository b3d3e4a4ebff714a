from hypothesis import given
from hypothesis import strategies as st

from corpus import Document, Kind, Tokenizer, passages
from corpus.articles import jd_finance
from corpus.passages import MAXIMUM, TARGET

TOKENIZER = Tokenizer()


def check(document: Document) -> None:
    found = passages(document, TOKENIZER)
    assert [n for one in found for n in range(one.first, one.last)] == list(
        range(len(document.sentences))
    )
    for one in found:
        sentences = document.sentences[one.first : one.last]
        assert {sentence.section for sentence in sentences} == {one.section}
        assert (one.start, one.end) == (sentences[0].start, sentences[-1].end)
        assert one.headings == document.heading_path(one.section)
        assert all(sentence.kind is not Kind.HEADING for sentence in sentences[1:])
        size = sum(len(TOKENIZER.tokens(document.text[s.start : s.end])) for s in sentences)
        assert size <= MAXIMUM or len(sentences) == 1


def test_the_article() -> None:
    article = jd_finance()
    check(article)
    found = passages(article, TOKENIZER)
    assert len(found) < 40
    # a section that has only subsections is its heading
    assert "1. 京东金融生态圈的业务模式" in [article.text[one.start : one.end] for one in found]
    paragraph_starts = sum(
        article.sentences[one.first].paragraph != article.sentences[one.first - 1].paragraph
        for one in found[1:]
    )
    assert paragraph_starts >= len(found) - 2


def test_paragraphs_stay_whole_where_they_fit() -> None:
    paragraph = "这一句大约有二十来个词，用来凑成一段不长不短的正文。" * 3
    document = Document.from_text("\n\n".join([paragraph] * 6))
    check(document)
    for one in passages(document, TOKENIZER):
        members = document.sentences[one.first : one.last]
        assert len(members) % 3 == 0


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    document = Document.from_text("这一句大约有二十来个词，用来凑成一段很长很长的正文。" * 40)
    check(document)
    sizes = [
        len(TOKENIZER.tokens(document.text[one.start : one.end]))
        for one in passages(document, TOKENIZER)
    ]
    assert min(sizes[:-1]) >= TARGET


def test_an_endless_sentence_is_a_passage_of_its_own() -> None:
    document = Document.from_text("前一句。" + "很长，" * 120 + "完。后一句。")
    assert [one.last - one.first for one in passages(document, TOKENIZER)] == [1, 1, 1]


lines = st.sampled_from(
    ["一、甲节", "二、乙节", "短句。", "一句正文，不长不短。" * 4, "词" * 200, "很长，" * 90 + "。"]
)


@given(st.lists(lines, min_size=1, max_size=14))
def test_passages_part_any_document(chosen: list[str]) -> None:
    check(Document.from_text("\n\n".join(chosen)))
