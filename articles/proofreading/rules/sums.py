"""What needs no dictionary, only arithmetic: counts, parts and wholes, changes, spans. Pure.

Each finding shows its sum. What is rounded is compared as rounded.
"""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from ..amounts import CAPITALS, NUMBER, grain, shown, value
from ..findings import Level
from ..texts import Block, Text
from .rule import HANZI, IN_CLAUSE, IN_SENTENCE, Hit, Rule

REASON = "数据自洽（核算）"
UNITS = (
    "人次|人|名|户|家|个|件|笔|台|张|份|次|场|项|套|本|辆|间|条|处|位|期|页|株|只|吨|公里|平方米|千米|米|千克|岁|"
    "亿元|万元|元|万人|万户|小时|分钟|天"
)
_ABOUT = r"(?<![约近超逾达足])"

# --- a count that is announced, and what is given ---------------------------------------------

_ANNOUNCED = re.compile(
    rf"(?P<n>[两二三四五六七八九十]|十[一二三]|\d{{1,2}})(?:项|个|点|大|条|种|方面|步|招|件)"
    rf"(?P<what>[{HANZI}]{{0,10}})”?[：:。]\s?(?=一是|一要|第一[，、是]|其一|（一）|（1）|①|一、|1[.．、])"
)
#: A paragraph announces no more; each is read to its end.
_ANNOUNCEMENTS = 12
_MARKERS = {
    "一是": r"(?<![之第唯统惟其万专])(?P<n>[一二三四五六七八九十])是",
    "一要": r"(?<![之第唯统惟其万专])(?P<n>[一二三四五六七八九十])要",
    "第一": r"第(?P<n>[一二三四五六七八九十])[，、是]",
    "其一": r"其(?P<n>[一二三四五六七八九十])[，：、]",
    "（一": r"（(?P<n>[一二三四五六七八九十])）",
    "（1": r"（(?P<n>\d{1,2})）",
    "①": r"(?P<n>[①-⑩])",
    "一、": r"(?<![{HANZI}])(?P<n>[一二三四五六七八九十])、",
    "1": r"(?<!\d)(?P<n>\d{1,2})[.．、](?!\d)",
}


def _given(string: str, start: int, end: int) -> int:
    """How far the members go that begin at a place: 一是, 二是 … in their order."""
    mark = next(key for key in _MARKERS if string.startswith(key, start))
    shape = re.compile(_MARKERS[mark].replace("{HANZI}", HANZI))
    last = 0
    for match in shape.finditer(string, start, end):
        number = "①②③④⑤⑥⑦⑧⑨⑩".find(match["n"]) + 1 or int(value(match["n"]) or 0)
        last = number if number == last + 1 else last
    return last


def _counts(text: Text) -> Iterator[Hit]:
    """Within a paragraph, and in the ones behind it where the next member begins them."""
    seen: Counter[int] = Counter()
    for match in _ANNOUNCED.finditer(text.string):
        block, _ = text.at(match.end())
        seen[block.start] += 1
        if seen[block.start] > _ANNOUNCEMENTS:
            continue
        count, said = _given(text.string, match.end(), block.end), int(value(match["n"]) or 0)
        if count < 2 or count == said or not _is_whole(text, block):
            continue
        why = f"前面说“{match['n']}”，后面列出的是 {count} 项。"
        yield Hit(match.start("n"), match.end("n"), None, why)


_NEXT_LINE = re.compile(r"[（(第其]?[一二三四五六七八九十①-⑩\d]")


def _is_whole(text: Text, block: Block) -> bool:
    """Whether the list ends with its paragraph: not torn off, not gone on with below."""
    following = text.string[block.end + 1 : block.end + 4]
    return block.text[-1] in "。！？；”…）" and not _NEXT_LINE.match(following)


_LISTED = re.compile(
    rf"(?P<n>[两二三四五六七八九]|\d)(?:家|个|位|名|项|种|类|大|所|座)(?P<what>[{HANZI}]{{1,8}})[：:]"
    r"(?P<items>[^，。；：！？\n“”（）]{3,120})(?=[。；\n]|$)",
    re.MULTILINE,
)


def _lists(text: Text) -> Iterator[Hit]:
    """三个网点：甲、乙 —— an enumeration by 、 that is whole (no 等 in it)."""
    for match in _LISTED.finditer(text.string):
        items = match["items"].split("、")
        if len(items) < 2 or "等" in match["items"] or max(map(len, items)) > 14:
            continue
        joined = len(re.findall("和|与|及", items[-1]))
        said = int(value(match["n"]) or 0)
        if not len(items) <= said <= len(items) + joined:
            why = f"前面说“{match['n']}”，后面列出的是 {len(items) + joined} 个。"
            yield Hit(match.start("n"), match.end("n"), None, why)


# --- parts and wholes -----------------------------------------------------------------------

_WHOLE = re.compile(
    rf"(?:(?:共有|共计|总共|一共|合计|共|现有|拥有|总数|总额|总量|余额|存款|贷款|全年|全天){IN_CLAUSE}{{0,10}}?"
    rf"(?P<whole>{NUMBER})(?P<unit>{UNITS})|(?P<whole2>{NUMBER})(?P<unit2>{UNITS})(?=[，（]其中))"
    rf"(?P<rest>[，（,：]?(?:其中|包括|分别是)?{IN_SENTENCE}{{3,80}})"
)
#: Pairs that make a whole between them.
_PAIRS = (
    ("男", "女"),
    ("定期", "活期"),
    ("对公", "对私"),
    ("对公", "个人"),
    ("上半年", "下半年"),
    ("线上", "线下"),
    ("城镇", "农村"),
    ("城区", "农村"),
    ("上午", "下午"),
    ("党员", "非党员"),
    ("本地", "外地"),
)


def _parts(text: Text) -> Iterator[Hit]:
    for match in _WHOLE.finditer(text.string):
        written, unit = match["whole"] or match["whole2"], match["unit"] or match["unit2"]
        whole, rest = value(written), match["rest"]
        if whole is None:
            continue
        part = re.compile(rf"(?P<name>[{HANZI}]{{1,8}}?)(?P<n>{NUMBER}){unit}(?![次均])")
        found = list(part.finditer(rest))[:2]
        if len(found) == 2 and _is_a_pair(found[0]["name"], found[1]["name"]):
            yield from _two_parts(match.start("rest"), written, found[0]["n"], found[1])


def _is_a_pair(one: str, other: str) -> bool:
    return any(
        (a in one and b in other) or (b in one and a in other and b not in other) for a, b in _PAIRS
    )


def _two_parts(start: int, whole: str, part: str, place: re.Match[str]) -> Iterator[Hit]:
    first, second, total = value(part), value(place["n"]), value(whole)
    if first is None or second is None or total is None:
        return
    if abs(first + second - total) > grain(whole, part, place["n"]):
        why = f"{part} + {place['n']} = {shown(first + second)}，不是 {whole}。"
        yield Hit(start + place.start("n"), start + place.end("n"), None, why)


#: Behind a sum of what was listed: 共有30名选手参赛 counts others.
ENDS = rf"(?=$|[^{HANZI}]|获|得|受|入|当选|奖)"
_SUMMED = re.compile(
    rf"(?P<parts>(?:[{HANZI}]{{1,10}}?{_ABOUT}{NUMBER}(?P<unit>{UNITS})(?:[、，和]))"
    rf"{{1,8}}[{HANZI}]{{1,10}}?{_ABOUT}{NUMBER}(?P=unit))，(?:合计|共计|总计|一共|总共)[{HANZI}]{{0,4}}?"
    rf"(?P<whole>{NUMBER})(?P=unit){ENDS}"
)


def _totals(text: Text) -> Iterator[Hit]:
    """甲3户、乙4户，合计8户."""
    for match in _SUMMED.finditer(text.string):
        written = re.findall(rf"({NUMBER}){match['unit']}", match["parts"])
        numbers = [number for one in written if (number := value(one)) is not None]
        whole = value(match["whole"])
        if whole is None or len(numbers) < 2:
            continue
        total = sum(numbers, Decimal(0))
        if abs(total - whole) > grain(match["whole"], *written):
            why = f"{' + '.join(written)} = {shown(total)}，不是 {match['whole']}。"
            yield Hit(*match.span("whole"), None, why)


_GREATER = re.compile(
    rf"(?:共有|共计|总共|一共|共|现有)(?:[{HANZI}]{{0,8}}?)(?P<whole>{NUMBER})(?P<unit>{UNITS})，其中"
    rf"[{HANZI}]{{0,8}}?(?P<part>{NUMBER})(?P=unit)"
)


def _greater_parts(text: Text) -> Iterator[Hit]:
    for match in _GREATER.finditer(text.string):
        whole, part = value(match["whole"]), value(match["part"])
        if whole is not None and part is not None and part > whole:
            why = f"其中的 {shown(part)} 比总数 {shown(whole)} 还多。"
            yield Hit(*match.span("part"), None, why)


_SHARE = re.compile(
    rf"(?P<whole>{NUMBER})(?P<unit>{UNITS})(?:中|里|，其中|，){IN_CLAUSE}{{0,12}}?(?P<part>{NUMBER})(?P=unit)，?"
    r"(?:占比|占|占到)(?:全部|总数|全体|全行)?[为的达]?(?P<said>\d{1,3}(?:\.\d{1,2})?)%"
)


def _shares(text: Text) -> Iterator[Hit]:
    for match in _SHARE.finditer(text.string):
        whole, part, said = (value(match[name]) for name in ("whole", "part", "said"))
        if not whole or part is None or said is None or part > whole:
            continue
        share = part * 100 / whole
        if abs(share - said) > (grain(match["said"]) or Decimal(1)):
            why = f"{match['part']} ÷ {match['whole']} = {share:.1f}%，不是 {match['said']}%。"
            yield Hit(*match.span("said"), None, why)


_RESPECTIVELY = re.compile(
    r"(?:占比|比重|比例|占){IN_CLAUSE}{0,6}分别(?:为|达|是|占)?(?P<list>\d{1,2}(?:\.\d{1,2})?%(?:[、和]\d{1,2}(?:\.\d{1,2})?%){1,6})".replace(
        "{IN_CLAUSE}", IN_CLAUSE
    )
)


def _hundred(text: Text) -> Iterator[Hit]:
    for match in _RESPECTIVELY.finditer(text.string):
        numbers = [Decimal(each) for each in re.findall(r"[\d.]+", match["list"])]
        if sum(numbers) > Decimal("100.5"):
            said = " + ".join(f"{shown(number)}%" for number in numbers)
            yield Hit(
                *match.span("list"),
                None,
                f"{said} = {shown(sum(numbers, Decimal(0)))}%，超过 100%。",
            )


# --- amounts in figures and in capital characters -----------------------------------------------

_TWICE = re.compile(
    rf"(?P<figures>{NUMBER})元[（(，]?(?:人民币)?(?:大写)?[：:]?(?:人民币)?(?P<capitals>{CAPITALS})(?=[元圆])"
)


def _capitals(text: Text) -> Iterator[Hit]:
    for match in _TWICE.finditer(text.string):
        figures, capitals = value(match["figures"]), value(match["capitals"])
        if figures is not None and capitals is not None and int(figures) != capitals:
            why = f"小写是 {shown(figures)} 元，大写是 {shown(capitals)} 元。"
            yield Hit(*match.span("capitals"), None, why)


# --- the same quantity twice ---------------------------------------------------------------

_STOCK = re.compile(
    rf"(?:现有|共有|下辖|拥有|设有)(?P<what>在岗员工|员工|职工|营业网点|网点|党员|客户经理|柜员|支行|营业机构)"
    rf"(?P<n>{NUMBER})(?P<unit>{UNITS})"
    rf"|(?:现有|共有|下辖|拥有|设有)(?P<m>{NUMBER})(?P<unit2>{UNITS})(?P<what2>员工|职工|营业网点|网点|党员|客户经理|柜员)"
)


def _stocks(text: Text) -> Iterator[Hit]:
    known: dict[str, Decimal] = {}
    for match in _STOCK.finditer(text.string):
        what = match["what"] or match["what2"]
        group = "n" if match["n"] else "m"
        number = value(match[group])
        if number is None:
            continue
        before = known.setdefault(what, number)
        if before != number:
            why = f"前文说{what} {shown(before)}，这里是 {shown(number)}，请核对是不是同一个数。"
            yield Hit(*match.span(group), None, why)


RULES = (
    Rule(
        "M02",
        Level.ERROR,
        "说的项数和列出的项数",
        "前面说的数目和后面列出的对不上。",
        REASON,
        _counts,
        wrong=(
            "有四点体会：一是看见；二是记住；三是再看。",
            "做好两件事：第一，备好伞；第二，备好笔；第三，备好零钱。",
        ),
        right=(
            "有三点体会：一是看见；二是记住；三是再看。",
            "<p>做好三件事：一是备好伞。</p><p>二是备好笔。</p><p>三是备好零钱。</p>",
            "<p>做好三件事：一是备好伞；二是备好笔。</p><p>三是备好零钱。</p>",
            "五个方面：一是备伞。",
            "四件事：一是备好伞；二是备好笔，客户对我们的",
        ),
    ),
    Rule(
        "M03",
        Level.WARN,
        "说的个数和列出的个数",
        "前面说的数目和后面列出的对不上。",
        REASON,
        _lists,
        wrong=("走访了三个网点：城东、城西。",),
        right=(
            "走访了三个网点：城东、城西、城北。",
            "走访了三个网点：城东、城西和城北。",
            "两种伞：长柄、短柄等。",
        ),
    ),
    Rule(
        "M04",
        Level.ERROR,
        "部分和总数",
        "各部分加起来不等于总数。",
        REASON,
        _parts,
        wrong=(
            "班组15人，其中女员工6人，男员工8人。",
            "班组共有15人，其中男员工6人，女员工8人。",
            "存款余额9亿元，其中活期2亿元，定期5亿元。",
        ),
        right=(
            "班组共有15人，其中男员工6人，女员工9人。",
            "班组共有15人，其中党员6人，女员工3人。",
            "班组15人，其中男员工6人，女员工9人。",
            "存款余额9.1亿元，其中活期3.05亿元，定期6.06亿元。",
        ),
    ),
    Rule(
        "M05",
        Level.ERROR,
        "合计",
        "各项加起来不等于合计。",
        REASON,
        _totals,
        wrong=("城东3户、城西4户，合计8户。",),
        right=(
            "城东3户、城西4户，合计7户。",
            "城东约3户、城西4户，合计8户。",
            "一等奖1人、二等奖2人，一共20人参赛。",
        ),
    ),
    Rule(
        "M06",
        Level.ERROR,
        "部分比总数多",
        "其中的一部分比总数还多。",
        REASON,
        _greater_parts,
        wrong=("参赛选手共有20人，其中女选手23人。",),
        right=("参赛选手共有20人，其中女选手13人。",),
    ),
    Rule(
        "M07",
        Level.ERROR,
        "占比",
        "占比和前面的两个数对不上。",
        REASON,
        _shares,
        wrong=("80户中有20户，占35%。", "员工40人，其中党员10人，占比20%。"),
        right=("80户中有20户，占25%。", "30人中有10人，占33%。", "30人中有10人，占33.3%。"),
    ),
    Rule(
        "M08",
        Level.WARN,
        "占比之和",
        "各部分的占比加起来超过了 100%。",
        REASON,
        _hundred,
        wrong=("三类客户占比分别为45%、35%和30%。",),
        right=("三类客户占比分别为45%、35%和20%。", "两项分别增长60%、70%。"),
    ),
    Rule(
        "M10",
        Level.ERROR,
        "大写和小写的金额",
        "大写和小写的金额不一样。",
        "《支付结算办法》附一（票据和结算凭证的填写）",
        _capitals,
        wrong=("借款50000元（大写：人民币伍拾万元整）。",),
        right=("借款50000元（大写：人民币伍万元整）。", "5万元（伍万圆整）"),
    ),
    Rule(
        "M11",
        Level.WARN,
        "同一个数前后不同",
        "同一个数在文中有两个值，请核对。",
        REASON,
        _stocks,
        wrong=("支行现有员工18人。过了一年，支行现有员工20人。",),
        right=("支行现有员工18人，现有网点3个。",),
    ),
)
