"""Fixed wording of Party and State, offices in their order, forms for regions. Pure."""

import re
from collections.abc import Iterator
from pathlib import Path

from ..findings import Level
from ..fixed import read
from ..texts import Text
from .rule import HANZI, IN_CLAUSE, Hit, Rule, apart, pattern, within

XINHUA = "新华社新闻信息报道中的禁用词和慎用词"


_CHINA = "(?:中国|我国)"
_ISLANDS = "(?:台湾|香港|澳门|港澳台)"

_PHRASES = read(Path(__file__).parent.parent / "words" / "fixed.txt")
FIXED = "党的二十大报告、《中国共产党章程》；公开发布的固定提法（2026 年 11 月版）"


def _near_forms(text: Text) -> Iterator[Hit]:
    told = text.once(_told)
    for near in _PHRASES.find(text.string):
        if within((near.start, near.end), told):
            continue
        why = f"固定提法是“{near.phrase.strip('“”')}”，请核对。"
        # A last character that differs may begin another word.
        sure = len(near.phrase) > 6 and near.phrase[-1] != near.right[-1:]
        yield Hit(near.start, near.end, near.right, why, None if sure else Level.WARN)


#: What must follow, where a phrase begins so: the one word that can.
_CONTINUED = pattern(
    rf"习近平新时代中国特色社会主义(?P<hit>(?!(?:经济|法治|生态文明|外交|强军|文化)?思想|政治经济学)[{HANZI}]{{2}})",
    to="思想",
)
_OF_THE_LEADER = pattern(
    rf"习近平(?P<hit>(?!总书记)(?:总[{HANZI}]记|总书[{HANZI}]|[{HANZI}]书记))", to="总书记"
)
_CONGRESS = pattern(
    r"党的(?:十[一二三四五六七八九]|二十[一二]?)(?P<hit>大)(?=[一二三四五六七]中全会)", to="届"
)
_SESSION = pattern(
    r"党的(?:十[一二三四五六七八九]|二十[一二]?)(?P<hit>届)(?=报告|精神|代表|以来|召开|胜利|，)",
    to="大",
)


def _continuations(text: Text) -> Iterator[Hit]:
    for find in (_CONTINUED, _OF_THE_LEADER, _CONGRESS, _SESSION, *_FRAMES):
        yield from find(text)


def _told(text: Text) -> list[tuple[int, int]]:
    return sorted(hit[:2] for hit in _continuations(text))


#: The three that are said together, each behind its verb.
_FRAMES = (
    pattern(rf"增强“(?P<hit>四个(?!意识)[{HANZI}]{{2}})(?=”[、，]坚定)", to="四个意识"),
    pattern(rf"四个意识”[、，]坚定“(?P<hit>四个(?!自信)[{HANZI}]{{2}})(?=”)", to="四个自信"),
    pattern(
        rf"四个自信”[、，](?:坚决)?(?:做到|践行)“(?P<hit>两个(?!维护)[{HANZI}]{{2}})(?=”)",
        to="两个维护",
    ),
    pattern(rf"(?:领悟|拥护|捍卫)“(?P<hit>两个(?!确立)[{HANZI}]{{2}})(?=”的决定性)", to="两个确立"),
)

_ORGANISATION = "总行|省行|省分行|市分行|分行|支行|分理处|网点"
#: Behind every office.
_STAFF = "客户经理|大堂经理|理财经理|柜员|员工"
_OFFICE = f"{_STAFF}|董事长|监事长|党委书记|书记|行长|主任|总经理|经理|科长"
_PERSON = re.compile(
    rf"(?P<place>[{HANZI}]{{0,8}}?(?:{_ORGANISATION}))?(?:党委|党支部|支部)?(?P<deputy>副)?(?P<office>{_OFFICE})"
    rf"(?P<name>[{HANZI}]{{2,3}}?)(?=[、，。；和等及]|陪同|出席|参加|到会|到场|一行|分别|共同|带队|$)"
)
_LIST = re.compile(
    rf"[^，。；：！？\n]{{0,16}}(?:{_OFFICE})[{HANZI}]{{2,3}}(?:[、和][^，。；：！？\n、]{{3,24}}){{1,12}}"
)
_HEIGHT = {
    "总行": 4,
    "省行": 3,
    "省分行": 3,
    "市分行": 2,
    "分行": 2,
    "支行": 1,
    "分理处": 0,
    "网点": 0,
}
_RANK = {"董事长": 3, "监事长": 2, "党委书记": 3, "书记": 3, "行长": 2, "主任": 1, "总经理": 2}


def _offices(text: Text) -> Iterator[Hit]:
    """One finding a list, at the first who stands behind somebody below."""
    for match in _LIST.finditer(text.string):
        yield from _first_out_of_order(text.string, *match.span())


def _first_out_of_order(string: str, start: int, end: int) -> Iterator[Hit]:
    place, before = "", None
    at = start
    for item in re.split("([、和])", string[start:end]):
        person = _PERSON.search(string, at, min(at + len(item) + 1, len(string)))
        at += len(item)
        if person is None:
            continue
        place = person["place"] or place
        height = next(
            (_HEIGHT[each] for each in _ORGANISATION.split("|") if place.endswith(each)), 1
        )
        height = -1 if person["office"] in _STAFF.split("|") else height
        rank = (height, not person["deputy"], _RANK.get(person["office"], 0))
        same_office = before and (before[2] == rank[2])
        if before and (
            rank[0] > before[0] or (rank[0] == before[0] and same_office and rank > before)
        ):
            yield Hit(*person.span())
            return
        before = rank


_FOREIGN = (
    "美国|日本|韩国|英国|法国|德国|意大利|俄罗斯|新加坡|泰国|越南|马来西亚|印度|印尼|印度尼西亚|菲律宾|澳大利亚|"
    "加拿大|新西兰|巴西"
)

RULES = (
    Rule(
        "S03",
        Level.ERROR,
        "和“中国”并列的地区",
        "香港、澳门、台湾是中国的一部分，不与“中国”并列，不列在“国家”之下。",
        XINHUA,
        pattern(
            rf"{_CHINA}(?:和|与|同|、|及|以及)(?P<hit>{_ISLANDS})(?!省|地区|特别行政区|当局|问题|关系|海峡|大学|银行)",
            rf"{_ISLANDS}{IN_CLAUSE}{{0,12}}等(?:多个|多|几个|各|十几个)?(?P<hit>国家)(?!级|重点|标准|战略|重大|机关|和地区|及地区|与地区|、地区|或地区|（地区)",
            rf"{_ISLANDS}(?:居民|同胞|游客|客商|学生|代表团|同业)(?P<hit>来华|访华)",
            r"(?<![、和及])(?:香港|澳门|台湾)(?:[、和及](?:香港|澳门|台湾)){1,2}等(?P<hit>国家和地区)",
            r"(?P<hit>中华民国)(?=护照|总统|政府在台|国旗|国徽|外交)",
        ),
        wrong=("中国和台湾的同业。", "日本、香港等国家的网点。", "台湾同胞来华考察。"),
        right=("日本、中国香港等国家和地区的网点。", "大陆和台湾的同业。", "台湾同胞来大陆考察。"),
    ),
    Rule(
        "S08",
        Level.WARN,
        "“省省委书记”",
        "写“××省委书记”“××市委书记”，不写“××省省委书记”。",
        XINHUA,
        pattern(
            r"(?<![该某本我全各邻外两几])(?P<hit>省省委书记|市市委书记)", to=lambda hit: hit[0][1:]
        ),
        wrong=("吉林省省委书记来了。 → 吉林省委书记来了。",),
        right=("吉林省委书记来了。", "该市市委书记来了。"),
    ),
    Rule(
        "S07",
        Level.ERROR,
        "“台独”要加引号",
        "“台独”“港独”“藏独”“疆独”必须加引号。",
        XINHUA,
        pattern(r"(?<![“‘新])(?P<hit>台独|港独|藏独|疆独)(?![”’立资家特具院])"),
        wrong=("反对台独。",),
        right=("反对“台独”。", "一台独立的机器。", "舞台独特。", "新疆独山子。"),
    ),
    Rule(
        "S09",
        Level.ERROR,
        "固定提法",
        "和固定提法差一两个字，请核对。",
        FIXED,
        _near_forms,
        wrong=(
            "坚持“五位一体”整体布局。 → 坚持“五位一体”总体布局。",
            "学习习近平新时代中国特色社会主意思想。 → 学习习近平新时代中国特色社会主义思想。",
            "推进供给测结构性改革。 → 推进供给侧结构性改革。",
            "铸牢中华民族同体意识。 → 铸牢中华民族共同体意识。",
            "坚定“四个自心”。 → 坚定“四个自信”。",
            "中国共产档的领导。 → 中国共产党的领导。",
        ),
        right=(
            "坚持“五位一体”总体布局。",
            "中国共产主义青年团。",
            "做到四个自觉。",
            "锚定“两个确保”。",
            "实现“两个一百年”的奋斗目标，统筹发展与安全。",
            "创新、协调、绿色、开放、共享的新发展理念。",
        ),
    ),
    Rule(
        "S10",
        Level.ERROR,
        "固定提法的后半",
        "这个提法的后半只有一种说法，请核对。",
        FIXED,
        _continuations,
        wrong=(
            "学习习近平新时代中国特色社会主义理念。 → 学习习近平新时代中国特色社会主义思想。",
            "习近平总书纪指出。 → 习近平总书记指出。",
            "党的二十大四中全会 → 党的二十届四中全会",
            "增强“四个意识”、坚定“四个信念”，做好服务。 → 增强“四个意识”、坚定“四个自信”，"
            "做好服务。",
            "坚定“四个自信”、做到“两个拥戴”。 → 坚定“四个自信”、做到“两个维护”。",
        ),
        right=(
            "学习习近平新时代中国特色社会主义思想。",
            "习近平总书记指出。",
            "党的二十大精神，党的二十届三中全会。",
            "做到“两个确保”。",
        ),
    ),
    Rule(
        "S11",
        Level.WARN,
        "职务的次序",
        "名单按职务排列：上级机构在前，同一机构里正职在副职之前。",
        "新闻报道惯例；党政机关公文写作惯例（名单按职务排列）",
        _offices,
        wrong=(
            "到场的有支行行长周明、总行副行长钱进。",
            "参加的有分行副行长李丽、行长赵强。",
            "到场的有客户经理李丽、支行行长赵强。",
        ),
        right=(
            "到场的有总行副行长钱进、支行行长周明、副行长吴迪。",
            "会见了城东支行行长周明、城西支行行长吴迪。",
            "分行副行长李丽和支行行长赵强。",
        ),
    ),
    Rule(
        "S12",
        Level.WARN,
        "港澳台和国家并列",
        "香港、澳门、台湾与外国并列时写“中国香港”“中国澳门”“中国台湾”；与“大陆”相对的是台湾，与“内地”相对的是香港、澳门。",
        XINHUA,
        apart(
            pattern(
                rf"(?:{_FOREIGN})(?:、|和|与|及|以及)(?P<hit>香港|澳门|台湾)(?!当局|问题|海峡)",
                rf"(?<![国])(?P<hit>香港|澳门|台湾)(?:、|和|与|及|以及)(?={_FOREIGN})",
                to=lambda match: f"中国{match['hit']}",
                unless="国家(?:和|及|与|、)地区|境内外|[多个]地区",
            )
        ),
        wrong=(
            "去过日本、香港。 → 去过日本、中国香港。",
            "台湾和韩国的同业 → 中国台湾和韩国的同业",
        ),
        right=(
            "韩国、台湾等二十个国家和地区。",
            "去过日本、中国香港。",
            "香港、澳门的同业。",
            "内地与香港。",
            "美国和台湾当局。",
        ),
    ),
    Rule(
        "S13",
        Level.WARN,
        "内地和大陆",
        "与香港、澳门相对说“内地”，与台湾相对说“大陆”（“祖国大陆”）。",
        XINHUA,
        pattern(
            r"(?P<hit>大陆)(?=(?:和|与|同|、|及)(?:香港|澳门|港澳(?!台)))",
            r"(?:香港|澳门)(?:和|与|同|、|及)(?P<hit>大陆)",
            to="内地",
        ),
        wrong=("大陆和香港的客户。 → 内地和香港的客户。",),
        right=("内地和香港的客户。", "大陆和台湾的客户。"),
    ),
)
