"""Marks that meet: stops in a row and at the end of a quotation, marks before 等. Pure."""

import re

from ..findings import Level
from .marks import STANDARD
from .rule import HANZI, IN_CLAUSE, IN_SENTENCE, Rule, pattern

_STOPS = "，、；：。"
# Words that begin with one of the connectives: 和谐, 及时, 与会.
_AND = (
    "和(?![谐平解睦声气善服田县龙林顺美蔼暖煦风约悦硕政布静乐缓局棋弦璧畅衷硕])|"
    "及(?![时格早第物])|以及"
)
_ASKED = "谁|哪|什么|怎|是否|吗|为何|多少|几|难道|岂|何"


def _one_stop(match: re.Match[str]) -> str | None:
    """The one that is repeated; the full stop where it ends the line."""
    run = match["hit"]
    if match.string[match.start() - 1 : match.start()] in ("！", "？"):
        return ""
    if len(set(run)) == 1:
        return run[0]
    return "。" if run.endswith("。") and set(run) <= set("，、；。") else None


RULES = (
    Rule(
        "P08",
        Level.ERROR,
        "标点重叠",
        "几个点号连在一起，请留下一个。",
        f"{STANDARD} 4",
        pattern(
            rf"(?<![{_STOPS}！？])(?P<hit>(?!。{{3}})[{_STOPS}][{_STOPS}！？]{{1,6}})",
            r"(?<=[！？])(?P<hit>[，、；：。]{1,6})(?=[^”’]|$)",
            to=_one_stop,
        ),
        wrong=(
            "他来了，，又走了。 → 他来了，又走了。",
            "他来了，，。 → 他来了。",
            "他来了。，又走了。",
            "他来了，。",
        ),
        right=("他来了！？", "他说：“好。”", "等了。。。", "《你好！》，他唱了。"),
    ),
    Rule(
        "P33",
        Level.ERROR,
        "引文末尾的点号重复",
        "引号里面的话已经有了句末的点号，引号外面不再用句号。",
        f"{STANDARD} 4.1.3、4.8",
        pattern(
            r"(?<=[。？！]”)(?P<hit>。)",
            r"(?<=……”)(?P<hit>。)",
            r"(?<=。’”)(?P<hit>。)",
            r"(?<=[。？！])(?P<hit>[，、；])(?=”)",
            r"(?P<hit>。)(?=”[，、；])",
            to="",
        ),
        wrong=(
            "她说：“伞在门口。”。大家看过去。 → 她说：“伞在门口。”大家看过去。",
            "他问：“几点了？”。没人说话。 → 他问：“几点了？”没人说话。",
            "“伞在门口。”，她说。 → “伞在门口”，她说。",
        ),
        right=("她说：“伞在门口。”大家看过去。", "记住“先看见”。", "他问“几点了”。"),
    ),
    Rule(
        "P34",
        Level.WARN,
        "问号、叹号在引号外",
        "引的是一句完整的问话，问号、叹号放在引号里面。",
        f"{STANDARD} 4.2、4.8",
        pattern(
            rf"(?<![{HANZI}])(?!{IN_CLAUSE}{{0,14}}(?:{_ASKED}))"
            rf"[{HANZI}]{{1,14}}(?:问|说|道|喊|我|他|她|叫)[：，]“{IN_SENTENCE}{{1,60}}?"
            r"(?P<hit>(?<![。？！…])”(?P<mark>[？！]))",
            to=lambda match: f"{match['mark']}”",
        ),
        wrong=("老人问：“门几点开”？ → 老人问：“门几点开？”",),
        right=("老人问：“门几点开？”", "是谁问：“门几点开”？", "您听过“先看见”吗？"),
    ),
    Rule(
        "P35",
        Level.ERROR,
        "重复的括号、引号",
        "同一种括号、引号连着写了两层，请留一层。",
        f"{STANDARD} 4.8、4.9.3",
        pattern(
            r"（（(?P<in>[^（）\n]{1,80})））",
            r"““(?P<in>[^“”\n]{1,80})””",
            r"《《(?P<in>[^《》\n]{1,80})》》",
            r"【【(?P<in>[^【】\n]{1,80})】】",
            to=lambda match: f"{match[0][0]}{match['in']}{match[0][-1]}",
        ),
        wrong=(
            "见样表（（第二页））。 → 见样表（第二页）。",
            "““先看见””三个字。 → “先看见”三个字。",
        ),
        right=("见样表（第二页）。", "（（一）项除外）"),
    ),
    Rule(
        "P36",
        Level.WARN,
        "“等”“和”前面的顿号",
        "“等”“等等”“和”“以及”已经表示并列，前面不用顿号。",
        f"{STANDARD} 4.5",
        pattern(
            r"(?P<hit>、)(?=等等[，。；：）”]|等[，。；）]|等[\d一二三四五六七八九十几多]{1,4}[个种项家类])",
            rf"(?<=[{HANZI}”》）])(?P<hit>、)(?=(?:{_AND})[{HANZI}“《])",
            to="",
            unless=rf"、[和及]{IN_CLAUSE}{{1,20}}、[和及]",  # 和甲、和乙、和丙
        ),
        wrong=(
            "备好伞、椅子、等等。 → 备好伞、椅子等等。",
            "门垫、伞架、和灯。 → 门垫、伞架和灯。",
        ),
        right=(
            "备好伞、椅子等。",
            "安静、和谐的厅堂。",
            "准确、及时地答复。",
            "平等、等级和等候。",
            "参会、与会的人。",
        ),
    ),
    Rule(
        "P37",
        Level.ERROR,
        "省略号后面的句号",
        "省略号后面一般不再用句号。",
        f"{STANDARD} 4.11",
        pattern(r"(?<=……)(?P<hit>。)(?!。)", to=""),
        wrong=("等了又等……。门才开。 → 等了又等……门才开。",),
        right=("等了又等……门才开。", "好。……后来呢？"),
    ),
)
