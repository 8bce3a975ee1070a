"""Characters and marks of the wrong shape: traditional forms, look-alikes, wrong ranges. Pure."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ..findings import Level
from ..texts import Block, Text
from .marks import FOREIGN_POINT, STANDARD
from .numerals import STANDARD as NUMERALS
from .numerals import UNITS
from .rule import HANZI, IN_CLAUSE, Hit, Rule, pattern

_TABLE = Path(__file__).parent.parent / "words" / "traditional.txt"
#: Of a paragraph: from here on it is meant to be traditional, and is told once.
_MEANT = 0.25
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")


def simple_forms() -> dict[str, str]:
    """The standard form of each traditional character."""
    return {chr(point): form for point, form in _simplified().items()}


@cache
def _simplified() -> dict[int, str]:
    rows = _TABLE.read_text(encoding="utf-8").splitlines()
    pairs = [pair for row in rows if not row.startswith("#") for pair in row.split()]
    return {ord(pair[0]): pair[1] for pair in pairs}


@cache
def _traditional() -> re.Pattern[str]:
    chars = "".join(map(chr, _simplified()))
    return re.compile(f"[{chars}](?:[{HANZI}]{{0,1}}[{chars}]){{0,20}}")


def _traditional_forms(text: Text) -> Iterator[Hit]:
    for block in text.blocks:
        if _KANA.search(block.text):
            continue  # Japanese writes many of them
        found = list(_traditional().finditer(block.text))
        if sum(len(match[0]) for match in found) > _MEANT * len(block.text) > 2:
            why = "这一段几乎都是繁体字；古籍引文可以保留，其余请改用规范字。"
            yield Hit(block.start + found[0].start(), block.start + found[0].end(), None, why)
            continue
        for match in found:
            start, end = (block.start + place for place in match.span())
            yield Hit(start, end, match[0].translate(_simplified()))


_CORNERS = {"「": "“", "」": "”", "『": "‘", "』": "’", "﹁": "“", "﹂": "”"}


def _corner_quotes(text: Text) -> Iterator[Hit]:
    for block in text.blocks:
        if "「" in block.text or "『" in block.text or "﹁" in block.text:
            yield from _corners(block)


def _corners(block: Block) -> Iterator[Hit]:
    """『 』 without 「 」 around them are the outer quotation; Japanese keeps its own."""
    outer = "「" not in block.text and "﹁" not in block.text
    for match in re.finditer("[「」『』﹁﹂]", block.text):
        at = match.start()
        if _KANA.search(block.text, max(0, at - 12), at + 12):
            continue
        new = _CORNERS[match[0]]
        new = {"‘": "“", "’": "”"}.get(new, new) if outer else new
        yield Hit(block.start + at, block.start + at + 1, new)


_WORD = "[A-Za-z][A-Za-z'’]*"
#: Two words of a Western sentence on one side of the mark at least.
_WESTERN = re.compile(
    rf"(?<=[a-z]\s){_WORD}(?P<hit>[，；：？！])\s?(?={_WORD})"
    rf"|(?<![A-Za-z]){_WORD}(?P<hot>[，；：？！])\s?(?={_WORD}\s[a-z])"
)


def _wide_in_western(text: Text) -> Iterator[Hit]:
    for match in _WESTERN.finditer(text.string):
        group = "hit" if match["hit"] else "hot"
        start = match.start(group)
        mark = {"，": ",", "；": ";", "：": ":", "？": "?", "！": "!"}[match[group]]
        spaced = text.string[start + 1 : start + 2] == " "
        yield Hit(start, start + 1, mark if spaced else f"{mark} ")


_SERIES = re.compile(
    r"(?P<name>附图|附表|附件|图表|(?<![地代发手仪列报版企意贪力试蓝构插附拼挂截])图"
    r"|(?<![代发外手仪列报附图言钟电怀腕年月课])表)"
    r"(?:(?P<arabic>\d{1,2})(?![\d.%年月日个张份家次])"
    rf"|(?P<hanzi>[一二三四五六七八九十]{{1,2}})(?=[^{HANZI}]|$|[所中为的显和与至及是]))",
    re.MULTILINE,
)


def _one_script(text: Text) -> Iterator[Hit]:
    """图一 … 图2: the form that came first is the text's own; each series is told once."""
    forms: dict[str, str] = {}
    told: set[str] = set()
    for match in _SERIES.finditer(text.string):
        name, form = match["name"], "arabic" if match["arabic"] else "hanzi"
        if forms.setdefault(name, form) != form and name not in told:
            told.add(name)
            yield Hit(*match.span())


_EVENT = (
    "消费者|国际|晚会|活动|宣传|安全生产|禁毒|宪法|法制|法治|地震|大地震|汶川|事件|事变|惨案|"
    "学雷锋|志愿"
)

RULES = (
    Rule(
        "P29",
        Level.FIX,
        "直角引号",
        "横排的文字用“ ”，里面一层用‘ ’。",
        f"{STANDARD} 4.8、5.2",
        _corner_quotes,
        wrong=(
            "墙上写着「慢一点」。 → 墙上写着“慢一点”。",
            "他说：「她写了『等』字。」 → 他说：“她写了‘等’字。”",
        ),
        right=("墙上写着“慢一点”。", "歌名是「さくら」。"),
    ),
    Rule(
        "P30",
        Level.FIX,
        "合成一个字符的问号、叹号",
        "叠用的问号、叹号一个一个写，印出来才整齐。",
        f"{STANDARD} 4.2、4.3",
        pattern(
            "[⁇‼⁉⁈]",
            to=lambda match: {"⁇": "？？", "‼": "！！", "⁉": "！？", "⁈": "？！"}[match[0]],
        ),
        wrong=("真的吗⁉ → 真的吗！？", "来了‼ → 来了！！"),
        right=("真的吗？！",),
    ),
    Rule(
        "P31",
        Level.FIX,
        "间隔号的写法",
        "外国人名、少数民族人名中间用间隔号“·”。",
        f"{STANDARD} 4.14",
        pattern(rf"(?<=[{HANZI}])[•・･‧∙⋅●．](?=[{HANZI}])", FOREIGN_POINT, to="·"),
        wrong=(
            "古丽•艾买提来了。 → 古丽·艾买提来了。",
            "约翰・史密斯 → 约翰·史密斯",
            "夏洛克.赫姆斯 → 夏洛克·赫姆斯",
        ),
        right=("古丽·艾买提来了。", "3．5", "• 备好零钱"),
    ),
    Rule(
        "P32",
        Level.WARN,
        "西文句子里的全角标点",
        "整句的西文用西文标点。",
        "CY/T 154—2017《中文出版物夹用英文的编辑规范》",
        _wide_in_western,
        wrong=(
            "门上写着Please wait here，we are coming。 → 门上写着Please wait here, we are coming。",
        ),
        right=("会用Word，Excel，PowerPoint。", "他说Please wait，然后走了。"),
    ),
    Rule(
        "X05",
        Level.ERROR,
        "繁体字",
        "规范字里混进了繁体字，请改过来；古籍引文和人名可以保留。",
        "《通用规范汉字表》（2013）；《期刊编校差错率计算方法》",
        _traditional_forms,
        wrong=(
            "营業厅的門垫换了三次。 → 营业厅的门垫换了三次。",
            "學習先进，向榜样看齐。 → 学习先进，向榜样看齐。",
            "學而時習之，不亦說乎。",
        ),
        right=("乾隆年间的於先生。", "毕昇发明活字。", "桜の樹，東京の駅。"),
    ),
    Rule(
        "X06",
        Level.FIX,
        "年份里的圈",
        "汉字数字的零是“〇”，不是圆圈和字母。",
        f"{NUMERALS} 4.1.3、5.2.3",
        pattern(
            "(?<=[一二三四五六七八九〇○])[○◯OoО0](?=[一二三四五六七八九〇○年])",
            "(?<=二)零(?=[一二三四五六七八九零〇]{2}年)",
            "(?<=二零)零(?=[一二三四五六七八九]年)",
            to="〇",
        ),
        wrong=(
            "二○二三年三月。 → 二〇二三年三月。",
            "二O一九年 → 二〇一九年",
            "二零二一年 → 二〇二一年",
        ),
        right=("二〇二三年三月。", "选○的一项。"),
    ),
    Rule(
        "N18",
        Level.FIX,
        "摄氏度",
        "摄氏度的符号是“℃”，写在数字后面。",
        UNITS,
        pattern(r"(?<=\d)\s?(?P<hit>[Cc]°|°[Cc]|º[Cc]|˚[Cc]|[oO]C(?![A-Za-z0-9])|度C)", to="℃"),
        wrong=("水温45C°。 → 水温45℃。", "室温26°C。 → 室温26℃。"),
        right=("水温45℃。", "北纬43°。"),
    ),
    Rule(
        "N19",
        Level.ERROR,
        "日期简称里的间隔号",
        "用月日简称事件或节日，中间用间隔号“·”。",
        f"{STANDARD} 4.14.3.4",
        pattern(
            r"“(?:1[0-2]|[1-9])(?P<hit>[.．、\-—])(?:3[01]|[12]?[1-9]|[12]0)”"
            rf"(?={IN_CLAUSE}{{0,4}}(?:{_EVENT}|日|案|节|周))",
            rf"(?<![\d.“])(?:1[0-2]|[1-9])(?P<hit>[.．])(?:3[01]|[12]?[1-9]|[12]0)(?=(?:{_EVENT}|国家))",
            to="·",
        ),
        wrong=(
            "“12.4”国家宪法日。 → “12·4”国家宪法日。",
            "3.15晚会 → 3·15晚会",
        ),
        right=("“12·4”国家宪法日。", "升级到“2.5”版。", "增长3.15%。", "重1.5千克。"),
    ),
    Rule(
        "N20",
        Level.FIX,
        "时间起止的连接号",
        "时间的起止用一字线“—”，不用半角的短横线。",
        f"{STANDARD} 4.13.3.2；GB/T 15835—2011 5.1.3",
        pattern(
            r"(?<=\d[:：]\d\d)\s?(?P<hit>-{1,2}|–|－|~)\s?(?=\d{1,2}[:：]\d\d)",
            r"(?<=\d[年月日时])(?P<hit>-{1,2}|–|－)(?=\d{1,4}[年月日时])",
            r"(?<![\d\-])(?:19|20)\d\d(?P<hit>-{1,2}|–|－)(?=(?:19|20)\d\d年)",
            r"(?<=[周期][一二三四五六])(?P<hit>-{1,2}|–|－)(?=周|星期)",
            r"(?<![\d\-.．月年])\d{1,2}(?P<hit>-{1,2}|–|－)(?=\d{1,2}(?:月|日|点|时(?!间)))",
            to="—",
            unless="比分|[大小]胜|战胜|逆转|不敌",
        ),
        wrong=(
            "营业时间8:30-16:30。 → 营业时间8:30—16:30。",
            "9月1日-7日 → 9月1日—7日",
            "周一-周五 → 周一—周五",
            "6-8月 → 6—8月",
            "2019-2021年 → 2019—2021年",
        ),
        right=("营业时间8:30—16:30。", "2021-03-05", "电话0431-80000000。", "比分21:18-21:15。"),
    ),
    Rule(
        "C12",
        Level.WARN,
        "图序、表序的写法",
        "同一种序号，有的用汉字，有的用数字；全文请用一种。",
        "CY/T 170—2019《学术出版规范 表格》、CY/T 171—2019《插图》；体例一致",
        _one_script,
        wrong=("见图一。再看图2。", "附件一是名单，附件2是样表。"),
        right=(
            "见图1和图2。",
            "见图一，再看表1。",
            "代表一共3人，地图2张。",
            "不能图一时之快，见图1。",
        ),
    ),
)
