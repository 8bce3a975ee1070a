"""Rates and years that can be reckoned from what stands beside them. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..amounts import NUMBER, grain, shown, value
from ..findings import Level
from ..texts import Text
from .rule import IN_CLAUSE, Hit, Rule
from .sums import REASON, UNITS

_RATE = re.compile(
    rf"(?P<whole>{NUMBER})(?P<unit>{UNITS})[^，。；\d]{{0,12}}，(?:其中)?[^，。；\d]{{0,10}}(?P<part>{NUMBER})(?P=unit)，"
    rf"(?:回收|合格|及格|达标|到会|出勤|参与|办结|满意|接通|完成|通过|答对|成功|参加)率"
    rf"(?:为|达|达到|是|约为|约)?(?P<said>\d{{1,3}}(?:\.\d{{1,2}})?)%"
)


def _rates(text: Text) -> Iterator[Hit]:
    for match in _RATE.finditer(text.string):
        whole, part, said = (value(match[name]) for name in ("whole", "part", "said"))
        if not whole or part is None or said is None or part > whole:
            continue
        share = part * 100 / whole
        if abs(share - said) > (grain(match["said"]) or Decimal(1)):
            why = f"{match['part']} ÷ {match['whole']} = {share:.1f}%，不是 {match['said']}%。"
            yield Hit(*match.span("said"), None, why)


_SPAN = re.compile(
    rf"(?:成立|建立|创办|创建|开业|挂牌|始建|组建|设立)于(?P<from>(?:19|20)\d\d)年{IN_CLAUSE}{{0,12}}，"
    rf"{IN_CLAUSE}{{0,6}}?(?:今年[（(]?|到|至)(?P<to>(?:19|20)\d\d)年[）)]?{IN_CLAUSE}{{0,8}}?"
    rf"(?:走过|已有|有|历经|整|迎来|度过)了?整?(?P<said>[\d一二三四五六七八九十]{{1,4}})(?:个年头|年|周年|岁)(?![代级])"
)


def _spans(text: Text) -> Iterator[Hit]:
    """A year more is a year that has begun."""
    for match in _SPAN.finditer(text.string):
        said, years = value(match["said"]), int(match["to"]) - int(match["from"])
        if said is not None and years > 0 and not years <= said <= years + 1:
            why = f"{match['to']} − {match['from']} = {years}，不是 {shown(said)}。"
            yield Hit(*match.span("said"), None, why)


RULES = (
    Rule(
        "M20",
        Level.ERROR,
        "比率",
        "比率和前面的两个数对不上。",
        REASON,
        _rates,
        wrong=("发放问卷50份，收回40份，回收率为85%。",),
        right=("发放问卷50份，收回40份，回收率为80%。", "应到30人，实到29人，到会率96.7%。"),
    ),
    Rule(
        "M21",
        Level.ERROR,
        "几年和起止年份",
        "年数和起止年份对不上。",
        REASON,
        _spans,
        wrong=("支行成立于2001年，到2026年已经走过二十年。",),
        right=(
            "支行成立于2001年，到2026年已经走过二十五年。",
            "支行成立于2001年，至今年（2026年）已走过二十六个年头。",
        ),
    ),
)
