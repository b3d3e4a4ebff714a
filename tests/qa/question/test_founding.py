"""When a thing began, asked in the words that the texts have for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build, open_index
from qa import Assistant
from qa.question.founding import as_founded
from qa.texts import Texts

COMPANY = (
    "云杉茶业于2009年3月创办，总部设在临川。云杉学院2015年9月投产了第一条教学生产线。"
    "云杉研究所成立多年，做过不少课题。云杉工会2015年创办了职工书屋。"
    "云杉实验室自2003年以来先后设立了五个分部。"
)


@pytest.fixture
def company(tmp_path: Path) -> Path:
    build([Document.from_text(COMPANY, title="云杉茶业")], index=tmp_path / "index")
    return tmp_path / "index"


@pytest.mark.parametrize(
    "typed",
    ["京东金融哪年成立的", "京东金融是什么时候创办的？", "京东金融成立于哪年", "京东金融何时创立"],
)
def test_it_is_asked_with_the_word_beside_name_and_date(typed: str, texts: Texts) -> None:
    assert as_founded(typed, texts) == "京东金融什么时候独立运营的？"


@pytest.mark.parametrize(
    "typed",
    [
        "京东众筹什么时候成立的",  # the text has just that word
        "京东支付哪年成立的",  # the text does not say
        "京东金融哪年独立运营的",
        "京东金融有哪些业务",
    ],
)
def test_other_questions_stay_as_they_are(typed: str, texts: Texts) -> None:
    assert as_founded(typed, texts) == typed


def test_of_another_thing_nothing_is_taken(company: Path) -> None:
    texts = Texts(open_index(company))
    assert as_founded("云杉茶业哪年成立的", texts) == "云杉茶业什么时候创办的？"
    for typed in (
        "云杉研究所哪年创办的",
        "云杉工会哪年成立的",
        "云杉实验室哪年成立的",
        "茶业哪年成立的",
    ):
        assert as_founded(typed, texts) == typed


def test_the_answer_is_the_date(company: Path) -> None:
    answer = Assistant.open(company).answer("云杉茶业是哪年成立的？")
    assert answer.short is not None
    assert "2009年" in answer.short
