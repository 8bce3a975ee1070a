"""What a line of a dump looks like, judged by itself: heading, item, prose, a cut sentence."""

import re

HANZI = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
NUMERALS = "一二三四五六七八九十"

_CLOSERS = "”’』」)）》】〉\"'"
_SENTENCE_ENDS = frozenset(f"{_CLOSERS}。！？!?…：:")
_FULL_STOPS = tuple("。！？!?…")
_LEAD_INS = (":", "：")
#: Marks that begin an item. Bullets are drawn again by the page; the others say something.
BULLETS = "●■◆•▪▶►➢➤▲★☆◇□○◦"
SPEAKING_MARKS = "√✓✔☑×✕✗✘①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮※"
_ITEM = re.compile(f"[{BULLETS}{SPEAKING_MARKS}]|[·\\-–] ?(?=[\u4e00-\u9fff])")
_HEADINGS = (
    (2, re.compile(f"([{NUMERALS}]{{1,3}})[、.．]\\s*(?=\\S)")),
    (3, re.compile(f"[（(]([{NUMERALS}]{{1,3}})[)）][、.．]?\\s*(?=\\S)")),
    (4, re.compile(r"(\d{1,2})[.．、](?!\d)\s*(?=\S)")),
    (4, re.compile(r"[（(](\d{1,2})[)）]\s*(?=\S)")),
)
_ENUMERATED = re.compile(
    f"(?:其?[{NUMERALS}](?:是|要|方面|个)|第[{NUMERALS}]+[,，、 ]"
    "|首先|其次|再次|最后|总之|总而言之)"
)
_CONTINUES = re.compile(r"[,，。、;；:：!！?？”’）)》】…%％]")
_SENTENCE_MARK = re.compile("[。；;]")
_SENTENCE_END = re.compile("[！!？?]")
_PAUSE = re.compile("[，,！!？?、：:]")
_SPACED_HANZI = re.compile("(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")

#: Longer than this, a line without a sentence mark is no title but a piece of a paragraph.
LONGEST_TITLE = 40
LONGEST_HEADING = 40


def squeeze(text: str) -> str:
    """Without any space: 目 录 → 目录."""
    return re.sub(r"\s+", "", text)


def hanzi(text: str) -> int:
    """How many Chinese characters the text holds."""
    return len(HANZI.findall(text))


def numeral(text: str) -> int | None:
    """第十二期's 十二, or 12, as a number (1 to 99; digits one by one: 二〇二二 → 2022)."""
    if text.isdecimal():
        return int(text)
    digits = {char: value for value, char in enumerate(f"〇{NUMERALS[:9]}")} | {"零": 0, "两": 2}
    if "十" not in text:
        values = [digits.get(char) for char in text]
        return None if not values or None in values else int("".join(map(str, values)))
    tens, _, units = text.partition("十")
    if "十" in units or len(tens) > 1 or len(units) > 1:
        return None
    ten, unit = (
        digits.get(tens, 1 if not tens else None),
        digits.get(units, 0 if not units else None),
    )
    return None if ten is None or unit is None else ten * 10 + unit


def heading(text: str) -> tuple[int, int, int] | None:
    """Level (2 to 4), number, and where the words begin: 一、 is 2, (一) is 3, 1. and (1) are 4."""
    for level, pattern in _HEADINGS:
        if match := pattern.match(text):
            number = numeral(match[1])
            return None if number is None else (level, number, match.end())
    return None


def item_mark(text: str) -> str:
    """The mark that makes the line an item of a list, or the empty string."""
    match = _ITEM.match(text)
    return match[0].strip() if match else ""


def is_prose(text: str) -> bool:
    """A paragraph or a piece of one; a title may hold a comma or end with a question mark."""
    if _SENTENCE_MARK.search(text) or len(text) > LONGEST_TITLE:
        return True
    if item_mark(text) or heading(text):
        return True
    sentences = len(_SENTENCE_END.findall(text))
    if sentences > 1 or (sentences and len(text) > 20 and "—" not in text):
        return True
    return (len(text) > 32 and len(_PAUSE.findall(text)) > 1) or text[-1] in "，,、"


def is_short(text: str) -> bool:
    """Could be a title, or a line of one."""
    return bool(HANZI.search(text)) and not is_prose(text)


def is_closed(text: str) -> bool:
    """Ends as a sentence does: no other line has to follow."""
    return text.rstrip(_CLOSERS).endswith(_FULL_STOPS)


def is_lead_in(text: str) -> bool:
    """Ends with a colon: a list or a quotation follows."""
    return text.endswith(_LEAD_INS)


def is_enumerated(text: str) -> bool:
    """Begins with 一是, 第二, 首先: a step of an argument."""
    return bool(_ENUMERATED.match(text))


def is_caption(text: str) -> bool:
    """图为…, （某某 摄）: belongs to a picture that the dump does not hold."""
    return len(text) <= 60 and bool(_CAPTION.match(text))


def closes_a_letter(text: str) -> bool:
    """此致, 敬礼, 顺颂商祺: who signs below signs a letter, not the next text."""
    return bool(_LETTER_END.fullmatch(text))


def begins_inside(text: str) -> bool:
    """Begins with a mark that no paragraph begins with."""
    return bool(_CONTINUES.match(text))


def split_at_layout(text: str) -> list[str]:
    """A heading or paragraph that stands behind spaces in the same line becomes a part of its own.

    «…要做三件事。      一、把门打开» → two parts. A wide gap inside a sentence is no border.
    """
    parts, start = [], 0
    for gap in re.finditer(r" +", text):
        if gap.end() - gap.start() < 4 and text[gap.start() - 1] not in _SENTENCE_ENDS:
            continue
        before, after = text[start : gap.start()], text[gap.end() :]
        if before and _is_border(before, after, len(gap[0])):
            parts.append(before)
            start = gap.end()
    return [*parts, text[start:]]


def _is_border(before: str, after: str, width: int) -> bool:
    closed = is_closed(before) or is_lead_in(before)
    if closed and width >= 4:
        return True
    if heading(before) and len(before) <= LONGEST_HEADING and width >= 4:
        return len(after) > 20
    starts = heading(after[:12]) is not None or bool(item_mark(after[:4]))
    return starts and (closed or width >= 4)


def tidy(text: str) -> str:
    """Without the spaces that layout left between Chinese characters of a sentence.

    A line without sentence marks keeps one space: 把门打开 把灯点亮 is a couplet.
    """
    text = re.sub(r" {2,}", " ", text.strip())
    text = re.sub(" ?([，。、；：！？”’）》】…]) ?", r"\1", text)
    text = re.sub("([“‘（《【]) ", r"\1", text)
    return _SPACED_HANZI.sub("", text) if is_prose(text) and _PAUSE_OR_STOP.search(text) else text


_CAPTION = re.compile(
    r"[▲△■]? ?(?:[上下左右]?图[为:：]|图[一二三四五六七八九十\d]+[ :：])"
    r"|.*[(（][^()（）]{0,12}(?:摄|摄影|供图)[)）]$"
)
_LETTER_END = re.compile(
    r"(?:此致\s*)?敬礼[！!]?|此致|顺[颂祝致].{0,8}|(?:敬)?祝(?:[您你好安].{0,8}|.{2,6}[！!])|(?:谨|敬|拜|顿)[上启]|致礼"
)
_PAUSE_OR_STOP = re.compile("[，,。；;！!？?]")
