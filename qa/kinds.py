"""What is being asked for: the kind of question, read from its form.

Chinese marks the kind by a small closed set of words (多少, 哪些, 为什么, 吗 …), so patterns over
the folded question do it; no model is needed. The first kind whose cue is there wins.
"""

from __future__ import annotations

import re
from enum import StrEnum

from corpus import fold


class Asked(StrEnum):
    """Kinds of question; what a good answer to each looks like is in ``qa.compose``."""

    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    OVERVIEW = "overview"
    COMPARISON = "comparison"
    COUNT = "count"
    LIST = "list"
    WHY = "why"
    DATE = "date"
    NUMBER = "number"
    WHO = "who"
    PURPOSE = "purpose"
    DEFINITION = "definition"
    HOW = "how"
    YESNO = "yesno"
    FACT = "fact"


SOCIAL = frozenset({Asked.GREETING, Asked.THANKS, Asked.HELP})
# Kinds whose answer is one short span of the text.
SHORT = frozenset({Asked.FACT, Asked.NUMBER, Asked.DATE, Asked.WHO})
# Kinds whose answer is the sentences that say it, in the text's order.
EXPLAIN = frozenset({Asked.WHY, Asked.HOW, Asked.DEFINITION, Asked.PURPOSE})

_MEASURE = "个大种类项点条款步块家剂样档件层"
_TEXT = "(?:这篇|本|该|此|全)?(?:文章|文|文本|材料|报告|论文|资料|通篇|全文|本文)"

_CUES: tuple[tuple[Asked, re.Pattern[str]], ...] = tuple(
    (asked, re.compile(pattern))
    for asked, pattern in (
        (
            Asked.GREETING,
            r"^(?:你|您|大家)?(?:好|们好|早|早上好|上午好|中午好|下午好|晚上好|晚安)[呀啊哦吗]?$"
            r"|^(?:嗨|哈喽|哈啰|hi|hello|hey|在吗|在不在|有人吗)$",
        ),
        (
            Asked.THANKS,
            r"^(?:好的?|嗯|ok)?[,，]?(?:非常|十分|太)?(?:谢谢|多谢|感谢|thanks|thankyou|thx|辛苦了?|再见|拜拜|bye)",
        ),
        (
            Asked.HELP,
            r"^(?:请问)?(?:你|您|这个助手|助手)(?:是谁|是什么|叫什么|能(?:够)?(?:做|干|帮|回答)|会(?:做|干)?(?:什么|啥)|可以(?:做|帮|回答))"
            r"|^(?:怎么|如何)(?:使?用你|提问|问你)|^(?:帮助|help|使用说明)$",
        ),
        (
            Asked.OVERVIEW,
            rf"^(?!.*(?:何谓|什么是|什么叫)).*(?:{_TEXT}(?:的)?(?:主要|大概|大致|到底|究竟)?(?:都)?(?:讲|说|写|谈|介绍|论述|讨论|围绕|内容|大意|主旨|主题|中心|要点|观点|结构|框架|结论|核心内容)"
            rf"|(?:概括|总结|概述|归纳|简述|梳理|介绍)(?:一下|下)?{_TEXT}|^(?:内容)?(?:概要|摘要|总结|大意)$"
            r"|战略(?:是(?:什么|啥|怎样的|怎么样的)|有哪些)?(?:呢)?$|战略.{0,4}(?:什么|哪些|怎样|如何)"
            r"|(?:讲|说|写)的?(?:是)?(?:什么|啥)(?:内容)?$|摘要|(?:怎么|如何|帮我|请)(?:概括|总结|归纳))",
        ),
        (
            Asked.OVERVIEW,
            r"大纲|提纲|目录结构|按章节|脉络|第[一二三四五六七八九十\d]+(?:个)?(?:大)?(?:部分|章|节)(?!.*(?:多少|几|谁|何时|什么时候|哪年|为什么|吗$))",
        ),
        (
            Asked.YESNO,
            r"^(?!.*(?:什么|多少|哪|谁|为何|为啥|怎么|如何|怎样|几[个大种类项])).*(?:吗|么|嘛|对吧|是吧)$",
        ),
        (
            Asked.COMPARISON,
            r"(?:和|与|跟|同|还是|vs|比|、).{1,16}[,，]?(?:谁|哪(?:一)?[个家款条种边方])|(?:谁|哪个|哪家|哪一[个家方项种样件类款]|哪[边项种样件类款]).{0,12}?(?:更|比较|较|最)?(?:大|高|多|强|早|晚|小|低|少|快|慢|长|短|重|轻|贵|便宜|领先|占优|靠前|在前|在后|在先)(?:一些|一点|些|点)?(?:呢)?$"
            r"|(?:相比|比起来|对比|比较).{0,12}(?:谁|哪)|.(?:比|高于|低于|大于|小于|多于|少于|超过).{1,20}(?:大|高|多|强|早|晚|小|低|少)?(?:吗|么|没有|不)$"
            r"|(?:差|相差|高出|低了?|多出|少了?)多少",
        ),
        (
            Asked.COUNT,
            rf"(?<!哪)(?:多少|几)(?:[{_MEASURE}]|方面|部分|阶段)(?!月|年|日|号|小时|分钟)(?!.{{0,6}}(?:什么|哪些|具体|分别|是啥|各是))",
        ),
        (
            Asked.LIST,
            rf"哪(?:些|几)|哪[二三四五六七八九十两\d]+[{_MEASURE}样位]|(?:逐项|逐条|一一|全部|都|全)(?:给我)?列|列(?:出来|一下|个)|有(?:些)?(?:什么|啥)(?:样的|类型的|种类的)?(?!时候|用|关系|意义|作用|区别|好处|特别)|(?:包括|包含|涵盖|囊括|含有|涉及)(?:了|着)?(?:哪|什么|啥)|分(?:为|成|了)(?:哪|什么|几)|列举|列出|罗列|分别(?:是|有|为|叫|指)|(?:几|多少)[{_MEASURE}].{{0,8}}(?:什么|哪些|具体|分别|是啥|各是)|由(?:哪|什么).{{0,6}}(?:组成|构成)|都(?:有|是|包括|包含)(?:哪|什么|啥|谁)|(?:提供|推出|销售|卖|做)了?(?:哪|什么|啥)(?!的)|(?:哪|什么)(?:东西|内容|部分)(?:组成|构成)",
        ),
        (
            Asked.WHY,
            r"为什么|为何|为啥|何以|何故|缘何|因何|怎么会|凭什么|原因|缘由|缘故|根源|根子|症结|理由|依据何在|怎么(?:只|就|还|这么|那么|没)|干[嘛吗]要|因为(?:什么|啥)|(?:跟|和|与)(?:什么|啥)有关",
        ),
        (
            Asked.DATE,
            r"什么时候|什么时间|啥时候|何时|何年|何月|哪(?:一)?(?:年|月|天|日)|几(?:月|号|日|年|点)|哪(?:一)?个?(?:季度|月份|年度|年份)|哪段时间|哪几天|(?:日期|时间|年份)(?:是|为|呢|$)|几时",
        ),
        (
            Asked.NUMBER,
            r"多少|多久|多长时间|几(?:成|倍|分|百|千|万|亿|%|[^乎时何])|百分之几|多大|多高|多长|多重|多远|(?:占比|比例|比重|份额|金额|规模|数量|总额|总量|数字|人数|市占率|占有率)(?:是|为|有|呢|$|如何|怎么样|怎样)|数(?:是|为)多",
        ),
        (
            Asked.WHO,
            r"谁|什么人|哪(?:个|位)(?:人|作者|专家|负责人)|哪位|(?:作者|创始人|负责人|董事长|ceo|总裁)(?:是|叫|为|$)",
        ),
        (
            Asked.PURPOSE,
            r"(?:作用|目的|用途|意义|用处|好处|价值|宗旨|影响)(?:是|有|在|为|呢|$|如何|何在)|有(?:什么|啥|何)(?:样的)?(?:重要)?(?:作用|用|意义|用处|好处|影响)|为了(?:什么|啥|干)|起(?:到)?(?:什么|啥|何)|(?:想|图|求|防|为的是|达到|实现).{0,4}(?:什么|啥)(?:效果|目标|目的|结果)?$|怎样的目标",
        ),
        (
            Asked.DEFINITION,
            r"^(?:请问|请|麻烦|想问|问一下)?(?:到底)?(?:什么|啥)(?:是|叫|叫做)|(?:是|指)(?:的)?(?:个)?(?:什么|啥)(?:东西|意思|概念|业务|产品|玩意儿?|公司|平台|机构|技术)?(?:呢|呀|啊|来着)?$|是(?:个|一个|一家|一种)?(?:什么样|怎样|什么性质|哪(?:一)?[类种])的?|何谓|何为|(?:定义|含义|概念|意思)(?:是|为|呢|$)|(?:干|做)(?:什么|啥|嘛|吗)(?:用)?的|干嘛(?:的|用)|(?:解释|介绍|说明|概述|概括|讲|说|谈|聊)(?:一下|下)|^(?:简单|简要|大概|大致)?(?:介绍|概述|概括|讲讲|说说|谈谈|聊聊)|怎么(?:一)?回事|(?:什么|啥)样子?$|概况$|(?:状况|情况)(?:总结|介绍|如何|怎么样|怎样)?$|怎么(?:理解|定义|解释)|如何(?:理解|定义|解释)",
        ),
        (
            Asked.HOW,
            r"怎么|怎样|如何|咋|(?:什么|哪种|何种)(?:方式|方法|途径|手段|办法|措施|思路)|(?:方式|方法|途径|办法|措施)(?:是|为)(?:什么|啥)",
        ),
        (
            Asked.YESNO,
            r"(?:吗|(?<![什怎那这多])么|嘛)$|是否|是不是|有没有|有无|能不能|能否|可不可以|可否|会不会|要不要|对不对|属不属于|算不算|(?P<verb>[\u4e00-\u9fff])不(?P=verb)|(?:没有|没)$|(?:对吧|是吧)$",
        ),
    )
)

_TAIL = re.compile(r"[\s?？!！。.,，、~～…]+$")
_FILLER = re.compile(
    r"^(?:请问(?:一下)?|请|麻烦(?:你|您)?(?:告诉我|问(?:一)?下|说(?:一)?下)?|(?:我)?(?:想|要|想要)(?:问|知道|了解|请教|咨询|确认)(?:一下|下)?|"
    r"(?:你|您)?(?:能|可以|能不能|可否)?(?:告诉|跟|和|给)我(?:说|讲|介绍)?(?:一下|下|说)?|帮我(?:查|看|找|说|列|总结)?(?:一下|下)?|问(?:一下|下)|"
    r"(?:根据|按照?|依据?)(?:这篇|本|该|上)?(?:文章?|文中|材料|报告)(?:的)?(?:内容|说法|介绍)?|(?:这篇|本)?文(?:章)?(?:中|里)(?:提到|说|指出|介绍)?(?:的)?|话说|那个|嗯|呃|哎|唉|诶|额)[,，、:：\s]*"
)
_SOFT_TAIL = re.compile(r"(?:呢|呀|啊|哦|哈|吧|来着|谢谢|多谢|拜托了?)$")


def plain(question: str) -> str:
    """The question folded, without spaces, opening courtesies and closing marks."""
    text = re.sub(r"\s+", "", fold(question))
    while True:
        shorter = _FILLER.sub("", _TAIL.sub("", text))
        if shorter == text or not shorter:
            return shorter or text
        text = shorter


def asked(question: str) -> Asked:
    """The kind of ``question``."""
    text = plain(question)
    bare = _SOFT_TAIL.sub("", text) or text
    whole = _TAIL.sub("", re.sub(r"\s+", "", fold(question)))
    for kind, cue in _CUES:
        if cue.search(bare) or cue.search(text) or (kind is Asked.THANKS and cue.search(whole)):
            return kind
    return Asked.FACT
