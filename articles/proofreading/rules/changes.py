"""What went up or down, from one number to another, and compared with when. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..amounts import NUMBER, grain, shown, value
from ..findings import Level
from ..texts import Text
from .rule import IN_CLAUSE, Hit, Rule, pattern
from .sums import UNITS

_UP = "上升|提高|增长|增加|提升|升|扩大|延长|上涨|上调|攀升|跃升|增"
_DOWN = "下降|降低|减少|缩短|缩小|压降|回落|下调|下跌|降|减"
_KIND = rf"%|{UNITS}"
_CHANGE = re.compile(
    rf"(?:由|从){IN_CLAUSE}{{0,8}}?(?P<a>{NUMBER})(?P<u>{_KIND})(?:{IN_CLAUSE}{{0,4}}?)"
    rf"(?P<verb>{_UP}|{_DOWN})(?:到|至|为){IN_CLAUSE}{{0,8}}?(?P<b>{NUMBER})(?P=u)"
    rf"(?:，(?!{IN_CLAUSE}{{0,8}}(?:均|每|可比|剔除|扣除|同比|环比|累计)){IN_CLAUSE}{{0,8}}?(?P<again>{_UP}|{_DOWN})了?(?P<c>{NUMBER})(?P<v>个百分点|{_KIND}))?"
)


def _changes(text: Text) -> Iterator[Hit]:
    for match in _CHANGE.finditer(text.string):
        a, b = value(match["a"]), value(match["b"])
        if a is None or b is None or a == b:
            continue
        rises = b > a
        wrong = match["verb"] if re.fullmatch(_DOWN if rises else _UP, match["verb"]) else ""
        if wrong:
            why = f"{shown(a)} 到 {shown(b)} 是{'增' if rises else '减'}，不是“{wrong}”。"
            yield Hit(*match.span("verb"), None, why)
        elif match["c"]:
            yield from _by(match, a, b)


def _by(match: re.Match[str], a: Decimal, b: Decimal) -> Iterator[Hit]:
    """Whether the change that is told is the difference, or its share of what was before."""
    c, told = value(match["c"]), match["v"]
    if c is None:
        return
    difference, place = abs(b - a), match.span("c")
    exact = abs(difference - c) <= grain(match["a"], match["b"], match["c"])
    low, high = sorted((match["a"], match["b"]), key=lambda each: value(each) or 0)
    if told in ("个百分点", match["u"]) and told != "%":
        if not exact:
            why = f"{high} - {low} = {shown(difference)}，不是 {match['c']}。"
            yield Hit(*place, None, why)
    elif told == "%" and a:
        ratio = difference * 100 / a
        off = abs(ratio - c)
        if match["u"] == "%" and exact and off > Decimal("0.1"):
            why = f"相差 {match['c']} 个百分点；变化的比例是 {ratio:.1f}%。"
            yield Hit(place[0], match.end("v"), f"{match['c']}个百分点", why)
        elif off > (grain(match["c"]) or Decimal(1)) + 60 * grain(match["a"], match["b"]) / a:
            sum_of = f"（{match['b']} - {match['a']}）÷ {match['a']}"
            why = f"{sum_of} = {ratio:.1f}%，不是 {match['c']}%。"
            yield Hit(*place, None, why)


RULES = (
    Rule(
        "M09",
        Level.ERROR,
        "变化和前后的数",
        "前后两个数的差和说的变化对不上；两个百分数相减，是“百分点”。",
        "国家统计局统计用语（百分点）；数据自洽（核算）",
        _changes,
        wrong=(
            "满意率由92%提高到95%，提高了3%。 → 满意率由92%提高到95%，提高了3个百分点。",
            "面积从80平方米扩大到130平方米，增加了60平方米。",
            "贷款由200万元增加到300万元，增长40%。",
            "等候时间由20分钟上升到12分钟。",
        ),
        right=(
            "满意率由92%提高到95%，提高了3个百分点。",
            "不良率由4%下降到3%，下降了25%。",
            "面积从80平方米扩大到130平方米，增加了50平方米。",
            "贷款由300万元增加到400万元，增长33.3%。",
            "贷款由3.2万元增加到3.6万元，增长14%。",
            "等候时间由20分钟缩短到12分钟。",
            "贷款由100万元增加到300万元，年均增长20%。",
        ),
    ),
    Rule(
        "M12",
        Level.ERROR,
        "同比和环比",
        "和上年同期比是“同比”，和上个月、上个季度比是“环比”。",
        "国家统计局统计用语（同比、环比）",
        pattern(
            r"(?P<hit>同比)(?=[比较]?上(?:个)?(?:月|季度?|周|期)(?!同期|年))",
            r"(?P<hit>同比)(?=[比较]?[一二三四]季度(?:末)?(?:增|减|上升|下降|提高))",
            r"[比较](?:上(?:个)?(?:月|季度?|周)|[一二三四]季度)末?(?P<hit>同比)",
            to="环比",
        ),
        wrong=(
            "存款同比上月增长2%。 → 存款环比上月增长2%。",
            "客户数较上季度同比增加。 → 客户数较上季度环比增加。",
        ),
        right=("存款环比上月增长2%。", "存款同比增长2%。"),
    ),
    Rule(
        "M13",
        Level.ERROR,
        "环比和同比",
        "和上年同期比是“同比”，和上个月、上个季度比是“环比”。",
        "国家统计局统计用语（同比、环比）",
        pattern(
            r"(?P<hit>环比)(?=[比较]?(?:上年|去年|前年))",
            r"[比较](?:上年|去年)(?:同期|同月)?(?P<hit>环比)",
            to="同比",
        ),
        wrong=("存款环比去年同期增长2%。 → 存款同比去年同期增长2%。",),
        right=("存款同比增长2%，环比增长1%。",),
    ),
)
