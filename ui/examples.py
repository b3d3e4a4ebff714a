"""Questions the page offers on the article that comes with the package.

Each shows another kind of question; the follow-up is asked after its first question, and the last
one has no answer in the article. For any other index the page asks the assistant what to suggest.
"""

from __future__ import annotations

BUILT_IN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("list", ("京东金融存在哪些问题？",)),
    ("fact", ("京东支付的市场份额是多少？",)),
    ("count", ("京东金融有几大业务板块？",)),
    ("why", ("京东支付为什么在各场景中铺展不开？",)),
    ("yesno", ("京东金融有银行牌照吗？",)),
    ("overview", ("这篇文章讲了什么？",)),
    ("follow", ("京东众筹是什么时候成立的？", "它有哪三大业务？")),
    ("refused", ("京东金融的CEO是谁？",)),
)
