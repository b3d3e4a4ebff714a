"""Near misses made of questions that are answered: of the right subject, what is not said of it.

Two kinds. Something that texts often say and this stretch does not: its price, its rivals, its
faults (``asked_in_vain``). And the reason of what is said or denied, where no reason is given
(``without_reason``).
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import fold
from qa.evaluate import Case
from qa.inquiry import Key
from qa.reader.claims import ANSWER_IN_CLAIM, asking
from qa.reader.examples import Example
from tests.benchmarks.swapping import unanswered


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to ask of a subject, and the words of which one stands wherever it is spoken of."""

    spoken: re.Pattern[str]
    asked: tuple[str, ...]


# fmt: off
MATTERS = tuple(
    Matter(re.compile(spoken), tuple(asked.split()))
    for spoken, asked in (
        ("利率|利息|年化|费率|%", "{}的利率是多少 {}年化多少 {}的费率有多高 {}利息怎么算"),
        ("价|元|钱|费|免费|成本", "{}多少钱 {}的价格是多少 {}收费标准是什么 {}要花多少钱"),
        ("估值|市值|融资|亿", "{}的估值是多少 {}最新估值多少亿 {}市值多少"),
        ("营收|收入|销售额|利润|亏损|盈利|亿|万",
         "{}去年营收多少 {}的净利润是多少 {}赚了多少钱 {}一年亏了多少"),
        ("员工|人员|职工|团队|人", "{}有多少员工 {}的团队有多少人 {}员工数是多少"),
        ("总部|位于|地址|坐落|设在|市|省|区", "{}的总部在哪里 {}在什么地方 {}的地址是什么"),
        ("创始人|创办|创立|董事长|ceo|总裁|总经理|负责人|主任",
         "{}的创始人是谁 {}的CEO是谁 {}由谁负责 {}的负责人叫什么"),
        ("成立|创立|创办|建立|上线|推出|开始|年", "{}是什么时候成立的 {}哪一年上线的 {}何时推出的"),
        ("用户|客户|会员|人次|万人|亿", "{}有多少用户 {}的用户数是多少 {}客户有多少"),
        ("份额|占比|占有率|%|比重", "{}的市场份额是多少 {}占比多少 {}的市场占有率有多高"),
        ("对手|竞争|相比|同行|竞品", "{}的竞争对手有哪些 {}的主要对手是谁 {}和同行比有什么差距"),
        ("问题|不足|缺点|缺陷|弊|短板|薄弱|风险|困难|瓶颈|难|短缺|缺乏|低|差",
         "{}有什么缺点 {}存在哪些问题 {}有哪些不足 {}的短板是什么"),
        ("建议|应|对策|措施|改进|需要|要",
         "针对{}有什么改进建议 对{}作者提了哪些对策 {}应该怎么改进"),
        ("优势|优点|领先|好处|强|依托|凭借", "{}的优势是什么 {}有什么优点 {}强在哪里"),
        ("合作|伙伴|联合|签约|携手|与", "{}的合作伙伴有哪些 {}和哪些机构合作 {}跟谁签了约"),
        ("电话|热线|客服|拨打|联系", "{}的客服电话是多少 怎么联系{}"),
        ("奖|荣誉|评为|称号", "{}获得过哪些奖项 {}拿过什么奖"),
        ("流程|步骤|首先|先|第一|申请|办理", "{}怎么申请 {}的办理流程是什么 {}分哪几步"),
        ("条件|要求|资格|须|必须|满足", "{}需要什么条件 申请{}有什么要求"),
        ("期限|天|个月|年|日|有效", "{}的期限是多长 {}要多久 {}有效期是几年"),
        ("预计|计划|未来|将|目标|下一步", "{}未来有什么计划 {}下一步要做什么 {}明年的目标是多少"),
        ("起源|历史|最早|由来|来源|源于", "{}的由来是什么 {}最早出现在什么时候"),
        ("种|类|分为|包括|包含|、", "{}分为哪几类 {}包括哪些 {}有哪些种类"),
        ("评价|认为|表示|称|说|指出", "专家怎么评价{} 用户对{}有什么评价 业内怎么看{}"),
        ("逾期|违约|罚|赔|处罚|责任", "{}逾期会怎样 违反{}怎么处罚 {}出了问题谁赔"),
        ("安全|隐私|保密|泄露|加密", "{}安全吗 {}怎样保护用户隐私"),
        ("意义|作用|影响|促进|有利|有助|推动|提高|帮助",
         "{}有什么意义 {}的作用是什么 {}带来了什么影响"),
        ("上市|股票|挂牌|ipo|代码", "{}上市了吗 {}的股票代码是什么"),
        ("技术|算法|系统|模型|数据|平台", "{}用的是什么技术 {}的技术原理是什么"),
        ("退|取消|停|关闭|终止|下线|结束", "{}为什么被关闭 {}什么时候停止的 {}为什么退出市场"),
        ("失败|亏|下滑|下降|减少|丢|跌", "{}为什么失败了 {}下滑的原因是什么 {}为什么越来越少"),
    )
)
# fmt: on
DIGITS = "0123456789"
REASON = re.compile(
    r"因|由于|所以|为了|为此|旨在|以便|从而|导致|使|原因|出于|鉴于|目的|得益|凭借|依靠|依托|有利|有助|"
    r"是为|以满足|以提|考虑|源于|需要|便于|避免|防止|保证|保障|确保|着眼|顺应|不足|起步晚"
)
WHY = ("为什么{}？", "为何{}", "{}，原因是什么", "{}是出于什么考虑？", "为啥{}")
_YESNO = re.compile(r"[?？。 ]*$|(?:吗|么|嘛|吧|对吗|是吗)[?？]*$")


def asked_in_vain(keys: Sequence[Key], example: Example, rng: random.Random) -> Example | None:
    """A question of something that the window and its headings do not say of their subject.

    None when the question has no subject there, or when what was drawn is spoken of.
    """
    said = fold(f"{example.heading}\n{example.window}")
    subjects = [
        key.word
        for key in keys
        if len(key.word) > 1 and key.word in said and key.word[0] not in DIGITS
    ]
    matter = rng.choice(MATTERS)
    if not subjects or matter.spoken.search(said):
        return None
    question = rng.choice(matter.asked).format(max(subjects, key=len))
    return unanswered(example, question + rng.choice(["？", "", "?"]))


def without_reason(case: Case, example: Example, rng: random.Random) -> Example | None:
    """Why is so what the window says, without a reason; or why is so what it denies.

    None when the question makes no such claim, or when a reason may be given.
    """
    claim = _claim(case, example)
    if claim is None or REASON.search(example.window):
        return None
    return unanswered(example, rng.choice(WHY).format(claim))


def _claim(case: Case, example: Example) -> str | None:
    if case.type == "yesno":
        bare = _YESNO.sub("", _YESNO.sub("", example.question))
        return bare if not re.search(r"是否|是不是|有没有|能不能|会不会|能否|[,，]", bare) else None
    found = asking(example.question)
    answer = case.short[0] if case.short else ""
    if found is None or not answer or len(answer) > ANSWER_IN_CLAIM:
        return None
    _, start, end = found
    rest = example.question[end:].rstrip("？?。 ")
    if rest and answer.endswith(rest[0]):  # 多少|人, 300人
        rest = rest[1:]
    return example.question[:start] + answer + rest
