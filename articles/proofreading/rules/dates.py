"""Dates against weekdays, spans against their ends, years against ages. Pure."""

import re
from collections.abc import Iterator
from datetime import date

from ..amounts import NUMBER, value
from ..findings import Level
from ..texts import Text
from .rule import IN_CLAUSE, IN_SENTENCE, Hit, Rule

_WEEKDAYS = "一二三四五六日"
_DATE = re.compile(
    r"(?:(?<!\d)(?P<year>(?:19|20)\d\d)年)?(?<![\d.农历])(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
    r"(?:[（(，、\s]{0,2}(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])(?![年岁边]))?"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")


def _weekdays(text: Text) -> Iterator[Hit]:
    """A date without a year is of the year that was said last in its paragraph."""
    for match in _DATE.finditer(text.string):
        if not match["weekday"]:
            continue
        year = match["year"] or _year_before(text, match.start())
        day = _day(year, match["month"], match["day"])
        said = match["weekday"].replace("天", "日")
        if day and _WEEKDAYS[day.weekday()] != said:
            right = _WEEKDAYS[day.weekday()]
            why = f"{day.year}年{day.month}月{day.day}日是星期{right}。"
            yield Hit(*match.span("weekday"), right, why)


def _year_before(text: Text, at: int) -> str | None:
    block, offset = text.at(at)
    years = _YEAR.findall(block.text, max(0, offset - 200), offset)
    return years[-1] if years else None


def _day(year: str | None, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day)) if year else None
    except ValueError:
        return None


_HOURS = re.compile(
    r"(?<!\d)(?P<h1>\d{1,2})[:：](?P<m1>[0-5]\d)(?:[—–\-～~]{1,2}|(?:一直|开|持续|延续|忙)?[至到])(?P<h2>\d{1,2})[:：](?P<m2>[0-5]\d)"
    rf"[^，。；！？\d]{{0,8}}[，（(]?(?:共计?|历时|长达|为时|时长){IN_CLAUSE}{{0,4}}?(?P<said>{NUMBER})(?:个)?(?P<unit>小时|分钟|多|半)"
)
_DAYS = re.compile(
    r"(?<!\d)(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日?(?:[—–\-～~]{1,2}|(?:持续|一直|延续)?[至到])(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日"
    rf"，?[^，。；！？\n]{{0,12}}?(?:为期|历时|共计?|一连)(?P<said>{NUMBER})天(?!半)"
)


def _spans(text: Text) -> Iterator[Hit]:
    for match in _HOURS.finditer(text.string):
        h1, m1, h2, m2 = (int(match[name]) for name in ("h1", "m1", "h2", "m2"))
        minutes, said = (h2 - h1) * 60 + m2 - m1, value(match["said"])
        per = 60 if match["unit"] == "小时" else 1
        is_told = minutes > 0 and match["unit"] in ("小时", "分钟")
        if is_told and said is not None and said * per != minutes:
            hours = f"{minutes // 60} 小时{f' {minutes % 60} 分' if minutes % 60 else ''}"
            yield Hit(*match.span("said"), None, f"从头到尾是 {hours}。")
    for match in _DAYS.finditer(text.string):
        first = _day("2024", match["m1"], match["d1"])
        last = _day("2024", match["m2"] or match["m1"], match["d2"])
        said = value(match["said"])
        if first and last and last > first and said is not None:
            days = (last - first).days
            if said not in (days, days + 1):
                yield Hit(*match.span("said"), None, f"连头带尾是 {days + 1} 天。")


_BEGAN = "成立|开业|创办|创立|建立|诞生|挂牌|组建|建行|建社"
_ANNIVERSARY = re.compile(rf"(?P<n>{NUMBER})周年")
_FROM_TO = re.compile(
    rf"从(?P<a>(?:19|20)\d\d)年{IN_CLAUSE}{{0,12}}?到(?P<b>(?:19|20)\d\d)年{IN_CLAUSE}{{0,8}}?[，,]"
    rf"(?:整整|已经?|已有|前后|历时|这|一晃)?(?P<n>{NUMBER})年(?![代前后级月])"
)
_AGE = re.compile(
    rf"(?P<a>(?:19|20)\d\d)年{IN_CLAUSE}{{0,6}}?(?:出生|生于)|(?:生于|出生于)(?P<a2>(?:19|20)\d\d)年"
)
_YEARS_OLD = re.compile(rf"(?<![\d第])(?P<n>{NUMBER})(?:周)?岁(?![以多])")


def _years(text: Text) -> Iterator[Hit]:
    """Of two years in a sentence and what lies between them: 周年, 从……到……, 岁."""
    for match in _FROM_TO.finditer(text.string):
        said, years = value(match["n"]), int(match["b"]) - int(match["a"])
        if said is not None and years > 0 and said not in (years, years + 1):
            why = f"{match['b']} - {match['a']} = {years} 年。"
            yield Hit(*match.span("n"), None, why)
    for sentence in re.finditer(rf"{IN_SENTENCE}{{8,200}}", text.string):
        yield from _anniversaries(sentence)
        yield from _ages(sentence)


def _anniversaries(sentence: re.Match[str]) -> Iterator[Hit]:
    years = [int(year) for year in _YEAR.findall(sentence[0])]
    said = list(_ANNIVERSARY.finditer(sentence[0]))
    if len(years) != 2 or len({each["n"] for each in said}) != 1:
        return
    if not re.search(_BEGAN, sentence[0]):
        return
    between, number = abs(years[1] - years[0]), value(said[0]["n"])
    if number is not None and number != between:
        start = sentence.start() + said[0].start("n")
        why = f"{max(years)} - {min(years)} = {between}，不是 {said[0]['n']}周年。"
        yield Hit(start, sentence.start() + said[0].end("n"), None, why)


def _ages(sentence: re.Match[str]) -> Iterator[Hit]:
    born, old = _AGE.search(sentence[0]), list(_YEARS_OLD.finditer(sentence[0]))
    years = {int(year) for year in _YEAR.findall(sentence[0])}
    if not born or len(old) != 1 or len(years) != 2:
        return
    between, number = max(years) - min(years), value(old[0]["n"])
    if number is not None and abs(number - between) > 1:
        start = sentence.start() + old[0].start("n")
        why = f"{max(years)} - {min(years)} = {between} 岁。"
        yield Hit(start, sentence.start() + old[0].end("n"), None, why)


RULES = (
    Rule(
        "M01",
        Level.ERROR,
        "日期和星期",
        "这一天不是这个星期几，请核对。",
        "公历",
        _weekdays,
        wrong=(
            "2023年5月1日（星期二）开门。 → 2023年5月1日（星期一）开门。",
            "2023年的5月1日，周日，门口排起了队。 → 2023年的5月1日，周一，门口排起了队。",
        ),
        right=("2023年5月1日（星期一）开门。", "5月1日（星期二）", "2023年5月1日周年庆。"),
    ),
    Rule(
        "M14",
        Level.WARN,
        "起止和时长",
        "起止时间和说的时长对不上。",
        "数据自洽（核算）",
        _spans,
        wrong=("8:30—16:30，共7小时。", "3月5日至9日，为期三天。"),
        right=("8:30—16:30，共8小时。", "3月5日至9日，为期五天。", "3月5日至9日，历时四天。"),
    ),
    Rule(
        "M15",
        Level.WARN,
        "年份和年数",
        "两个年份之间的年数对不上。",
        "数据自洽（核算）",
        _years,
        wrong=(
            "支行成立于1996年，2022年迎来三十周年。",
            "从1996年到2022年，整整二十年。",
            "他生于1950年，2020年时已80岁。",
        ),
        right=(
            "支行成立于1996年，2022年迎来二十六周年。",
            "从1996年到2022年，整整二十六年。",
            "他生于1950年，2020年时已70岁。",
        ),
    ),
)
