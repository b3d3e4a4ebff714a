"""What of a saved page is not the article.

A page saved as text begins with its site's header and ends with its footer. Such lines are short,
do not end like sentences, and speak of places to go, share, call or add. Each kind of sign is
weak: a letter ends with a telephone number, a poem is all short lines. So nothing is set aside
unless the edges of the text show at least two kinds of sign, one of them a sign that authors do not
write (a breadcrumb, a menu, a copyright line …). Then the header goes up to the title and the
footer from its first sign on. What HTML marks as navigation or footer is set aside in any case, and
so are lines of nothing but drawn signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from corpus.dates import is_date_line
from corpus.labels import find_label
from corpus.lines import ENDED, Line, Role
from corpus.structure import is_caption, is_known_heading
from corpus.terms import fold


class Sign(StrEnum):
    """Why a line looks like a page's furniture."""

    CRUMB = "crumb"
    MENU = "menu"
    SITE = "site"
    SHARE = "share"
    NEXT = "next"
    LEGAL = "legal"
    CONTACT = "contact"
    PROMOTION = "promotion"
    AD = "ad"
    LINKS = "links"


# Authors write telephone numbers and invitations too; these alone make no page.
_SUPPORTING = frozenset({Sign.CONTACT, Sign.PROMOTION, Sign.AD})

# On folded lines: simplified script, half-width signs, lower case.
_PATTERNS: tuple[tuple[Sign, re.Pattern[str]], ...] = tuple(
    (sign, re.compile("|".join(patterns)))
    for sign, *patterns in (
        (
            Sign.CRUMB,
            r"(?:当前|所在|您的?|你的?)的?(?:所在)?位置\s*:",
            r"^(?:网站)?(?:首页|主页|home)\s*[>»›/→]",
            r"^[^\s>»›]{1,12}(?:\s*(?:>>?|»|›|→)\s*[^\s>»›。]{1,20}){2,}\s*[>»›]?$",
        ),
        (
            Sign.SITE,
            r"^.{0,12}(?:首页|主页)$|设为首页|加入收藏|网站地图|站内搜索|skip to content",
            r"返回(?:顶部|首页|列表)|回到顶部|^(?:关闭|打印)(?:本页|窗口)?$",
            r"^(?:登[录陆入]|注册|登[录陆入]\s*[/|]?\s*注册|搜索|手机版|移动版|客户端|下载app|菜单|导航)$",
            r"^(?:search|menu|log ?in|sign ?(?:in|up))$",
        ),
        (
            Sign.SHARE,
            r"分享(?:到|至|按钮)|分享\s*:|字号\s*:|我要(?:纠错|评论|投稿)|[大小]\s+中\s+[大小]$",
            r"^(?:分享|收藏|点赞|打赏|打印|评论)(?:\s*[(]?\d*[)]?\s+\S{1,8})*$",
            r"(?:微信|微博|qq空间|朋友圈)[\s|、/]+(?:微信|微博|qq空间|朋友圈)",
            r"^(?:阅读|浏览|点击)(?:量|数|次数)?\s*[:(]?\s*\d+|share (?:this|on|to)",
            r"^(?:阅读原文|写留言|收录于合集.*|点个?(?:在看|赞).{0,20})$|在看\s*\d+",
        ),
        (
            Sign.NEXT,
            r"^(?:上|下|前|后)一?(?:篇|页|条)(?:文章|新闻)?\s*(?:[:]|$|\s)",
            r"^(?:相关|推荐|热门|最新|延伸|更多|热点)"
            r"(?:阅读|推荐|文章|新闻|链接|标签|资讯|内容|评论|排行)\s*:?$",
            r"^(?:网友|最新|全部|发表)?评论\s*[(:]|条评论|发表评论|^猜你喜欢|^大家都在看",
            r"^(?:previous|next|related)\b.{0,30}$",
        ),
        (
            Sign.LEGAL,
            r"版权(?:所有|声明)|copyright|©|\(c\)\s*\d{4}|all rights reserved|powered by",
            r"icp[备证]|公网安备|增值电信|不良信息举报",
            r"未经.{0,8}(?:授权|许可|允许|同意).{0,8}(?:转载|复制|使用)|转载请(?:注明|联系)",
            r"侵权?.{0,10}(?:删除?|联系)(?:[。,;]|$)|免责声明|法律声明|隐私(?:政策|声明)",
        ),
        (
            Sign.CONTACT,
            r"(?:电话|热线|传真|手机|客服|qq群?|tel|邮箱|e-?mail|微信)\s*:|\*{3,}",
            r"(?:服务|咨询|客服|联系)(?:电话|热线)",
            r"(?<!\d)(?:0\d{2,3}[- ]?\d{7,8}|400[- ]?\d{3,4}[- ]?\d{3,4})(?!\d)",
            r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)",
        ),
        (
            Sign.PROMOTION,
            r"扫(?:一扫|码|描)|二维码|微信号|公众号|(?:加|添加).{0,6}(?:好友|微信)|一键复制",
            r"(?:点击|长按|立即|马上|免费|在线).{0,6}(?:按钮|链接|报名|下载|咨询|复制|关注|注册|购买"
            r"|试用|领取|申请|加入|接入|办理|开户)|限时|优惠|特惠|加盟|招商|代理",
        ),
        (
            Sign.AD,
            r"^[【\[(]?\s*(?:广告|推广|赞助(?:内容)?|sponsored|advertisement)\s*(?:[】\]):]|$)",
        ),
    )
)
_BYLINE = re.compile(
    r"(?:来源|文章来源|作者|责任编辑|责编|编辑|编审|校对|审核|文章编号|浏览|阅读|点击)\s*[:：]",
    re.I,
)
_EDITOR = re.compile(r"^[（(]?\s*(?:责任编辑|责编|编辑|来源|文章来源)\s*[:：].{1,60}$")
# How much running text a header or a footer may hold: of all there is, and in characters.
_EDGE_SHARE, _EDGE_LENGTH = 0.1, 60
_FIELDS = re.compile(r"\s*[|｜·•/]\s*|\s+")


def set_aside(lines: Sequence[Line], page_title: str = "") -> frozenset[int]:
    """The numbers of the lines that are not part of the text itself."""
    aside = {
        number
        for number, line in enumerate(lines)
        if line.mark.aside or line.role in (Role.RULE, Role.META)
    }
    signs = [_sign(line) for line in lines]
    prose = [
        _is_prose(line, sign) and n not in aside
        for n, (line, sign) in enumerate(zip(lines, signs, strict=True))
    ]
    if not any(prose):
        return frozenset(aside)
    top, bottom = _edges(lines, signs, prose)
    edges = [signs[n] for n in (*range(top), *range(bottom, len(lines)))]
    kinds = {sign for sign in edges if sign}
    is_page = len(kinds) >= 2 and not kinds <= _SUPPORTING
    if not is_page and not any(line.mark.aside for line in lines):
        return frozenset(aside)
    if is_page:
        aside |= _header(lines, signs, top, page_title)
        aside.update(range(bottom, len(lines)))
    aside |= _middle(lines, signs, prose, range(top, bottom), aside)
    return frozenset(aside)


def _sign(line: Line) -> Sign | None:
    """What kind of furniture the line looks like, if any."""
    text = line.text
    if len(text) > 120 or line.role in (Role.HEADING, Role.ROW, Role.CODE):
        return None
    if line.role is Role.RULE:
        return Sign.CONTACT if "**" in text and " " in text else None
    folded = fold(text)
    for sign, pattern in _PATTERNS:
        if pattern.search(folded):
            return sign
    fields = [field for field in _FIELDS.split(text) if field]
    if not ENDED.search(text) and all(len(f) <= 8 and not f[0].isdigit() for f in fields):
        if len(fields) >= 3 and re.search(r"[|｜]", text):
            return Sign.MENU
        if len(fields) >= 6:
            return Sign.MENU
    if line.mark.links > 0.8 and len(text) <= 30:
        return Sign.LINKS
    return None


def _is_prose(line: Line, sign: Sign | None) -> bool:
    """Running text: a sentence with its stop, or a line too long for anything else."""
    text = line.text
    if line.role not in (Role.PLAIN, Role.ITEM) or (
        sign and sign not in (Sign.PROMOTION, Sign.CONTACT)
    ):
        return False
    stops = len(re.findall(r"[。！？；，,、]", text))
    if sign and len(text) < 40:
        return False
    return (
        len(text) >= 60
        or (len(text) >= 15 and bool(ENDED.search(text)))
        or (len(text) >= 30 and stops >= 2)
    )


def _edges(
    lines: Sequence[Line], signs: Sequence[Sign | None], prose: Sequence[bool]
) -> tuple[int, int]:
    """Where the header ends and where the footer begins.

    A header may hold a slogan and a footer a paragraph about the site, so their bounds are not
    simply the first and last running text: a breadcrumb closes a header, and a footer is where
    signs are dense and hardly any running text is left.
    """
    running = [len(line.text) if yes else 0 for line, yes in zip(lines, prose, strict=True)]
    allowed = max(sum(running) * _EDGE_SHARE, _EDGE_LENGTH)
    top = prose.index(True)
    for number, sign in enumerate(signs):
        if sum(running[:number]) > allowed:
            break
        if sign is Sign.CRUMB and any(prose[number:]):
            top = prose.index(True, number)
    last = len(lines) - 1 - list(reversed(prose)).index(True)
    bottom = len(lines)
    covered = _covered(lines, signs)
    for number in range(top + 1, len(lines)):
        if signs[number] in (None, Sign.CONTACT):  # the author's own, as like as not
            continue
        left = sum(running[number:])
        dense = sum(covered[number:]) * 5 >= (len(lines) - number) * 2
        if dense and (number > last or left <= allowed):
            bottom = number
            break
    return top, bottom


def _covered(lines: Sequence[Line], signs: Sequence[Sign | None]) -> list[bool]:
    """Lines with a sign, drawn lines, and the short lines listed under a 相关阅读."""
    covered, listing = [], False
    for line, sign in zip(lines, signs, strict=True):
        if sign:
            listing = sign is Sign.NEXT
        elif listing and (len(line.text) > 40 or ENDED.search(line.text)):
            listing = False
        covered.append(bool(sign) or listing or line.role is Role.RULE)
    return covered


def _header(
    lines: Sequence[Line], signs: Sequence[Sign | None], top: int, page_title: str
) -> set[int]:
    """Everything above the title, and below it the lines of date, source and sharing."""
    title = _title(lines, signs, top, page_title)
    aside = set()
    for number in range(top):
        line = lines[number]
        furniture = signs[number] is not None or is_date_line(line.text)
        byline = len(line.text) <= 60 and _BYLINE.search(line.text) is not None
        if (title is not None and number < title) or (number != title and (furniture or byline)):
            aside.add(number)
    return aside


def _title(
    lines: Sequence[Line], signs: Sequence[Sign | None], top: int, page_title: str
) -> int | None:
    able = [
        number
        for number in range(top)
        if signs[number] is None
        and lines[number].role in (Role.PLAIN, Role.HEADING)
        and len(lines[number].text) >= 4
        and not is_date_line(lines[number].text)
        and not _BYLINE.search(lines[number].text)
        and (lines[number].role is Role.HEADING or find_label(lines[number].text) is None)
    ]
    if not able:
        return None
    for number in able:
        if lines[number].mark.level == 1 or (
            page_title and page_title.startswith(lines[number].text)
        ):
            return number
    dated = [n for n in range(top) if is_date_line(lines[n].text)]
    above = [number for number in able if dated and number < dated[0]]
    if above:
        return (
            above[-1] if above[-1] == dated[0] - 1 else max(above, key=lambda n: len(lines[n].text))
        )
    header = [n for n in range(top) if signs[n] and signs[n] is not Sign.SHARE]
    below = [number for number in able if not header or number > header[-1]]
    return below[0] if below else max(able, key=lambda n: len(lines[n].text))


def _middle(
    lines: Sequence[Line],
    signs: Sequence[Sign | None],
    prose: Sequence[bool],
    body: range,
    aside: set[int],
) -> set[int]:
    """Advertisements and share buttons between paragraphs, and captions of lost images."""
    found = set()
    for number in body:
        if number in aside or prose[number]:
            continue
        line = lines[number]
        interrupts = signs[number] not in (None, Sign.CONTACT, Sign.LEGAL, Sign.SITE)
        if (interrupts and not find_label(line.text)) or _EDITOR.match(line.text):
            found.add(number)
    kept = [number for number in body if number not in aside and number not in found]
    headed = sum(
        lines[n].role is Role.HEADING or (find_label(lines[n].text) is not None and not prose[n])
        for n in kept
    )
    # Without any other headings a short line between paragraphs may well be one.
    lone = {number for number in kept if headed >= 2 and _is_lone(lines[number], prose[number])}
    for place, number in enumerate(kept):
        near = [kept[p] for p in (place - 1, place + 1) if 0 <= p < len(kept)]
        repeated = any(
            is_caption(lines[n]) and lines[n].text.endswith(lines[number].text) for n in near
        )
        signed = any(is_date_line(lines[n].text) for n in near)  # who, above the date
        if number in lone and not signed and (repeated or not any(n in lone for n in near)):
            found.add(number)
    return found


def _is_lone(line: Line, prose: bool) -> bool:
    """A short plain line that is no sentence, no heading, no item: an image's caption, probably."""
    text = line.text
    return (
        not prose
        and line.gap
        and line.role is Role.PLAIN
        and len(text) <= 25
        and not re.search(r"[。！？；!?;，,：:]", text)
        and text[0] not in '（(“"「『《—'
        and find_label(text) is None
        and not is_caption(line)
        and not is_known_heading(text)
        and not is_date_line(text)
    )
