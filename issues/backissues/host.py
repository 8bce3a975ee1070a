"""What the flipbook host wrote around the print: its navigation, title, category, date, footer."""

import re
from dataclasses import dataclass
from datetime import date

from issues import numbering
from issues.numbering import Which

from .facts import HostFacts
from .lines import Line
from .shapes import numeral, squeeze
from .torn import toolbars

_N = r"[〇零一二三四五六七八九十两\d]"
#: 7, 7-8, 七、八: of a 合刊 where there is a last one.
_RANGE = rf"(?P<number>{_N}{{1,3}})(?:[-–—~～、,，/至](?:第)?(?P<last>{_N}{{1,3}}))?"
_OTHER_KINDS = {name: kind for kind, name in numbering.NAMES.items() if kind != numbering.REGULAR}
WHOLE = re.compile(
    rf"(?P<year>(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{{2}})年?[-/.·,，_:：]?"
    rf"(?:(?:总?第)?[（(]?{_RANGE}[）)]?期(?:合刊)?"
    rf"|(?P<kind>{'|'.join(_OTHER_KINDS)})(?:[（(]?第?(?P<nth>{_N}{{1,2}})[）)]?期?)?)"
)
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2})年?$")
_NUMBER = re.compile(rf"第?{_RANGE}期(?:合刊)?$")
RUNNING = re.compile(rf"总(?:期)?第?(?P<number>{_N}{{1,4}})期")
_JUNK = re.compile(r"[\s\d年月第期总号增刊外合至~～–（）()\[\]【】·.,，、/\-—_|:：《》]|NO")
_NAME_EDGES = " 《》“”【】[]()（）-—_·|:："

_NAVIGATION = frozenset(
    "注册 登录 登陆 首页 免费注册 注册登录 登录注册 退出 上一页 下一页 分享 下载 全屏 收藏 点赞 "
    "举报 返回 打开APP 立即下载 免费制作 制作画册 云展网".split()
)
_FOOTER = re.compile(
    r"copyright|©|all rights reserved|版权所有|[A-Z\u4e00-\u9fff]ICP[备证]|公网安备|增值电信"
    r"|经营许可证|违法.{0,6}举报|客服(?:电话|热线)",
    re.IGNORECASE,
)
_FOOTER_WORDS = frozenset(
    "关于我们 联系我们 帮助中心 服务条款 隐私政策 隐私协议 用户协议 友情链接 网站地图 "
    "意见反馈 返回顶部".split()
)
_DATE = re.compile(
    r"(?P<category>.*?)(?P<year>(?:19|20)\d\d)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"(?P<rest>.*)"
)
_VIEWS = re.compile(
    r"(?:浏览|阅读|访问|点击|人气)?(?:量|数|次数)?[:：]?(?P<count>\d[\d,]*(?:\.\d+)?)(?P<ten>万|w)?"
    r"\+?(?:次|人)?(?:浏览|阅读|访问|点击)?(?:量|数)?"
)
#: The host's head is at most so many lines long.
_HEAD = 12


@dataclass(frozen=True, slots=True)
class IssueMark:
    """What 2022年第2期 and 总第38期 say; None where a part is not said."""

    year: int | None = None
    which: Which | None = None
    running_number: int | None = None

    def __or__(self, other: "IssueMark") -> "IssueMark":
        return IssueMark(
            self.year or other.year,
            self.which or other.which,
            self.running_number or other.running_number,
        )


@dataclass(frozen=True, slots=True)
class Host:
    title: str
    name: str  # of the journal, as the title has it
    mark: IssueMark
    facts: HostFacts
    lines: list[Line]  # the print alone
    unknown: tuple[Line, ...] = ()  # neither the host's nor the print's, for all that is known


def issue_mark(text: str) -> IssueMark | None:
    """Year, number and running number, where the line says nothing but these and a name."""
    text = squeeze(text)
    if len(text) > 60:
        return None
    running = RUNNING.search(text)
    rest = text.replace(running[0], "|") if running else text
    whole = WHOLE.search(rest)
    year, number = whole or _YEAR.match(rest.strip("|")), whole or _NUMBER.match(rest.strip("|"))
    mark = IssueMark(value(year, "year"), which_of(number), value(running, "number"))
    return mark if mark != IssueMark() else None


def value(match: re.Match[str] | None, name: str) -> int | None:
    """The number that a part of a match says."""
    value = numeral(match[name]) if match else None
    return value or None


def which_of(match: re.Match[str] | None) -> Which | None:
    """第2期, 第7–8期合刊, 增刊, 增刊2; a last number that cannot be is none."""
    named = match.groupdict() if match else {}
    if match and named.get("kind"):
        nth = numeral(named["nth"]) if named["nth"] else 1
        return Which(nth, kind=_OTHER_KINDS[named["kind"]]) if nth else None
    number = value(match, "number")
    if number is None:
        return None
    last = numeral(named["last"]) if named["last"] else None
    return Which(number, last if last and number < last <= numbering.MOST else None)


def take_off(lines: list[Line]) -> Host:
    """Head, toolbars and footer taken off; everything that the host says is optional but for the
    print."""
    bars = toolbars.find(lines)
    lines = [line for at, line in enumerate(lines) if at not in bars]
    end = _footer(lines)
    head = lines[: min(_HEAD, end)]
    dates = ((at, found) for at, line in enumerate(head) if (found := _date_of(line.text)))
    dated, printed = next(dates, (None, None))
    at = next((i for i in range(len(head)) if _title(head[i].text)), None)
    navigation = _after_navigation(head)
    if dated is not None and (at is None or at > dated) and navigation < dated:
        at = navigation  # a title without a number: the first words above the date
    if at is not None and at > navigation and (dated is None or dated < at):
        at = None  # no title of the host's, but a line of the print
    start = navigation if at is None else at + 1
    facts = HostFacts()
    if dated is not None and printed and dated - start < 3:
        facts, start = _facts(head, start, dated, printed)
    if at is None:
        return Host("", "", IssueMark(), facts, lines[start:end])
    name, mark = _title(head[at].text) or (squeeze(head[at].text).strip(_NAME_EDGES), IssueMark())
    unknown = tuple(lines[navigation:at])
    return Host(head[at].text, name, mark, facts, lines[start:end], unknown)


def _after_navigation(head: list[Line]) -> int:
    at = 0
    while at < len(head) and all(squeeze(w) in _NAVIGATION for w in head[at].text.split()):
        at += 1
    return at


def _title(text: str) -> tuple[str, IssueMark] | None:
    """服务文化专刊2022第二期 → the journal's name, and what the title says of the issue."""
    squeezed = squeeze(text)
    if (mark := issue_mark(text)) is None or mark.which is None:
        return None
    if not (match := WHOLE.search(squeezed)):
        return None
    before, after = squeezed[: match.start()], RUNNING.sub("", squeezed[match.end() :])
    name = before.strip(_NAME_EDGES) or after.strip(_NAME_EDGES)
    return (name, mark) if name else None


def _date_of(text: str) -> tuple[date, re.Match[str]] | None:
    match = _DATE.fullmatch(text) if len(text) <= 80 else None
    if not match:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])), match
    except ValueError:
        return None


def _facts(
    head: list[Line], above: int, at: int, dated: tuple[date, re.Match[str]]
) -> tuple[HostFacts, int]:
    """Category (beside the date or above), views (beside or below), and where the print begins."""
    published_on, match = dated
    category = re.sub("发布(?:时间|于)?[:：]?$", "", match["category"].strip(" |·-")).strip(" |·-")
    category = category or " ".join(line.text for line in head[above:at])
    views, start = _views(match["rest"]), at + 1
    if views is None and start < len(head):
        views = _views(head[start].text)
        start += views is not None
    return HostFacts(category[:60], published_on, views), start


def _views(text: str) -> int | None:
    match = _VIEWS.fullmatch(squeeze(text).strip("|·"))
    if not match or len(match["count"]) > 12:
        return None
    count = float(match["count"].replace(",", ""))
    return round(count * 10_000 if match["ten"] else count)


def _footer(lines: list[Line]) -> int:
    """Where the host's footer begins: lines at the very end that speak of it."""
    end = len(lines)
    while end and _is_footer(lines[end - 1].text):
        end -= 1
    return end


def _is_footer(text: str) -> bool:
    words = text.replace("|", " ").split()
    if all(word in _FOOTER_WORDS or word in _NAVIGATION for word in words):
        return True
    return len(text) <= 200 and bool(_FOOTER.search(text))


def is_only_a_mark(text: str, names: tuple[str, ...]) -> bool:
    """Whether the line is an issue mark, with or without one of the journal's names."""
    if issue_mark(text) is None:
        return False
    rest = squeeze(text)
    for name in names:
        rest = rest.replace(squeeze(name), "")
    return not _JUNK.sub("", re.sub(f"{_N}", "", rest))
