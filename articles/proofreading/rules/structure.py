"""Numbering, headings, paragraphs, and what the column of a page left behind. Pure."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from ..findings import Level
from ..passages import passages, tears
from ..texts import Block, Text
from .rule import CLAUSE, Hit, Rule, pattern

HEADINGS = "GB/T 9704—2012《党政机关公文格式》7.3.3"
LONG_PARAGRAPH = 600
#: Shorter ones may be a refrain.
REPEATED = 40

_NUMERALS = "一二三四五六七八九十"


def _value(numeral: str) -> int:
    """一 to 九十九, or Arabic digits, as a number."""
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    head = (_NUMERALS.index(tens) + 1 if tens else 1) * 10 if ten else 0
    return head + (_NUMERALS.index(ones) + 1 if ones else 0)


class Number(NamedTuple):
    value: int
    start: int
    end: int


class Series:
    """Numbers of one kind as they come; says what is wrong with the next one.

    `before` is the last number of the chapter before: documents of the State Council number
    their items on through all chapters, 一、（一）（二）二、（三）.
    """

    def __init__(self, before: int = 0) -> None:
        self.last = 0
        self.before = before

    def expects(self, number: int) -> bool:
        return number in (1, (self.last or self.before) + 1)

    def for_the_next_chapter(self) -> "Series":
        return Series(self.last or self.before)

    def follow(self, number: int) -> str:
        """Empty where the number follows, or begins anew."""
        expected, last = self.expects(number), self.last
        self.last = number
        if expected:
            return ""
        if number == last:
            return "repeated"
        return "first" if not last else "gap" if number > last else "back"


_SAYS = {
    "repeated": "序号“{this}”出现了两次。",
    "first": "序号从“{this}”开始，前面没有第一项。",
    "gap": "序号跳了：上一项之后直接到了“{this}”。",
    "back": "序号“{this}”倒退了，请核对次序。",
}

#: Headings by level, as official documents number them.
_LEVELS = (
    re.compile(rf"(?P<n>[{_NUMERALS}]{{1,3}})、"),
    re.compile(rf"[（(](?P<n>[{_NUMERALS}]{{1,3}})[）)]"),
    # «2、9月前…» is an item, «2.9万户» is none, «2.9月前…» is one.
    re.compile(r"(?P<n>\d{1,2})(?:、|[.．](?!\d)|[.．](?=\d{1,4}[年月日号]|\d{1,2}:))"),
    re.compile(r"[（(](?P<n>\d{1,2})[）)]"),
)
_WELL_FORMED = re.compile(
    rf"[{_NUMERALS}]|[1-9]?十[{_NUMERALS[:9]}]?|[二三四五六七八九]十[{_NUMERALS[:9]}]?|\d+"
)


_GLUED = re.compile(
    rf"[。！？][ \u3000\xa0]{{1,80}}(?P<hit>[{_NUMERALS}]{{1,3}}、|（[{_NUMERALS}]{{1,3}}）)"
    r"[^，。；：！？\n]{2,20}$",
    re.MULTILINE,
)


def _headings(block: Block) -> Iterator[tuple[int, Number]]:
    """The number that a block begins with, and that of a heading which is glued to its end."""
    glued = _GLUED.search(block.text)
    for at in (0, *([glued.start("hit")] if glued else ())):
        for level, shape in enumerate(_LEVELS):
            match = shape.match(block.text, at)
            if match and _WELL_FORMED.fullmatch(match["n"]):
                start, end = (block.start + place for place in match.span())
                yield level, Number(_value(match["n"]), start, end)
                break


def _numbering(text: Text) -> Iterator[Hit]:
    series = [Series() for _ in _LEVELS]
    headings = [found for block in text.body for found in _headings(block)]
    for (level, number), following in zip_longest(headings, headings[1:]):
        if _is_ambiguous(text, number) and not series[level].expects(number.value):
            continue
        problem = series[level].follow(number.value)
        series[level + 1 :] = [each.for_the_next_chapter() for each in series[level + 1 :]]
        if problem == "first" and not _goes_on(level, number, following):
            continue
        if problem:
            this = text.string[number.start : number.end]
            yield Hit(number.start, number.end, None, _SAYS[problem].format(this=this))


def _is_ambiguous(text: Text, number: Number) -> bool:
    """«七、八两个月» begins with two numbers, as «二、三农服务» does, which is a heading."""
    following = text.string[number.end : number.end + 1]
    return following.isdecimal() or following == _NUMERALS[number.value % 10]


def _goes_on(level: int, number: Number, following: tuple[int, Number] | None) -> bool:
    """A number that is followed by the next one: «三、四月里» at the start of a line is no list."""
    return following is not None and (following[0], following[1].value) == (level, number.value + 1)


# Whatever a list begins with, it begins: 首先……二是……, 原因一是……二是…….
_FIRST = rf"首先|{CLAUSE}其一|(?<![之第唯统惟其万专])一是(?!一[，、]|二[，。])"
_ENUMERATIONS = (
    re.compile(rf"{_FIRST}|{CLAUSE}(?P<n>[{_NUMERALS[1:]}])是(?!二[，。])"),
    re.compile(rf"{_FIRST}|{CLAUSE}第(?P<n>[{_NUMERALS}])[，、](?!第|[{_NUMERALS}])"),
    re.compile(rf"{_FIRST}|{CLAUSE}其(?P<n>[{_NUMERALS}])[，：]"),
)


def _enumeration(text: Text) -> Iterator[Hit]:
    for shape in _ENUMERATIONS:
        for run in _runs(text, shape):
            series, before = Series(), None
            for number in run:
                problem = series.follow(number.value)
                if before and problem and not _said_otherwise(text, before, number):
                    this = text.string[number.start : number.end].rstrip("，、：")
                    why = _SAYS[problem].format(this=this)
                    yield Hit(number.start, number.end, None, why)
                before = number


def _said_otherwise(text: Text, before: Number, number: Number) -> bool:
    """Whether what is missing stands between in other words: 首先……其次……第三."""
    between = text.string[before.end : number.start]
    missing = [_NUMERALS[value] for value in range(before.value, number.value - 1)]
    return bool(missing) and all(
        re.search(f"{each}[是要则来，、]|其{each}|第{each}|其次|再次|再者|同时|另", between)
        for each in missing
    )


def _runs(text: Text, shape: re.Pattern[str]) -> Iterator[list[Number]]:
    """The members of each list; a numbered heading and a new 一 begin another one."""
    run: list[Number] = []
    for block in text.body:
        if block.is_heading or any(_headings(block)):
            yield run
            run = []
        for match in shape.finditer(block.text):
            value = _value(match["n"] or "一")
            if value == 1 and run:
                yield run
                run = []
            start, end = (block.start + place for place in match.span())
            run.append(Number(value, start, end))
    yield run


def _title_stops(text: Text) -> Iterator[Hit]:
    for block in text.blocks:
        if block.is_heading and re.search(r"[^.][。，；、：.]$", block.text):
            yield Hit(block.end - 1, block.end, "")


def _long_paragraphs(text: Text) -> Iterator[Hit]:
    """One finding for all, at the first: how long a paragraph may be is a matter of style."""
    long = [
        (length, passage[0])
        for passage in text.once(passages)
        if (length := sum(len(block.text) for block in passage)) >= LONG_PARAGRAPH
        and passage[0].part == "body"
    ]
    if long:
        others = f"（全文共 {len(long)} 段，行 {_lines(block for _, block in long)}）"
        length, first = long[0]
        why = f"这一段有 {length} 字，手机上要翻好几屏，请分成两三段{others if long[1:] else ''}。"
        yield Hit(first.start, min(first.start + 12, first.end), None, why)


def _lines(blocks: Iterator[Block]) -> str:
    return "、".join(str(block.line) for block in blocks)


def _torn(text: Text) -> Iterator[Hit]:
    for block, _ in tears(text):
        yield Hit(max(block.start, block.end - 8), block.end)


def _repeated(text: Text) -> Iterator[Hit]:
    seen: set[str] = set()
    for block in text.body:
        if len(block.text) >= REPEATED:
            if block.text in seen:
                yield Hit(block.start, block.end)
            seen.add(block.text)


def _glued_headings(text: Text) -> Iterator[Hit]:
    for match in _GLUED.finditer(text.string):
        yield Hit(*match.span("hit"))


def _title_again(text: Text) -> Iterator[Hit]:
    title = next((block.text for block in text.blocks if block.part == "title"), "")
    first = next(iter(text.body), None)
    if first and title and first.text == title:
        yield Hit(first.start, first.end)


_MENTION = re.compile(
    rf"(?:见|如|看)(?P<label>(?:附?图|附?表)(?:\d{{1,2}}|[{_NUMERALS}]{{1,2}}))"
    rf"(?=[^\d{_NUMERALS}]|$)",
    re.MULTILINE,
)

_LABEL = re.compile(rf"[（(【 ]?附?[图表](?:\d{{1,2}}|[{_NUMERALS}]{{1,2}})")


def _missing_figures(text: Text) -> Iterator[Hit]:
    """A figure or a table that is mentioned by its number and begins no line."""
    known = {found[0] for block in text.blocks if (found := _LABEL.match(block.text, 0, 12))}
    labels = {label.lstrip("（(【 ") for label in known}
    for match in _MENTION.finditer(text.string):
        if match["label"] not in labels:
            labels.add(match["label"])
            yield Hit(*match.span("label"))


def _byline_in_body(text: Text) -> Iterator[Hit]:
    for block in text.body[:3] if not text.is_file else ():
        if re.match(r"[◎●]\s*\S{2,20}(?:\s\S{2,10})?$", block.text):
            yield Hit(block.start, block.end)


RULES = (
    Rule(
        "C01",
        Level.ERROR,
        "小标题的序号",
        "序号有跳号、重号或次序不对。",
        HEADINGS,
        _numbering,
        wrong=(
            "<h2>一、看见</h2><p>好。</p><h2>三、记住</h2>",
            "<h2>一、看见</h2><h2>二、记住</h2><h2>二、再看</h2>",
            "<p>1.备好零钱</p><p>2.备好笔</p><p>4.备好伞</p>",
            "<h2>二、看见</h2><h2>三、记住</h2>",
            "<h2>一、早</h2><h3>（一）门</h3><h2>二、晚</h2><h3>（三）灯</h3><h3>（四）伞</h3>",
        ),
        right=(
            "<h2>一、看见</h2><p>（一）早</p><p>（二）晚</p><h2>二、记住</h2><p>（一）早</p>",
            "三、四月里总下雨。",
            "<h2>一、看见</h2><h2>二、记住</h2><p>七、八两个月。</p><h2>三、三农服务</h2>",
            "3.5%的客户走了。",
            "<p>1.备好零钱</p><p>2.备好笔</p><p>1.先来</p>",
            "<h2>一、早</h2><h3>（一）门</h3><h3>（二）窗</h3><h2>二、晚</h2><h3>（三）灯</h3>"
            "<h3>（四）伞</h3>",
            "<p>1、备好零钱</p><p>2、9月前备好伞</p><p>3、备好笔</p>",
            "<p>1.备好零钱</p><p>2.9月前备好伞</p><p>3.备好笔</p>",
        ),
    ),
    Rule(
        "C02",
        Level.ERROR,
        "“一是、二是”的次序",
        "列举有跳号、重号或次序不对。",
        "公文写作惯例；《党政机关公文格式》",
        _enumeration,
        wrong=(
            "有三点：一是看见；三是记住。",
            "一是看见；二是记住；二是再看。",
            "第一，看；第三，记。",
        ),
        right=(
            "有三点：一是看见；二是记住；三是再看。",
            "一是一，二是二。",
            "<p>一是看见。</p><p>二是记住；三是是否再看。</p>",
            "十是个整数。",
        ),
    ),
    Rule(
        "C03",
        Level.ERROR,
        "标题末尾的标点",
        "标题末尾不用句号、逗号、顿号、分号、冒号。",
        "GB/T 15834—2011 附录（标题末尾的标点）",
        _title_stops,
        wrong=("# 门垫换了三次。 → 门垫换了三次", "<h2>先看见，</h2> → 先看见"),
        right=("# 门垫换了三次", "# 您看见了吗？", "<p>先看见。</p>"),
    ),
    Rule(
        "C05",
        Level.INFO,
        "过长的段落",
        f"一段超过 {LONG_PARAGRAPH} 字，请分段。",
        "编辑惯例（手机阅读）",
        _long_paragraphs,
        wrong=("雨下了一上午，门垫换了三次。" * 43,),
        right=("雨下了一上午，门垫换了三次。" * 42,),
    ),
    Rule(
        "C06",
        Level.ERROR,
        "断在句子中间的段落",
        "这一段没有说完就断了，多半是从分栏的版面上复制来的；请和下一段接起来。",
        "GB/T 15834—2011 4.1（句末有点号）",
        _torn,
        wrong=(
            "<p>下雨那天，门口的垫子换了三次，客人进门先低头看脚下，"
            "再抬头看我们能不能留住他的时</p>"
            "<p>间。后来我们在门外多放了一块，把伞架也挪了出去。</p>",
        ),
        right=(
            "<p>下雨那天，门口的垫子换了三次，客人进门先低头看脚下，再抬头看我们。</p><p>后来。"
            "</p>",
            "<p>雨落下来</p><p>落在门垫上</p>",
            "<p>下雨那天，门口的垫子换了三次，客人进门先低头看脚下，再抬头看我们：</p>"
            "<p>一是看见。</p>",
            "<p>把门口的每一块垫子都当作迎接客人的第一句问候，让雨天也有温度</p>"
            "<p>下雨那天，门口的垫子换了三次，客人进门先低头看脚下。</p>",
        ),
    ),
    Rule(
        "C07",
        Level.WARN,
        "粘在段末的小标题",
        "小标题粘在上一段末尾，请另起一行。",
        HEADINGS,
        _glued_headings,
        wrong=("先看见，再问。  一、定下来意",),
        right=("先看见，再问。", "一、定下来意"),
    ),
    Rule(
        "C08",
        Level.WARN,
        "小标题序号后的标点",
        "“一”后面用顿号：“一、”。",
        HEADINGS,
        pattern(rf"^[{_NUMERALS}]{{1,2}}(?P<hit>[.．,])(?=[\u4e00-\u9fff])", to="、"),
        wrong=("一.看见客户 → 一、看见客户",),
        right=("一、看见客户", "1.备好零钱"),
    ),
    Rule(
        "C10",
        Level.ERROR,
        "整段重复",
        "这一段和前面的一段完全相同，多半是粘贴了两次。",
        "校对惯例",
        _repeated,
        wrong=(
            "<p>下雨那天，门口的垫子换了三次，客人进门先低头看脚下，再抬头看我们，谁也没有先开口。"
            "</p>"
            "<p>雨停了。</p>"
            "<p>下雨那天，门口的垫子换了三次，客人进门先低头看脚下，再抬头看我们，谁也没有先开口。"
            "</p>",
        ),
        right=("<p>雨停了。</p><p>雨停了。</p>",),
    ),
    Rule(
        "C13",
        Level.WARN,
        "提到而没有的图、表",
        "文中提到了这张图（表），却没有带这个序号的图（表）；请补上图题、表题或改正序号。",
        "CY/T 170—2019、CY/T 171—2019（图、表随文，先见文后见图表）",
        _missing_figures,
        wrong=("<p>做法见图2。</p><p>图1 门垫</p>", "<p>数目如表一所示。</p>"),
        right=("<p>做法见图1。</p><p>图1 门垫</p>", "<p>看图说话。</p>"),
    ),
    Rule(
        "C11",
        Level.WARN,
        "正文里的标题和署名",
        "标题和署名各有一栏，正文里不用再写，印出来会出现两次。",
        "本刊体例",
        lambda text: _either(_title_again(text), _byline_in_body(text)),
        wrong=("<p>◎东岭支行 高志远</p><p>下雨那天。</p>",),
        right=("<p>东岭支行的高志远。</p>",),
    ),
)


def _either(*found: Iterator[Hit]) -> Iterator[Hit]:
    for each in found:
        yield from each
