"""What speaks for and against the text answering a question: the signs a refusal is decided on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import fold, numerals
from qa.compose import Draft
from qa.figures.compare import IS_CONTRAST, sides
from qa.quantities import quantities
from qa.question.inquiry import Inquiry, Key, is_idle
from qa.question.kinds import SHORT, Asked
from qa.question.sorts import sort_asked, sort_of
from qa.search.forms import form
from qa.search.rank import UNREAD, Sight
from qa.search.retrieve import coverage, spoken
from qa.short.spans import other_unit
from qa.texts import Place, Texts

SPOKEN = 0.5  # a word of which less is said is not spoken of
SAID = 0.99  # share of the key words that a sentence must have to speak of all that is asked
# The reader's log-odds count for no less where such a sentence has a figure of the unit asked for.
# Set by hand: taught many near misses about shares, it doubts 京东支付的市场份额, said there.
LEAST = 3.0
LEAST_WHO = 1.0  # … or of who it is, which has no form of its own
# Shares of the key words before 导致, at least, and after it, at most, for their effect to be told.
TOLD, LEFT = 0.7, 0.3
# The reader's log-odds from which a text may answer in words all others than the question's; and
# where the question names nothing at all (有什么用). Of 4,283 development questions, 1,208
# of them fitted on, the first at 0 in place of 2 answers eleven more, and one in vain.
SEEN, SEEN_UNNAMED = 0.0, 2.0

_COUNTED_OFF = re.compile(
    r"第?(?P<n>[一二三四五六七八九十]+|\d+)(?P<of>季度|届|期|代|批|轮|阶段|单元|版|号楼|号线)"
)
# What is asked for only by its sort (哪些|材料), or as what is done (什么时候|生效).
_SORT = re.compile(
    r"(?:哪些|什么时候|什么|啥|哪几[个种项类]|哪一?[个种项类]|何时|几时|哪天|怎么|怎样|如何|为什么)"
    r"(?:开始|正式|才|能|会|可以)?(?P<word>[\u4e00-\u9fff]{2,4})$"
)
_VARIANT = re.compile(
    r"(?P<model>[a-z]*\d+[a-z]*|[\u4e00-\u9fff]{2}) ?(?P<variant>pro|max|plus|mini|ultra|lite"
    r"|(?:青春|旗舰|标准|专业|豪华|高配|低配|升级|纪念|尊享|限量|国际|海外|至尊|入门|学生|儿童)版)"
)
_WORD = re.compile(r"(?!.*(?:还是|[大小高低多少早晚快慢]))[\u4e00-\u9fff]{2,4}")
_ADVISES = re.compile(
    r"应(?![收用链])|建议|必须|请(?!求|示)|可以通过|(?:要|需)(?:加[强快]|完善|提[高升]|改[进善])"
)
_OPPOSITES = (
    ("外部", "内部"),
    ("线上", "线下"),
    ("国内", "国外"),
    ("国内", "海外"),
    ("上游", "下游"),
    ("前端", "后端"),
    ("进口", "出口"),
    ("收入", "支出"),
    ("优势", "劣势"),
    ("甲方", "乙方"),
    ("直接", "间接"),
    ("长期", "短期"),
)
# What comes of a thing, and what it comes of.
_RESULT = re.compile(r"导致|使得|使(?![用命者])|造成|以致|致使|制约")
_CAUSE = re.compile(
    r"担心|认为|考虑到|害怕|由于|因为|因(?![此而])|源于|得益|归因|原因|为了|鉴于|在于|加上|凭借|依托|所致"
)
_ASKS_MONEY = re.compile(
    r"(?:多少|几块?|多大)钱|多少元|什么价(?!值)|(?:价格|售价|单价|价钱)(?:是|为)?(?:多少|几)"
)
_MONEY = re.compile(
    r"元|钱|价|费|免收|不收|无偿|人民币|[镑币]|[$¥€￥]|[\d一二两三四五六七八九十百千万](?:块|角|分(?![钟之]))"
)
_ASKS_IN_UNITS = re.compile(
    r"(?:多少|几)(?:吨|公斤|千克|毫克|克|斤|毫升|升(?!级)|公里|千米|厘米|毫米|米)"
)
_DIMENSION_ASKED = re.compile(r"多([长高宽深厚重])(?!时|期)")
_DIMENSION = re.compile(r"[长高宽深厚重](?:度|量)?(?:约|为|达|是|有|近|超过)?$")
_OWNER = re.compile(
    r"(?P<owner>[^,，]{2,12}?)(?:目前|现在|如今|当前|主要|都|还|究竟|到底)*"
    r"(?:存在|面临|有|碰到|遇到)(?:着|了|过)?(?:哪|什么|啥|几)"
)


@dataclass(frozen=True, slots=True)
class Signs:
    """Between 0 and 1 but for those of the reader."""

    fit: float  # how well the draft fits the question
    near: float  # rescaled cosine of the best sentence
    around: float  # share of the key words where the answer stands
    strange: float  # share of the key words that stand nowhere in the index
    elsewhere: float  # … that stand in the index, but not where the answer does
    unfocused: float  # how far what is cited does not speak of what is wanted of the subject
    other_year: float  # 1 when the question names a year and the answer's surroundings do not
    other_number: float  # share of the question's other figures that they do not name
    other_unit: float  # 1 when nothing cited has the unit asked for
    formless: float  # 1 when nothing cited has the form of an answer of the asked kind
    read_short: float  # the reader's log-odds that a window answers, where one thing is asked for
    read_long: float  # … where a list or sentences are
    short: float  # 1 where one thing is asked for
    said: float  # the reader's log-odds that a sentence cited answers; 0 where none was read
    here: float  # its log-odds that the stretch around it does
    span: float  # its probability of the surest span in what is cited
    unread: float  # 1 when no sentence cited was read, as headings never are


def signs(texts: Texts, inquiry: Inquiry, sight: Sight, draft: Draft) -> Signs:
    """Weigh ``draft`` against what was asked."""
    candidates = sight.candidates
    places = {place for part in (*draft.parts, *draft.items) for place in part.places}
    # In the order of the candidates; what a whole text was looked through for is none of them.
    found = [one.place for one in candidates]
    cited = [one for one in found if one in places] or list(places) or found[:1]
    said = "\n".join(_surroundings(texts, one) for one in cited[:4])
    own = "\n".join(texts.reading(one.document).plain(one.sentence) for one in cited[:4])
    total = sum(key.weight for key in inquiry.keys) or 1.0
    strange = [key for key in inquiry.keys if not _known(texts, key.word)]
    elsewhere = [
        key for key in inquiry.keys if key not in strange and spoken(key.word, said) < SPOKEN
    ]
    figure = inquiry.asked in {Asked.NUMBER, Asked.COUNT}
    one_thing = inquiry.asked in SHORT or inquiry.asked is Asked.COUNT
    declared = inquiry.asked is Asked.COUNT and bool(draft.short) and fold(draft.short or "") in own
    of_form = declared or form(inquiry, own) == 1
    fits = (figure and of_form and not other_unit(inquiry.text, own)) or (
        inquiry.asked is Asked.DATE and of_form
    )
    odds = sight.odds
    if coverage(inquiry.keys, own) > SAID and (fits or inquiry.asked is Asked.WHO):
        odds = max(odds, LEAST if fits else LEAST_WHO)
    heard = [one for one in map(sight.answers, places) if one > UNREAD]
    around = [view for view in sight.views if places & set(view.places)]
    return Signs(
        fit=draft.confidence,
        near=max((one.features.sentence for one in candidates[:8]), default=0.0),
        around=coverage(inquiry.keys, said),
        strange=sum(key.weight for key in strange) / total,
        elsewhere=sum(key.weight for key in elsewhere) / total,
        unfocused=1 - spoken(inquiry.focus, own) if inquiry.focus else 0.0,
        other_year=float(bool(inquiry.years) and not any(year in said for year in inquiry.years)),
        other_number=sum(number not in said for number in inquiry.numbers)
        / max(1, len(inquiry.numbers)),
        other_unit=float(figure and other_unit(inquiry.text, own)),
        formless=float(form(inquiry, own) == 0),
        read_short=odds if one_thing else 0.0,
        read_long=0.0 if one_thing else odds,
        short=float(one_thing),
        said=max(heard, default=0.0),
        here=max((max(-10.0, min(10.0, view.odds)) for view in around), default=0.0),
        span=max((one.probability for one in sight.spans if one.place in places), default=0.0),
        unread=float(not heard),
    )


def _surroundings(texts: Texts, place: Place) -> str:
    reading = texts.reading(place.document)
    at = place.sentence
    return f"{reading.above(at)}\n{reading.before(at)}\n{reading.plain(at)}"


def _known(texts: Texts, word: str) -> bool:
    """Whether the index speaks of a word: as it stands, or in both halves of a longer one."""
    if texts.occurs(word):
        return True
    terms = [term for term in texts.snapshot.tokenizer.terms(word) if len(term) > 1]
    return len(word) > 3 and bool(terms) and all(texts.snapshot.frequency(term) for term in terms)


def in_vain(texts: Texts, inquiry: Inquiry, sight: Sight, draft: Draft) -> bool:
    """Whether a single sign is enough not to answer, whatever the others are."""
    return (
        (
            not draft.placed
            and sight.odds < (SEEN if _names(inquiry) else SEEN_UNNAMED)
            and all_unknown(texts, inquiry, sight)
        )
        or (not draft.placed and compares_unknown(texts, inquiry, sight))
        or of_another(texts, inquiry, draft)
        or of_namesake(texts, inquiry, draft)
        or of_effect(texts, inquiry, draft)
        or of_problem(texts, inquiry, draft)
        or of_variant(texts, inquiry, draft)
        or of_another_time(texts, inquiry, draft)
        or of_another_figure(texts, inquiry, draft)
        or of_no_money(texts, inquiry, draft)
        or of_another_unit(texts, inquiry, draft)
        or of_another_dimension(texts, inquiry, draft)
        or of_opposite(texts, inquiry, draft)
    )


def _names(inquiry: Inquiry) -> list[Key]:
    """The words of a question that name a thing."""
    return [
        key for key in inquiry.keys if key.names and len(key.word) > 1 and not is_idle(key.word)
    ]


def all_unknown(texts: Texts, inquiry: Inquiry, sight: Sight) -> bool:
    """Whether the index speaks of nothing that the question names: 「花呗是什么」.

    A single character is a name by itself only where there is no other: 「元|宇宙是什么」.
    """
    keys = [key for key in inquiry.keys if not is_idle(key.word)]
    named = _names(inquiry)
    sort = _SORT.search(inquiry.text)
    if sort and named and all(sort["word"].startswith(key.word) for key in named):
        named = []  # 「报销要附哪些材料」: a sort of thing is no name, and 报销 is known
    return bool(keys) and not any(
        _known(texts, key.word)
        or ((len(key.word) > 1 or not key.names) and _part_of_one(texts, sight, key.word))
        for key in named or keys
    )


def _part_of_one(texts: Texts, sight: Sight, word: str) -> bool:
    """Whether a word is part of one the candidates' documents have: 双溪 of 双溪市, 丢 of 丢失."""
    documents = {one.place.document for one in sight.candidates}
    return any(word in texts.reading(one).folded for one in documents)


def of_another(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether what is asked of one thing is said of another: 「支付宝存在哪些问题」, of the bank's.

    The one asked about is known to the texts, owns what is asked for, and is not spoken of where
    the answer stands: neither in what is cited, nor in the headings above, nor in the title.
    """
    owner = _OWNER.match(inquiry.text)
    if owner is None:
        return False
    near = _near(texts, draft)
    return any(
        key.names
        and len(key.word) > 2
        and key.word in owner["owner"]
        and spoken(key.word, near) < SPOKEN
        and texts.occurs(key.word)
        for key in inquiry.keys
    )


def of_namesake(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether 百度金融 is asked about, which nothing is known of, and a title has 京东金融."""
    places = sorted((inquiry.text.find(key.word), key.word) for key in inquiry.keys if key.names)
    if len(places) < 2 or len(places[0][1]) < 2 or _known(texts, places[0][1]):
        return False
    (start, owner), (after, sort) = places[:2]
    titles = {
        fold(texts.reading(place.document).document.title)
        for part in (*draft.parts, *draft.items)
        for place in part.places
    }
    named = re.compile(rf"[\u4e00-\u9fff]{{2}}{re.escape(sort)}")
    return (
        start == 0
        and after == len(owner)
        and any(named.match(title) for title in titles)
        and not any(owner in title for title in titles)
    )


def of_variant(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether P5 Max or X2青春版 is asked about, and the document speaks of P5 and X2 alone."""
    documents = {place.document for part in (*draft.parts, *draft.items) for place in part.places}
    said = "\n".join(texts.reading(one).folded for one in documents)
    return any(
        found["model"] in said
        and not any(f"{found['model']}{gap}{found['variant']}" in said for gap in ("", " "))
        for found in _VARIANT.finditer(inquiry.text)
    )


def of_effect(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether it is asked why a thing is so, and what is cited says what came of it alone."""
    return inquiry.asked is Asked.WHY and all(
        tells_effect(inquiry, texts.reading(place.document).plain(place.sentence))
        for part in draft.parts
        for place in part.places
    )


def of_problem(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether it is asked what to do about a thing, and what is cited says what is wrong alone."""
    places = [place for part in draft.parts for place in part.places]
    remedy = inquiry.asked is Asked.HOW and sort_asked(inquiry.text) < 0
    return remedy and bool(places) and all(tells_problem(texts, place) for place in places)


def tells_problem(texts: Texts, place: Place) -> bool:
    """Whether a sentence stands where a text tells its problems, and advises nothing."""
    reading = texts.reading(place.document)
    problems = sort_of(reading.headings(place.sentence)) > 0
    return problems and not _ADVISES.search(reading.plain(place.sentence))


def advises(sentence: str) -> bool:
    """Whether a folded sentence says what should be done."""
    return _ADVISES.search(sentence) is not None


def tells_effect(inquiry: Inquiry, sentence: str) -> bool:
    """Whether a sentence has what is asked about as a cause, and gives none of it.

    「支付业务市场份额小，导致支付铺展不开」 does not say why it is small.
    """
    result = _RESULT.search(sentence)
    if result is None or _CAUSE.search(sentence, 0, result.start()):
        return False
    before, after = sentence[: result.start()], sentence[result.end() :]
    return coverage(inquiry.keys, before) >= TOLD and coverage(inquiry.keys, after) < LEFT


def _near(texts: Texts, draft: Draft) -> str:
    """What is cited, with what introduces it, the sentence before and the headings above."""
    places = {place for part in (*draft.parts, *draft.items) for place in part.places}
    return "\n".join(
        f"{reading.above(place.sentence)}\n{reading.before(place.sentence)}\n"
        f"{reading.introduced(place.sentence)}\n{reading.plain(place.sentence)}"
        for place in places
        for reading in [texts.reading(place.document)]
    )


def of_another_time(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether 第一季度 is asked about, and where the answer stands only 第二季度 is spoken of."""
    near = _near(texts, draft)
    said = [(_figure(found), found["of"]) for found in _COUNTED_OFF.finditer(near)]
    return any(
        found["of"] in {of for _, of in said} and (_figure(found), found["of"]) not in said
        for found in _COUNTED_OFF.finditer(inquiry.text)
    )


def of_opposite(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether 外部环境 is asked about, and what is cited speaks of 内部环境 alone."""
    places = {place for part in (*draft.parts, *draft.items) for place in part.places}
    said = "\n".join(texts.reading(one.document).plain(one.sentence) for one in places)
    given = [fold(part.text) for part in draft.items] or [fold(draft.short or "")]
    return any(
        this in inquiry.text
        and that not in inquiry.text
        and this not in said
        and any(that in clause for clause in _clauses_with(given, said))
        for pair in _OPPOSITES
        for this, that in (pair, pair[::-1])
    )


def _clauses_with(given: Sequence[str], said: str) -> list[str]:
    """The clauses of what is cited that the answer stands in; all of it, where none does.

    「非生物环境包括甲、乙、丙，内部环境为丁」: the list is not of what is within.
    """
    clauses = re.split(r"[,，;；。\n]", said)
    return [one for one in clauses if any(text and text in one for text in given)] or clauses


def of_another_figure(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether the figure given stands before what it is asked of, which has one of another unit.

    「产品个数达3223个，股票众筹金额达5.29亿元」 does not say how many there are of the second.
    """
    if inquiry.asked not in {Asked.NUMBER, Asked.COUNT} or not draft.short or not draft.parts:
        return False
    short = fold(draft.short)
    for place in draft.parts[0].places:
        said = texts.reading(place.document).plain(place.sentence)
        at = said.find(short)
        own = quantities(short)
        for key in inquiry.keys:
            named = said.find(key.word)
            if not own or at < 0 or named < at or not key.names or len(key.word) < 3:
                continue
            like = rf"[\u4e00-\u9fff]{{2}}{re.escape(key.word[-2:])}"
            if not re.search(like, said[:at]):
                continue
            between, after = said[at:named], re.split("[,，;；。]", said[named:])[0]
            units = {one.unit for one in quantities(after)}
            if re.search("[,，;；]", between) and units and own[0].unit not in units:
                return True
    return False


def of_no_money(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether money is asked for, and neither what is cited nor what stands above it speaks of any.

    「五花肉多少钱」 is not answered by 800克, however well all else fits.
    """
    if inquiry.asked is not Asked.NUMBER or not _ASKS_MONEY.search(inquiry.text):
        return False
    places = [place for part in (*draft.parts, *draft.items) for place in part.places]
    return bool(places) and not any(
        _MONEY.search(f"{reading.above(place.sentence)}\n{reading.plain(place.sentence)}")
        for place in places
        for reading in [texts.reading(place.document)]
    )


def of_another_unit(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether a weight, length or volume is asked for by its unit, and all cited has others.

    A figure without a unit may have it elsewhere: in the head of a table.
    """
    if not _ASKS_IN_UNITS.search(inquiry.text):
        return False
    places = [place for part in (*draft.parts, *draft.items) for place in part.places]
    cited = [texts.reading(one.document).plain(one.sentence) for one in places]
    if any(not one.unit for plain in cited for one in quantities(plain)):
        return False
    return bool(places) and all(other_unit(inquiry.text, plain) for plain in cited)


def of_another_dimension(texts: Texts, inquiry: Inquiry, draft: Draft) -> bool:
    """Whether the figure given is said to be the length of what is asked its width: 桥长612米."""
    asked = _DIMENSION_ASKED.search(inquiry.text)
    if asked is None or not draft.short or not draft.parts:
        return False
    for place in draft.parts[0].places:
        plain = texts.reading(place.document).plain(place.sentence)
        at = plain.find(fold(draft.short))
        said = _DIMENSION.search(plain, max(0, at - 4), at) if at > 0 else None
        if said and said[0][0] != asked[1] and asked[1] not in plain:
            return True
    return False


def _figure(found: re.Match[str]) -> str:
    return numerals(f"{found['n']}个").rstrip("个")


def compares_unknown(texts: Texts, inquiry: Inquiry, sight: Sight) -> bool:
    """Whether one of two things that are compared is nothing the texts know."""
    compared = inquiry.asked is Asked.COMPARISON or IS_CONTRAST.search(inquiry.text)
    both = sides(inquiry.text) if compared else None
    return any(
        not any(_known(texts, word) or _part_of_one(texts, sight, word) for word in named)
        for side in both or ()
        for named in [_names_in(inquiry, side)]
        if named
    )


def _names_in(inquiry: Inquiry, side: str) -> list[str]:
    """The names in a stretch of the question; one that no tagger knows (花呗) is its own.

    Single characters name nothing by themselves, nor do years.
    """
    words = [key.word for key in inquiry.keys if key.names]
    found = [word for word in words if len(word) > 1 and word in side]
    return found or ([side] if _WORD.fullmatch(side) else [])


def unsaid(inquiry: Inquiry, said: str) -> list[Key]:
    """Key words that ``said`` does not speak of, the weightiest first."""
    missing = [key for key in inquiry.keys if spoken(key.word, said) < SPOKEN]
    return sorted(missing, key=lambda key: -key.weight)
