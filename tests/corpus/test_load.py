import os
from pathlib import Path
from typing import Any

import pytest

from corpus import Document, Kind, files_under, read_bytes, read_file
from corpus.errors import (
    BinaryText,
    ChuchuError,
    EmptyText,
    SourceNotFound,
    SourceUnnameable,
    SourceUnreadable,
    TextTooLong,
    UndecodableText,
    UnsupportedFormat,
    WrongArgument,
)
from corpus.load import MAXIMUM_LENGTH
from corpus.sentences import LONGEST


def test_a_folder_gives_its_texts_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.MD", "c/d.html", "c/e.htm", "f.markdown"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("一句话。", "utf-8")
    for name in ("g.pdf", ".hidden.txt", ".git/h.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / "folder.txt").mkdir()
    names = [file.relative_to(tmp_path).as_posix() for file in files_under(tmp_path)]
    assert names == ["a.MD", "b.txt", "c/d.html", "c/e.htm", "f.markdown"]
    assert files_under(tmp_path / "b.txt") == [tmp_path / "b.txt"]
    with pytest.raises(SourceNotFound):
        files_under(tmp_path / "nothing")


def test_one_text_is_the_same_document_in_every_encoding(tmp_path: Path) -> None:
    text = "标题\r\n\r\n第一句话说完了。\r\n第二句话也说完了。"
    documents = set()
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"):
        file = tmp_path / "a.txt"
        file.write_bytes(text.encode(encoding))
        documents.add(read_file(file))
    (document,) = documents
    assert document.text == text.replace("\r\n", "\n")
    assert document.title == "标题"


def test_an_id_belongs_to_the_source_and_a_digest_to_the_text(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("第一版。", "utf-8")
    first = read_file(file)
    file.write_text("第二版。", "utf-8")
    second = read_file(file)
    assert first.id == second.id
    assert len(first.id) == 16
    assert first.digest != second.digest
    assert first.source == str(file)
    uploaded = read_file(file, name="我的笔记.txt")
    assert (uploaded.source, uploaded.title) == ("我的笔记.txt", "我的笔记")


def test_the_id_of_a_text_without_source() -> None:
    titled = Document.from_text("甲。", title="备忘")
    assert titled.id == Document.from_text("乙。", title="备忘").id
    assert titled.title == titled.sections[0].title == "备忘"
    assert Document.from_text("甲。").id == Document.from_text("甲。").id
    assert Document.from_text("甲。").id != Document.from_text("乙。").id
    assert Document.from_text("甲。", source="a").id == Document.from_text("乙。", source="a").id


def test_a_text_without_a_title_line_is_named_by_its_beginning() -> None:
    assert Document.from_text("这是一句相当长的话，没有任何标题可言，只有正文。").title.endswith(
        "…"
    )


@pytest.mark.parametrize(
    ("data", "suffix", "error"),
    [
        (b"", ".txt", EmptyText),
        (" \n\t\u3000\n".encode(), ".txt", EmptyText),
        (b"\xef\xbb\xbf", ".txt", EmptyText),
        (b"<html><script>alert(1)</script></html>", ".html", EmptyText),
        (b"%PDF-1.4", ".txt", BinaryText),
        (b"\x00\x01\x02" * 50, ".txt", BinaryText),
        (b"\xff\xfe\xfd", ".txt", UndecodableText),
        ("字。".encode(), ".docx", UnsupportedFormat),
        ("字。".encode(), "", UnsupportedFormat),
    ],
)
def test_each_failure_has_its_error(data: bytes, suffix: str, error: type[ChuchuError]) -> None:
    with pytest.raises(error) as caught:
        read_bytes(data, source="某个文件", suffix=suffix)
    assert "某个文件" in str(caught.value)
    assert "\n" not in caught.value.say("en")


def test_the_limit_counts_characters() -> None:
    assert len(Document.from_text("字" * MAXIMUM_LENGTH).text) == MAXIMUM_LENGTH
    with pytest.raises(TextTooLong, match="2000001"):
        Document.from_text("字" * (MAXIMUM_LENGTH + 1))


def test_missing_and_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound):
        read_file(tmp_path / "nothing.txt")
    with pytest.raises(SourceUnreadable):
        read_file(tmp_path)


def test_a_folder_one_may_not_look_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a/a.txt", "b/b.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("字。", "utf-8")
    look = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(SourceUnreadable, match="Permission denied"):
        files_under(tmp_path)
    told: list[SourceUnreadable] = []
    assert files_under(tmp_path, told.append) == [tmp_path / "b" / "b.txt"]
    assert [fault.facts["source"] for fault in told] == [str(tmp_path / "a")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(SourceUnreadable, match="不是普通文件") as caught:
        read_file(tmp_path / "a.txt")
    assert "not a regular file" in caught.value.say("en")
    assert files_under(tmp_path) == []


@pytest.mark.parametrize(
    "arguments",
    [
        {"text": None},
        {"text": 5},
        {"text": b"\xe5"},
        {"text": "字。", "title": 5},
        {"text": "字。", "source": None},
        {"text": "字。", "source": Path("a")},
    ],
)
def test_what_is_no_text_is_said_so(arguments: dict[str, Any]) -> None:
    with pytest.raises(WrongArgument) as caught:
        Document.from_text(**arguments)
    assert "a string" in caught.value.say("en")


def test_names_that_utf8_cannot_hold(tmp_path: Path) -> None:
    assert Document.from_text("字。", title="甲\udcff").title == "甲\ufffd"
    for read in (
        lambda: Document.from_text("字。", source="\udcff.txt"),
        lambda: read_file(tmp_path / "\udcff.txt"),
    ):
        with pytest.raises(SourceUnnameable) as caught:
            read()
        assert str(caught.value).encode()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("字。", "utf-8")
    file.chmod(0)
    with pytest.raises(SourceUnreadable):
        read_file(file)


def test_odd_characters_never_break_a_document() -> None:
    document = Document.from_text("甲\x00乙\ud800丙\u202e丁\x85戊。")
    assert document.text == "甲乙\ufffd丙丁\n戊。"
    assert document.digest


def test_a_page_nested_deeper_than_python_recurses() -> None:
    page = "<div>" * 5000 + "<p>深处的一句话。</p>"
    document = read_bytes(page.encode(), source="a.html", suffix=".html")
    assert document.text == "深处的一句话。"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>题目 - 某某网</title>", "题目"),
        ("<title>题目_频道_某某网</title>", "题目"),
        ("<title>某某网</title><h1>题目</h1>", "题目"),
        ("", "a"),
    ],
)
def test_the_title_of_a_page(head: str, title: str) -> None:
    page = f"{head}<p>这里是一段正文。</p>"
    assert read_bytes(page.encode(), source="a.html", suffix=".html").title == title


@pytest.mark.parametrize(
    "text",
    [
        "# 题\n\n| 甲 | 乙 |\n|---|---|\n| " + "很长的一格，" * 200 + " | 二 |\n",
        "正文。\n\n```\n" + "x=1;" * 300 + "\n```\n",
        "# " + "很长的标题，" * 200 + "\n\n正文。\n",
        "1. " + "很长的一项，" * 200 + "\n2. 短的一项\n",
        "图1 " + "很长的图注，" * 200 + "\n\n正文。\n",
    ],
)
def test_no_line_of_any_kind_is_quoted_endlessly(text: str) -> None:
    document = Document.from_text(text)
    quotes = [document.text[one.start : one.end] for one in document.sentences]
    assert max(map(len, quotes)) <= LONGEST
    assert sum(one.kind is Kind.HEADING for one in document.sentences) <= 1
