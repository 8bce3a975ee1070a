"""What disagrees inside of an issue: contents page, cover, bylines, sections, numbers, files."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from issues import numbering

from . import titles
from .facts import Doubt, FoundArticle
from .front import Entry
from .host import IssueMark
from .lines import Line
from .sections import Print

#: Sections that stand before the contents page; their texts are signed without a branch.
PREAMBLES = frozenset(
    "卷首语 卷首 刊首语 卷首寄语 刊首寄语 开卷语 发刊词 编者按 编者的话 主编寄语".split()
)
_LISTED_MOST = 5
_MOST_OF_A_KIND = 30


def contents(
    entries: Sequence[Entry], articles: Sequence[FoundArticle], page: Print
) -> Iterator[Doubt]:
    """Titles that the contents page has otherwise, or alone; articles that it does not have."""
    if not entries:
        return
    listed = list(dict.fromkeys(entry.title for entry in entries))
    used: set[str] = set()
    missing = []
    for article in articles:
        other = titles.counterpart(article.title, listed)
        if other is None:
            missing.append(article)
            continue
        used.add(other)
        if not titles.are_the_same(article.title, other):
            yield Doubt(
                article.line,
                "title-differs",
                f"正文的题目是《{article.title}》，目录里是《{other}》，按正文排。",
            )
    yield from _repeated(entries, used, page)
    yield from _without_article(entries, used, page)
    if missing:
        yield Doubt(
            missing[0].line,
            "not-in-contents",
            f"目录里没有这 {len(missing)} 篇文章：{_quoted([a.title for a in missing])}。",
        )


def _repeated(entries: Sequence[Entry], used: set[str], page: Print) -> Iterator[Doubt]:
    """One title on many lines: the contents page was never filled in."""
    counts = Counter(entry.title for entry in entries)
    for title, count in counts.items():
        numbers = [page.lines[entry.at].number for entry in entries if entry.title == title]
        if count > 1:
            rest = "其余各行没有对应的文章" if title in used else "没有对应的文章"
            yield Doubt(
                numbers[0],
                "contents-repeats" if title in used else "contents-without-article",
                f"目录第 {_ranges(numbers)} 行是同一个题目《{title}》（{count} 次），{rest}。",
            )


def _without_article(entries: Sequence[Entry], used: set[str], page: Print) -> Iterator[Doubt]:
    counts = Counter(entry.title for entry in entries)
    lone = [e for e in entries if e.title not in used and counts[e.title] == 1]
    if lone:
        numbers = _ranges([page.lines[entry.at].number for entry in lone])
        yield Doubt(
            page.lines[lone[0].at].number,
            "contents-without-article",
            f"目录第 {numbers} 行的 {len(lone)} 个题目没有对应的文章："
            f"{_quoted([entry.title for entry in lone])}。",
        )


def cover(lines: Sequence[str], at: int, articles: Sequence[FoundArticle]) -> Iterator[Doubt]:
    """Cover lines that no article has as its title."""
    known = [article.title for article in articles]
    lone = [line for line in lines if titles.counterpart(line, known) is None]
    if lone:
        yield Doubt(
            at,
            "cover-line-without-article",
            f"封面要目中有 {len(lone)} 条没有对应的文章：{_quoted(lone)}。",
        )


def bylines(articles: Sequence[FoundArticle]) -> Iterator[Doubt]:
    for article in articles:
        if not article.authors:
            what = "署名只有单位" if article.branch else "没有署名"
            yield Doubt(article.line, "no-author", f"《{article.title}》{what}，请补上作者。")
        elif not article.branch and article.section not in PREAMBLES:
            yield Doubt(article.line, "no-branch", f"《{article.title}》的署名没有单位，请核对。")


def sections(
    names: Sequence[str], articles: Sequence[FoundArticle], page: Print
) -> Iterator[Doubt]:
    """Sections without an article, and English names that were guessed."""
    filled = {article.section for article in articles}
    empty = [name for name in names if name not in filled]
    if empty and filled != {""}:
        at = next((i for i, name in enumerate(page.section) if name == empty[0]), 0)
        yield Doubt(
            page.lines[at].number,
            "section-without-article",
            f"目录里的 {len(empty)} 个栏目没有文章：{'、'.join(empty)}。",
        )
    for name in page.guessed:
        at = page.section.index(name)
        yield Doubt(
            page.lines[at].number,
            "section-guessed",
            f"栏目“{name}”的英文名“{page.names[name]}”不在它旁边，是推定的，请核对。",
        )


def colophon(more: Sequence[str], lines: Sequence[Line]) -> Iterator[Doubt]:
    """What the colophon says and no field of an issue holds: 责任编辑, 地址."""
    for said in more:
        words = said.split("：")[-1]
        behind = reversed(lines)  # a colophon stands behind the texts that name the same people
        at = next((line.number for line in behind if words and words in line.text), 0)
        yield Doubt(at, "colophon", f"版权页上的“{said}”没有地方收，请核对，需要的话写进文章里。")


def numbers(of_host: IssueMark, on_cover: IssueMark) -> Iterator[Doubt]:
    pairs = (("年份", "year"), ("期号", "which"), ("总期号", "running_number"))
    for label, name in pairs:
        host, cover_ = getattr(of_host, name), getattr(on_cover, name)
        if host and cover_ and host != cover_:
            if name == "which":
                host, cover_ = numbering.short(host), numbering.short(cover_)
            message = f"{label}在网页标题里是 {host}，封面上是 {cover_}，按封面排。"
            yield Doubt(1, "number-differs", message)
    which = on_cover.which or of_host.which
    counts = which is None or which.kind == numbering.REGULAR
    if counts and not (of_host.running_number or on_cover.running_number):
        yield Doubt(0, "no-running-number", "找不到总期号，请补上。")


def damage(lines: Sequence[Line]) -> Iterator[Doubt]:
    """Characters that the file has lost."""
    broken = [line.number for line in lines if "\ufffd" in line.text]
    if broken:
        message = f"第 {_ranges(broken)} 行有读不出的字（�），请对照原刊补上。"
        yield Doubt(broken[0], "unreadable", message)


def in_few_words(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """By line; of one kind only the first, and how many there are besides."""
    kept: list[Doubt] = []
    seen: Counter[str] = Counter()
    for doubt in sorted(doubts, key=lambda doubt: doubt.line):
        seen[doubt.code] += 1
        if seen[doubt.code] <= _MOST_OF_A_KIND:
            kept.append(doubt)
    for code, count in seen.items():
        if count > _MOST_OF_A_KIND:
            last = next(doubt for doubt in reversed(kept) if doubt.code == code)
            rest = f"同类情况另有 {count - _MOST_OF_A_KIND} 处，没有一一列出，请对照原刊通读。"
            kept.insert(kept.index(last) + 1, Doubt(last.line, code, rest))
    return tuple(kept)


def _quoted(texts: Sequence[str]) -> str:
    shown = "、".join(f"《{text}》" for text in texts[:_LISTED_MOST])
    return shown + ("等" if len(texts) > _LISTED_MOST else "")


def _ranges(numbers: Sequence[int]) -> str:
    """58–60、66 of 58, 59, 60, 66; the first few ranges only."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [f"{a}" if a == b else f"{a}–{b}" for a, b in runs]
    if len(shown) > _LISTED_MOST:
        return f"{runs[0][0]}–{runs[-1][1]}"
    return "、".join(shown)
