"""Lists that are whole: what a number in quotation marks announces, and lists whose members and
order are laid down. Pure.
"""

import re
from collections.abc import Iterator

from ..amounts import value
from ..findings import Level
from ..texts import Text
from .rule import HANZI, Hit, Rule
from .wording import FIXED

#: Members in their order, and what such a list is called. Sources: words/fixed.txt.
_FIXED_LISTS = (
    ("新发展理念", "创新、协调、绿色、开放、共享"),
    (
        "社会主义核心价值观",
        "富强、民主、文明、和谐、自由、平等、公正、法治、爱国、敬业、诚信、友善",
    ),
    ("“四个意识”", "政治意识、大局意识、核心意识、看齐意识"),
    ("“四个自信”", "道路自信、理论自信、制度自信、文化自信"),
    ("金融“五篇大文章”", "科技金融、绿色金融、普惠金融、养老金融、数字金融"),
    ("主题教育总要求", "学思想、强党性、重实践、建新功"),
    ("“三不腐”", "不敢腐、不能腐、不想腐"),
    ("“四史”学习要求", "学史明理、学史增信、学史崇德、学史力行"),
    ("“政治三力”", "政治判断力、政治领悟力、政治执行力"),
    ("好干部标准", "忠诚、干净、担当"),
    ("乡村振兴总要求", "产业兴旺、生态宜居、乡风文明、治理有效、生活富裕"),
    ("“四铁”", "铁一般信仰、铁一般信念、铁一般纪律、铁一般担当"),
    ("新时代法治方针", "科学立法、严格执法、公正司法、全民守法"),
    ("全面依法治国布局", "法治国家、法治政府、法治社会"),
    ("“七有”", "幼有所育、学有所教、劳有所得、病有所医、老有所养、住有所居、弱有所扶"),
    ("“六稳”", "稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期"),
    ("“三感”", "获得感、幸福感、安全感"),
    ("“五位一体”总体布局", "经济建设、政治建设、文化建设、社会建设、生态文明建设"),
)
_SERIES = re.compile(rf"[{HANZI}]{{2,16}}(?:、[{HANZI}]{{2,16}}){{2,14}}")


def _order(text: Text) -> Iterator[Hit]:
    """Every member is there, and in another order."""
    for match in _SERIES.finditer(text.string):
        for name, members in _FIXED_LISTS:
            found = _members(match[0], members.split("、"))
            if found and found != members:
                start = match.start() + match[0].index(found)
                yield Hit(start, start + len(found), members, f"{name}的次序是“{members}”。")


def _members(series: str, members: list[str]) -> str:
    """The stretch that holds them all, one behind the other; empty where it is no such list."""
    items = series.split("、")
    for first in range(len(items) - len(members) + 1):
        few = items[first : first + len(members)]
        head = next((each for each in members if few[0].endswith(each)), "")
        tail = next((each for each in members if few[-1].startswith(each)), "")
        found = [head, *few[1:-1], tail]
        if sorted(found) == sorted(members):
            return "、".join(found)
    return ""


_QUOTED = re.compile(
    rf"“(?P<n>[两三四五六七八九十])个?(?P<what>[{HANZI}])”(?:[{HANZI}]{{0,6}}?)，?"
    rf"(?:即|就是|是|指的?是|分别是|包括|：|——)(?P<items>“?[{HANZI}]{{2,8}}”?(?:[、和]“?[{HANZI}]{{2,8}}”?){{1,9}})"
    r"(?=[。；，！）])"
)


def _quoted(text: Text) -> Iterator[Hit]:
    """“四心”即热心、耐心、细心: members that all hold the one character, and are too few."""
    for match in _QUOTED.finditer(text.string):
        items = [each.strip("“”") for each in re.split("[、和]", match["items"])]
        said = int(value(match["n"]) or 0)
        if "等" in match["items"] or not all(match["what"] in each for each in items):
            continue
        if len(items) != said:
            why = f"前面说“{match['n']}{match['what']}”，后面列出的是 {len(items)} 个。"
            yield Hit(*match.span("n"), None, why)


RULES = (
    Rule(
        "M19",
        Level.ERROR,
        "“四心”和列出的几心",
        "前面说的数目和后面列出的对不上。",
        "数据自洽（核算）",
        _quoted,
        wrong=("“三心”服务即热心、耐心。", "做到“两勤”：嘴勤、腿勤、手勤。"),
        right=(
            "“三心”服务即热心、耐心、细心。",
            "“四心”包括热心、耐心等。",
            "“三农”是农业、农村和农民。",
            "“两山”是一座山、一条河。",
        ),
    ),
    Rule(
        "S14",
        Level.WARN,
        "固定提法的次序",
        "这几项有固定的次序，请照着排。",
        FIXED,
        _order,
        wrong=(
            "坚持创新、绿色、协调、开放、共享。 → 坚持创新、协调、绿色、开放、共享。",
            "学思想、重实践、强党性、建新功的要求。 → 学思想、强党性、重实践、建新功的要求。",
        ),
        right=(
            "创新、协调、绿色、开放、共享的新发展理念。",
            "讲开放、讲创新、讲绿色、讲协调。",
        ),
    ),
)
