"""Questions made of statements: what is asked for stands where they say, or nowhere."""

from __future__ import annotations

import random

from qa.reader.training.cloze import Clozes
from qa.reader.training.examples import Example, Kind

ARTICLE = (
    "青禾书店成立于2012年3月，创办人是王立新。书店在平江县有6家分店，员工共有84人。"
    "2019年，书店的销售额为3200万元，比上一年增长了12.5%。"
    "店里经营的品类包括小说、童书、教材、地图和唱片等。"
    "书店每周六举办读书会，平均每场有45人参加。2021年5月，李慧敏接任店长，她提出了新的计划。"
    "按照计划，书店将在临湖镇开设一家新店，总投资为560万元，预计2023年8月开业。"
    "新店面积为1500平方米，分为阅读区、咖啡区、展览区和儿童区等。"
    "书店还与三所学校合作，为学生提供《千字文》和《诗经》的讲座，到场的学生有230名。"
    "到2022年底，书店的会员达到1.8万人，其中有62%是学生。"
)


def drawn(count: int = 300) -> list[Example]:
    clozes = Clozes([ARTICLE], random.Random(4))
    found = (clozes.draw() for _ in range(4 * count))
    return [one for one in found if one is not None][:count]


def test_an_answer_is_where_it_is_said_to_be_and_not_in_its_question() -> None:
    held = [one for one in drawn() if one.kind is Kind.HOLDS]
    assert len(held) > 100
    for one in held:
        assert one.answer
        assert one.window.count(one.answer) == 1
        assert one.answer not in one.question
        assert all(one.start <= a < b <= one.end for a, b in one.items or ())


def test_no_window_without_an_answer_holds_it() -> None:
    others = [one for one in drawn() if one.kind is not Kind.HOLDS]
    assert {one.kind for one in others} == {Kind.CHANGED, Kind.REMOVED, Kind.SIBLING}
    for one in others:
        assert (one.start, one.end) == (0, 0)
        assert one.window


def test_a_list_is_asked_for_whole_and_taken_apart() -> None:
    lists = [one for one in drawn() if one.kind is Kind.HOLDS and one.items]
    found = {tuple(one.window[a:b] for a, b in one.items or ()) for one in lists}
    assert ("小说", "童书", "教材", "地图", "唱片") in found


def test_a_changed_question_names_what_its_window_does_not() -> None:
    changed = [one for one in drawn() if one.kind is Kind.CHANGED]
    assert changed
    plain = {one.question.rstrip("？?") for one in drawn() if one.kind is Kind.HOLDS}
    assert not {one.question.rstrip("？?") for one in changed} & plain


def test_the_same_seed_draws_the_same() -> None:
    assert drawn(40) == drawn(40)


def test_an_article_without_anything_to_ask_for_gives_nothing() -> None:
    clozes = Clozes(["今天天气很好。" * 40], random.Random(1))
    assert [clozes.draw() for _ in range(20)] == [None] * 20
