"""Text dump of a flipbook host → `BackIssue`. Pure: bytes in, dataclass out, nothing stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from articles import bylines
from articles.bodies.punctuation import widen
from articles.bylines import Signature

from . import comparison, front, host, sections, stitch, structure, titles
from .beginnings import Draft, Pages
from .facts import (
    BackIssue,
    Colophon,
    Doubt,
    Fate,
    FoundArticle,
    FoundSection,
    HostFacts,
)
from .lines import Line, NotADump, read
from .sections import Kind, Print
from .torn import fused, page_heads, page_numbers, preambles
from .torn.account import Ledger, not_in, unplaced

__all__ = [
    "BackIssue",
    "Colophon",
    "Doubt",
    "FoundArticle",
    "FoundSection",
    "HostFacts",
    "NotADump",
    "Signature",
    "parse",
]

_NO_ARTICLE = "文件里找不到有标题和署名的文章，不像翻页网站的过刊文字，请检查是否选错了文件。"
_NO_NUMBER = (
    "文件里找不到“2022年第2期”“2022年增刊”这样的年份和期号，请检查是否选错了文件，或在第一行补上。"
)
#: More articles than any issue has: a list of names is no issue.
_MOST_ARTICLES = 400


def parse(data: bytes) -> BackIssue:
    """Reads the dump of one issue. Raises `NotADump` (one Chinese sentence) for anything else."""
    lines, encoding = read(data)
    around = host.take_off(lines)
    page, zones, surveyed = _survey(around)
    mark = page.mark | around.mark
    if not (mark.year and mark.which):
        raise NotADump(_NO_NUMBER)
    ledger = Ledger(lines)
    reader = _Reading(page, zones, ledger)
    reader.doubts += [*surveyed.doubts, *map(unplaced, around.unknown)]
    articles = reader.articles()
    cover_lines, slogan = reader.cover()
    names = _in_print_order(page, zones, articles)
    found = (
        *reader.doubts,
        *comparison.contents(reader.entries, articles, page),
        *comparison.cover(cover_lines, page.lines[0].number, articles),
        *comparison.bylines(articles),
        *comparison.sections(names, articles, page),
        *comparison.numbers(around.mark, page.mark),
        *comparison.colophon(reader.colophon.more, lines),
        *comparison.damage(lines),
    )
    reader.enter_furniture(surveyed.left_out)
    kept = {line.number for line in (*page.lines, *around.unknown)}
    ledger.enter((line for line in lines if line.number not in kept), Fate.HOST)
    ledger.enter(around.unknown, Fate.DOUBT)
    account, lost = ledger.close(lines, found)
    return BackIssue(
        year=mark.year,
        number=mark.which.number,
        last_number=mark.which.last_number,
        kind=mark.which.kind,
        running_number=mark.running_number,
        journal_name=page.journal,
        journal_name_en=page.journal_en,
        title=around.title,
        cover_lines=cover_lines,
        slogan=slogan,
        sections=tuple(FoundSection(name, page.names.get(name, "")) for name in names),
        articles=tuple(articles),
        colophon=reader.colophon,
        host=around.facts,
        encoding=encoding,
        punctuation_fixes=reader.punctuation_fixes,
        doubts=comparison.in_few_words((*found, *lost)),
        account=account,
    )


@dataclass(frozen=True, slots=True)
class _Surveyed:
    doubts: list[Doubt]
    left_out: set[int]  # numbers that may be a page's, and go on with none


def _survey(around: host.Host) -> tuple[Print, list[range], _Surveyed]:
    """What each line of the print is, and where the contents pages lie."""
    if not around.lines:
        raise NotADump(_NO_ARTICLE)
    lines, doubts = fused.apart(around.lines)
    lines, guessed = preambles.signed(lines)
    doubts += guessed
    page = sections.find(lines, around.name or sections.journal_on_cover(lines))
    is_loose = page.is_loose
    if is_loose:
        page.frame_runs_of_text()
    bounds = front.prose_bounds(page)
    zones = front.contents_zones(page, bounds)
    for zone in zones:
        sections.pair_leftovers(page, zone)
    page_heads.titles(page, zones)
    sections.add_unpaired(page, zones)
    zones = front.contents_zones(page, bounds)
    doubts += page_heads.settle(page, zones)
    numbers, left_out = page_numbers.settle(page, zones)
    if is_loose:
        page.frame_runs_of_text()
    return page, zones, _Surveyed([*doubts, *numbers], left_out)


class _Reading:
    """The parts of the print put in their places; gathers doubts and counts corrected marks."""

    def __init__(self, page: Print, zones: list[range], ledger: Ledger) -> None:
        self.page, self.ledger = page, ledger
        self.doubts: list[Doubt] = []
        self.punctuation_fixes = 0
        self.entries = front.entries(page, zones)
        facts, lines = front.colophon(page, zones)
        self.ledger.enter((page.lines[at] for at in lines), Fate.FRONT)
        self.ledger.enter((page.lines[at] for zone in zones for at in zone), Fate.FRONT)
        self.colophon = replace(facts, more=tuple(self.widen(line) for line in facts.more))
        self.taken = lines | {at for zone in zones for at in zone}
        self.drafts = Pages(page, self.taken, self.entries).drafts()
        if not any(draft.text for draft in self.drafts) or len(self.drafts) > _MOST_ARTICLES:
            raise NotADump(_NO_ARTICLE)

    def widen(self, text: str) -> str:
        wide, count = widen(text)
        self.punctuation_fixes += count
        return wide

    def doubt(self, line: int, code: str, message: str) -> None:
        self.doubts.append(Doubt(line, code, message))

    def articles(self) -> list[FoundArticle]:
        found: list[FoundArticle] = []
        for draft in self.drafts:
            article = self._article(draft)
            if not article.section:
                article = self._in_a_section(article, found[-1].section if found else "")
            found.append(article)
        return found

    def _in_a_section(self, article: FoundArticle, previous: str) -> FoundArticle:
        """Where no running head tells it: as the contents page has it, else as the one before."""
        listed = {entry.title: entry.section for entry in self.entries}
        other = titles.counterpart(article.title, list(listed))
        section = (listed[other] if other else "") or previous
        where = f"暂归入“{section}”，请核对" if section else "请选定"
        self.doubt(article.line, "no-section", f"《{article.title}》没有栏目名，{where}。")
        return replace(article, section=section)

    def _article(self, draft: Draft) -> FoundArticle:
        lines = self.page.lines
        known = [entry.title for entry in self.entries]
        title = self.widen(titles.joined([lines[at] for at in draft.title], known))
        number = lines[draft.start].number
        if not title:
            title = "（无题）"
            self.doubt(number, "no-title", "这篇文章找不到题目，请补上。")
        paragraphs = stitch.paragraphs((lines[at] for at in draft.text), self.doubt)
        body = structure.render(structure.blocks(paragraphs, self.doubt), self.widen)
        if not body:
            self.doubt(number, "no-text", f"《{title}》没有正文。")
        found = FoundArticle(draft.section, title, draft.signatures, body, number)
        self._enter(draft, found)
        return found

    def _enter(self, draft: Draft, article: FoundArticle) -> None:
        """What is in the article is looked for there; a byline is read, not kept as it stands."""
        lines = self.page.lines
        self.ledger.enter((lines[at] for at in draft.byline), Fate.TEXT)
        for at in draft.byline:
            if said := "、".join(bylines.asides(lines[at].text)):
                self.doubt(lines[at].number, "byline-note", f"署名旁边的“{said}”没有收入，请核对。")
        own = [lines[at] for at in sorted([*draft.title, *draft.text])]
        lost = {id(line) for line in not_in(article, own)}
        self.ledger.enter((line for line in own if id(line) not in lost), Fate.TEXT)
        self.ledger.enter((line for line in own if id(line) in lost), Fate.DOUBT)
        for line in own:
            if id(line) in lost:
                self.doubts.append(unplaced(line))

    def enter_furniture(self, left_out: set[int]) -> None:
        """Running heads and page numbers, where nothing else has their line."""
        page = self.page
        for at, line in enumerate(page.lines):
            kind = page.kinds[at]
            if at in left_out:
                self.ledger.enter([line], Fate.DOUBT)
            elif kind is Kind.PAGE:
                self.ledger.enter([line], Fate.PAGE)
            elif kind is not Kind.TEXT:
                self.ledger.enter([line], Fate.HEAD)

    def cover(self) -> tuple[tuple[str, ...], str]:
        """Cover lines and slogan; text of the front that belongs to nothing is doubted."""
        first = min(at for draft in self.drafts for at in (draft.start, *draft.text))
        lines = [at for at in range(first) if at not in self.taken and self.page.is_text(at)]
        cover_lines, slogan, left = front.cover(self.page, lines)
        self.ledger.enter((self.page.lines[at] for at in lines if at not in left), Fate.FRONT)
        for at in left:
            line = self.page.lines[at]
            self.ledger.enter([line], Fate.DOUBT)
            message = f"“{line.text[:40]}”看不出是封面的什么，没有收入，请核对。"
            self.doubt(line.number, "unplaced", message)
        return tuple(self.widen(line) for line in cover_lines), self.widen(slogan)


def _in_print_order(
    page: Print, zones: Sequence[range], articles: Sequence[FoundArticle]
) -> list[str]:
    """Section names as the contents page lists them; where the articles' order is another, it wins.

    A dump's contents page is columns in any order, its article pages follow one another.
    """
    listed = list(dict.fromkeys(_listed_names(page, zones)))
    printed = list(dict.fromkeys(article.section for article in articles if article.section))
    turns: Iterator[str] = iter([name for name in printed if name in listed])
    ordered = [next(turns) if name in printed else name for name in listed]
    for name in printed:
        if name not in ordered:
            ordered.append(name)
    return ordered


def _listed_names(page: Print, zones: Sequence[range]) -> Iterator[str]:
    """Chinese lines first: the English ones may stand in another column."""
    for zone in zones:
        for at in zone:
            if page.section[at] and not _is_english(page.lines[at]):
                yield page.section[at]


def _is_english(line: Line) -> bool:
    return line.text.isascii()
