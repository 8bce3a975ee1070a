"""Abbreviations at first use, words that age, forms that should be one, hollow emphasis. Pure."""

import re
from collections.abc import Iterator

from ..findings import Level
from ..texts import Text
from .rule import HANZI, Hit, Rule, pattern

# Known to every reader of a bank's journal.
_KNOWN = frozenset(
    "ATM POS APP VIP PPT WIFI QQ GDP CPI LED LCD USB PDF IT AI IC ID PC OK KTV CT TV DVD CD VR AR "
    "KM KG CM NO SUV NBA MV WC CEO EXCEL WORD IBM BBC CCTV PM AM AA AAA UFO DNA RMB USD EMS SOS "
    "DIY SARS NFC GPS BP CPU ICP".split()
)
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9.@/_\-])[A-Z][A-Z0-9]{1,5}(?![A-Za-z0-9@/_\-])")
_GLOSS = re.compile(rf"[（(][^（）()\n]{{0,30}}[{HANZI}]")


def _abbreviations(text: Text) -> Iterator[Hit]:
    """Those without a gloss at first use; ESG（环境、社会和治理）, 治理（ESG） have one.

    One finding for all, at the first: whether readers know them is for the writer to say."""
    seen: set[str] = set()
    bare: list[re.Match[str]] = []
    for match in _ABBREVIATION.finditer(text.string):
        word = match[0]
        if word in seen or word in _KNOWN or any(char.isdigit() for char in word):
            continue
        seen.add(word)
        before = text.string[max(0, match.start() - 1) : match.start()]
        if before not in ("（", "(") and not _GLOSS.match(text.string, match.end()):
            bare.append(match)
    if bare:
        words = "、".join(match[0] for match in bare)
        why = f"第一次出现时没有中文全称的缩写：{words}；请写成“客户关系管理（CRM）”。"
        yield Hit(*bare[0].span(), None, why)


# 25日前, 节日前 and 临近日 end there, 近期目标 is no time that passes.
_AGEING = re.compile(
    r"(?<![\d一二三四五六七八九十两零〇几数多整本当今节假生即次作末期首某翌纪工忌限终截])日前|"
    r"(?<![最接临附靠])近日(?!子|常|本|益|出|落|期|趋|点)|"
    r"近期(?!目标|规划|建设|计划|和中|与中|、中)|昨日(?!重)|本周(?![期边转长])|上周(?![期边转长])|"
    r"本月初|上月底"
)


def _ageing(text: Text) -> Iterator[Hit]:
    """One finding for all: the words are right, only a reader in years won't know when.

    今年 and 去年 are not among them: the journal says its year on every page."""
    found = list(_AGEING.finditer(text.string))
    if found:
        words = "、".join(f"“{word}”" for word in dict.fromkeys(match[0] for match in found))
        why = f"文中有{words}（共 {len(found)} 处）；刊物要放很久，能写年份、月份的请写明。"
        yield Hit(*found[0].span(), None, why)


#: Two forms of one name: whichever comes first is the article's own.
_ONE_FORM = (
    ("我行", "本行"),
    ("农商银行", "农商行"),
    ("手机银行", "掌上银行"),
    ("大堂经理", "厅堂经理"),
)


def _mixed_forms(text: Text) -> Iterator[Hit]:
    for forms in _ONE_FORM:
        firsts = {form: at for form in forms if (at := _first(text.string, form)) >= 0}
        if len(firsts) == len(forms):
            own, other = sorted(firsts, key=firsts.__getitem__)
            at = firsts[other]
            why = f"前文用“{own}”，这里用“{other}”；一篇文章里请用一种。"
            yield Hit(at, at + len(other), None, why)


def _first(string: str, word: str) -> int:
    found = re.search(rf"(?<![日日根基资成老版书原]){word}(?![业驶动进走程])", string)
    return found.start() if found else -1


_LEADERS = "董事长|行长|(?<!总)书记|主任|领导|总经理|监事长"

RULES = (
    Rule(
        "A01",
        Level.INFO,
        "英文缩写第一次出现",
        "第一次出现的英文缩写，请写出中文全称，如“客户关系管理（CRM）”。",
        "编辑惯例（缩写第一次出现给出全称）",
        _abbreviations,
        wrong=("我们用CRM记来意。", "ESG是新词。"),
        right=(
            "我们用客户关系管理（CRM）记来意。",
            "ESG（环境、社会和治理）是新词。",
            "用ATM取款。",
            "见https://example.org/ABC。",
        ),
    ),
    Rule(
        "T01",
        Level.INFO,
        "会过时的时间词",
        "刊物要放很久，能写年份、月份的请写明。",
        "编辑惯例",
        _ageing,
        wrong=("近日，厅堂换了门垫。",),
        right=("2022年3月，厅堂换了门垫。", "今年的雨多。", "请在6月30日前交。", "临近日落。"),
    ),
    Rule(
        "T02",
        Level.INFO,
        "一词两写",
        "同一个意思用了两种写法，一篇文章里请用一种。",
        "本刊体例（全文统一）",
        _mixed_forms,
        wrong=("我行换了门垫。本行的客户说好。",),
        right=("我行换了门垫。我行的客户说好。", "本行业的门垫。我行也换了。"),
    ),
    Rule(
        "S05",
        Level.WARN,
        "对领导的客套话",
        "报道领导的工作，不用“亲自”“亲临”“莅临”“重要讲话”一类的话。",
        "新华社新闻信息报道中的慎用词；中央八项规定实施细则（改进新闻报道）",
        pattern(
            rf"(?:{_LEADERS})[^。！？\n]{{0,15}}?(?P<hit>亲自|亲临|莅临|重要讲话)",
            rf"(?P<hit>亲自|亲临|莅临)(?=[^。！？\n]{{0,6}}?(?:{_LEADERS}))",
            unless="总书记|党中央|国家主席",  # there it is the set phrase
        ),
        wrong=("行长亲自到厅堂看了门垫。", "领导莅临网点。"),
        right=("大娘亲自把伞送了回来。", "行长到厅堂看了门垫。", "学习习近平总书记系列重要讲话。"),
    ),
    Rule(
        "S06",
        Level.WARN,
        "“本刊”“本报”",
        "内部资料不称“本刊”“本报”，请用“我们”“编者”或刊名。",
        "《内部资料性出版物管理办法》第十四条（内部资料不使用报、刊等字样）",
        pattern(
            rf"(?<![{HANZI}])本[刊报](?=记者|编辑|讯|编者|特约|[，。：、]|[{HANZI}])(?!纸|告|表|酬|"
            rf"备|名|销|价|案|送|考|到|社)"
        ),
        wrong=("本刊记者采访了他。",),
        right=("我们采访了他。", "基本刊物。", "本报告共三章。"),
    ),
)
