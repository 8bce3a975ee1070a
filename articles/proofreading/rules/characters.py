"""Spaces, and characters that are no print. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from ..findings import Level
from ..texts import Text
from .marks import STANDARD, lost_signs
from .rule import HANZI, Hit, Rule, pattern

_ODD = "\xa0\u1680\u2000-\u200a\u202f\u205f"


def _straight_space(match: re.Match[str]) -> str:
    """A common space, or nothing where there was none beside Chinese."""
    if " " in match[0]:
        return " "
    string, (start, end) = match.string, match.span()
    beside = string[max(0, start - 1) : start] + string[end : end + 1]
    wide = len(beside) < 2 or re.search(f"[{HANZI}\u3000-\u303f\uff00-\uffef“”‘’…—]", beside)
    return "" if wide else " "


def _readable(match: re.Match[str]) -> str | None:
    plain = unicodedata.normalize("NFKC", match[0])
    return None if plain == match[0] else plain


def _narrow(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def _first_line_spaces(text: Text) -> Iterator[Hit]:
    """Only where spaces are typed behind a line break; a text file may indent as it likes."""
    for block in text.body if not text.is_file else ():
        if block.indent:
            yield Hit(block.start, block.start + 1, None)


def _gaps(text: Text) -> Iterator[Hit]:
    """Spaces in running text. Short lines, verse and words in columns use them on purpose."""
    for block in text.blocks:
        if block.kind not in ("p", "li", "line") or len(block.text) < 40:
            continue
        some = list(islice(_GAP.finditer(block.text), _MANY))
        gaps = [gap for gap in some if not _is_meant(block.text, gap)]
        for gap in gaps if len(some) < _MANY and len(gaps) <= 2 else ():
            yield Hit(block.start + gap.start(), block.start + gap.end(), "")


def _is_meant(text: str, gap: re.Match[str]) -> bool:
    """Behind the number of an article of law, and between the halves of a slogan: “天晴 人和”."""
    if _ARTICLE.fullmatch(text, 0, gap.start()):
        return True
    before, after = (
        _PHRASE_END.search(text, max(0, gap.start() - 13), gap.start()),
        _PHRASE.match(text, gap.end()),
    )
    return before is not None and after is not None and len(before[0]) == len(after[0])


#: Words in columns.
_MANY = 6
_ARTICLE = re.compile(
    r"[（(]?第?[一二三四五六七八九十百零〇\d]{1,6}[条章节编款项、]?[）)]?|附件\d{0,2}|附则|总则"
)
_PHRASE = re.compile(f"[{HANZI}]{{2,12}}(?![{HANZI}])")
_PHRASE_END = re.compile(f"(?<![{HANZI}])[{HANZI}]{{2,12}}$")


_GAP = re.compile(f"(?<=[{HANZI}]) {{1,2}}(?=[{HANZI}])(?![一二三四五六七八九十]{{1,3}}、)")

RULES = (
    Rule(
        "P15",
        Level.FIX,
        "标点旁的空格",
        "全角标点自带空白，旁边不加空格。",
        f"{STANDARD} 5.1",
        pattern(
            r"(?<=[^\s，。；：！？、）》])[ \u3000]{1,40}(?=[，。；：！？、）》])",
            r"(?<=[，；：！？、（《])[ \u3000]{1,40}(?=[^\s，。；：！？、）》√×●◎◆■])",
            rf"(?<=。)[ \u3000]{{1,40}}(?=[{HANZI}“《])(?![一二三四五六七八九十]{{1,3}}、)",
            to="",
        ),
        wrong=("先看 ，再问。 → 先看，再问。", "先看， 再问。 → 先看，再问。"),
        right=("先看，再问。", "先看。 一、再问", "东岭支行 高志远"),
    ),
    Rule(
        "P16",
        Level.WARN,
        "文字之间的空格",
        "正文的两个汉字之间不需要空格。",
        "排版惯例（W3C《中文排版需求》）",
        _gaps,
        wrong=(
            "那天雨下得很大，门口的垫子换了三次，客人进门先低头看 脚下，再看我们，谁也没有先开口。"
            " → "
            "那天雨下得很大，门口的垫子换了三次，客人进门先低头看脚下，再看我们，谁也没有先开口。",
        ),
        right=(
            "东岭支行 高志远",
            "看见客户 看见自己",
            "第二十条 雨天，营业网点应当在门口放好垫子和伞架，客人进门时，由专人提醒小心地滑，"
            "再引导。",
            "那天雨下得很大，门口的横幅写着“风雨同舟路 冷暖两心知”，客人进门先低头看脚下，"
            "再看我们。",
        ),
    ),
    Rule(
        "P17",
        Level.WARN,
        "用空格缩进",
        "段首缩进由版式处理；请删去换行之后的空格，另起的段落按回车键。",
        "排版惯例（W3C《中文排版需求》）",
        _first_line_spaces,
        wrong=("<p>先看。<br>　　再问。</p>",),
        right=("<p>先看。<br>再问。</p>", "　　先看。"),
    ),
    Rule(
        "P23",
        Level.FIX,
        "全角的数字和字母",
        "阿拉伯数字和拉丁字母用半角。",
        "GB/T 15835—2011 5.1；排版惯例",
        pattern(r"[０-９Ａ-Ｚａ-ｚ％][０-９Ａ-Ｚａ-ｚ％．／－＋]{0,40}(?<![．／－＋])", to=_narrow),
        wrong=("共１２户。 → 共12户。", "增长３．５％。 → 增长3.5%。", "手机ＡＰＰ → 手机APP"),
        right=("共12户。", "（一）"),
    ),
    Rule(
        "X07",
        Level.WARN,
        "问号代替的字",
        "这里不像问句：多半是转换文件时丢了一个字或“·”“—”“、”，请对照原稿补上。",
        "编辑惯例（转换文件丢字）",
        lost_signs,
        wrong=("打造“雨天无水渍?东岭暖心角”这块牌子。",),
        right=("他要来吗?我不知道。", "魅力何在?我们看看。", "网点在哪里?在河边。"),
    ),
    Rule(
        "X01",
        Level.FIX,
        "特殊空格",
        "从网页或 Word 带来的特殊空格，印出来宽窄不一。",
        "排版惯例",
        pattern(rf" {{0,80}}[{_ODD}][ {_ODD}]{{0,160}}", to=_straight_space),
        wrong=("先看\xa0再问。 → 先看再问。", "Hello\xa0world → Hello world"),
        right=("先看 再问。",),
    ),
    Rule(
        "X02",
        Level.FIX,
        "部首代替的字",
        "从 PDF 复制来的字其实是部首符号，搜索不到，请换成正常的字。",
        "《通用规范汉字表》；GB 18030—2022",
        pattern("[\u2f00-\u2fd5\u2e9f\u2ef3]", to=_readable),
        wrong=("⼈来了。 → 人来了。",),
        right=("人来了。",),
    ),
    Rule(
        "X04",
        Level.FIX,
        "看不见的字符",
        "这里有看不见的字符，会让文字显示错乱、搜索不到。",
        "排版惯例；Unicode 双向和零宽字符",
        pattern(
            "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e"
            "\u2060-\u2069\ufeff]{1,40}",
            to="",
        ),
        wrong=("# 柜\u202e前 → 柜前",),
        right=("今天很高兴👨‍👩‍👧。",),
    ),
    Rule(
        "X03",
        Level.ERROR,
        "读不出的字符",
        "这里有读不出的字符，多半是复制时丢了字，请对照原稿补上。",
        "GB 18030—2022",
        pattern("[\ufffd\ue000-\uf8ff\u2e80-\u2e9e\u2ea0-\u2ef2\U000f0000-\U0010fffd]{1,40}"),
        wrong=("柜\ufffd前。",),
        right=("龑、䶮是人名里的字。", "今天很高兴😀。"),
    ),
)
