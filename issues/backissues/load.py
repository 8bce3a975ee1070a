"""A parsed back issue into the database: one transaction, existing people reused."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from articles.bylines import Signature
from articles.models import Article, Author, Authorship, Branch, Section
from articles.reviewing import workflow
from articles.slugs import free_slug
from issues import contents
from issues.making import make_up, next_issue
from issues.models import BackIssueImport, Issue
from issues.numbering import Numbered
from servicejournal import masthead, record
from servicejournal.certain import certain
from servicejournal.models import User

from .dump import parse
from .facts import Account, BackIssue, FoundArticle, FoundSection

#: The section of articles whose dump names none at all.
UNSORTED = "未分栏目"
#: Stands where the encoding of a text file would, for what came from an archive.
FROM_ARCHIVE = "存档"
#: Doubts under which an article of the file may be missing from the issue.
_LOST = frozenset({"unplaced", "contents-without-article", "no-text"})


class AlreadyThere(ValueError):
    """Another file gave this issue already, or an editor made it; the message (Chinese) says so."""


class Lost(ValueError):
    """An article of the file may be missing; the message (Chinese) says where."""


def refuse_what_is_lost(intake: BackIssueImport) -> None:
    """Raises `Lost` where nobody has looked at lines that are in no article. For publishing
    without a person; who has compared the issue with its file says so on the release page."""
    if intake.accepted_at:
        return
    doubts = [doubt for doubt in intake.doubts if doubt["code"] in _LOST]
    if doubts:
        raise Lost(
            f"{len(doubts)} 处可能漏了文章（{_doubt(doubts[0]).removeprefix('存疑 ')[:60]}），"
            "请在后台对照原件，点“核对通过”后再发布。"
        )


#: What must hold of an issue that comes in, asked in the transaction that stores it.
Check = Callable[[Issue], None]


def load(
    data: bytes, *, file_name: str, by: User, check: Check | None = None
) -> tuple[BackIssueImport, bool]:
    """Reads a dump and stores its issue, unpublished; (intake, whether it is new).

    The same file again changes nothing. Raises `dump.NotADump` where the file is no such dump,
    `AlreadyThere` where the issue exists from elsewhere, and what `check` raises; nothing is stored
    then. Read outside any transaction.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    if known := BackIssueImport.objects.filter(sha256=sha256).select_related("issue").first():
        return known, False
    found = parse(data)
    with transaction.atomic():
        intake = _store(found, file_name=file_name, sha256=sha256, by=by)
        if check:
            check(intake.issue)
    return intake, True


def _store(found: BackIssue, *, file_name: str, sha256: str, by: User) -> BackIssueImport:
    refuse_what_is_there(found)
    issue = _make_issue(found)
    sections = _sections(found)
    positions: dict[int, int] = {}
    for article in found.articles:
        section = sections.get(article.section) or _section(
            FoundSection(article.section or UNSORTED, "")
        )
        positions[section.pk] = positions.get(section.pk, 0) + 1
        _make_article(article, issue, section, positions[section.pk], by=by)
    intake = _make_intake(found, issue, file_name, sha256, by=by)
    record.write("导入过刊", issue, by=by, file=file_name, sha256=sha256, doubts=len(found.doubts))
    return intake


def refuse_what_is_there(found: Numbered) -> None:
    """Raises `AlreadyThere` where an issue bears one of its numbers. Nobody numbers another one
    until the end of the transaction.
    """
    next_issue.hold_numbers()
    if existing := Issue.objects.overlapping(found).first():
        raise AlreadyThere(
            f"{existing}已经在系统里，没有导入。请在后台修改那一期，或先删除它再导入。"
        )


def _make_issue(found: BackIssue) -> Issue:
    colophon, running = found.colophon, found.running_number
    taken = running and Issue.objects.filter(running_number=running).exists()
    issue = Issue(
        year=found.year,
        number=found.number,
        last_number=found.last_number,
        kind=found.kind,
        running_number=None if taken else running,
        cover_lines="\n".join(found.cover_lines),
        slogan=(found.slogan or masthead.current().slogan)[:60],
        date=found.host.published_on,
        compiled_by=colophon.compiled_by[:60],
        telephone=colophon.telephone[:40],
        website=colophon.website[:100],
        submissions_to=colophon.submissions[:100],
    )
    issue.put_in_order()
    issue.save()
    return issue


def _sections(found: BackIssue) -> dict[str, Section]:
    """By name: one that is new comes behind the one that it was printed behind."""
    told = {each.name: each for each in found.sections}
    printed = dict.fromkeys(each.section for each in found.articles if each.section in told)
    sections: dict[str, Section] = {}
    behind: Section | None = None
    for name in printed | dict.fromkeys(told):
        sections[name] = _section(told[name], behind=behind if name in printed else None)
        behind = sections[name]
    return sections


def _order_behind(behind: Section | None) -> int:
    """Between that section and the next where there is room; the last of all otherwise."""
    if behind is not None:
        following = Section.objects.filter(order__gt=behind.order).order_by("order").first()
        if following and following.order - behind.order > 1:
            return (behind.order + following.order) // 2
    last = Section.objects.order_by("-order").first()
    return (last.order if last else 0) + 10


def _section(found: FoundSection, *, behind: Section | None = None) -> Section:
    """The section of that name; one that nobody knows yet is made, and an editor may move it."""
    section = Section.objects.filter(name=found.name).first()
    if section:
        return section
    english = slugify(found.name_en)[:60]
    free = english and not Section.objects.filter(slug=english).exists()
    return Section.objects.create(
        name=found.name[:20],
        name_en=found.name_en[:60],
        slug=english if free else free_slug(found.name, Section.objects.all()),
        order=_order_behind(behind),
    )


def _make_article(
    found: FoundArticle, issue: Issue, section: Section, position: int, *, by: User
) -> None:
    article = Article(title=found.title[:120], body=found.body, section=section)
    workflow.admit_back_issue(article, by=by)
    signed: list[int] = []
    for number, signature in enumerate(dict.fromkeys(found.signatures), start=1):
        author = _author(signature, beside=signed)
        signed.append(author.pk)
        Authorship.objects.create(
            article=article,
            author=author,
            branch=author.branch,
            branch_name=signature.branch[:40] if author.branch else "",
            position=number,
        )
    make_up.place_back_issue(article, issue, position, by=by)


def _author(signature: Signature, *, beside: list[int]) -> Author:
    """A byline of a branch alone is signed by the branch."""
    if not signature.name:
        return Author.objects.of_byline(signature.branch[:40], None, beside=beside)
    branch = Branch.objects.once_named(signature.branch[:40]) if signature.branch else None
    return Author.objects.of_byline(signature.name[:40], branch, beside=beside)


def _make_intake(
    found: BackIssue, issue: Issue, file_name: str, sha256: str, *, by: User
) -> BackIssueImport:
    doubts = [
        {"line": doubt.line, "code": doubt.code, "message": doubt.message} for doubt in found.doubts
    ]
    if found.running_number and not issue.running_number:
        message = f"总第{found.running_number}期已被另一期用了，请核对后补上总期号。"
        doubts.insert(0, {"line": 0, "code": "running-number", "message": message})
    doubts[:0] = [*place_doubts(issue), *_order_doubts(found, issue), *_cut_doubts(found)]
    return BackIssueImport.objects.create(
        issue=issue,
        file_name=file_name[:200],
        sha256=sha256,
        encoding=found.encoding,
        imported_by=by,
        punctuation_fixes=found.punctuation_fixes,
        doubts=doubts,
        account=asdict(found.account),
        host_category=found.host.category[:60],
        host_date=found.host.published_on,
        host_views=found.host.views,
    )


def place_doubts(issue: Issue) -> list[dict[str, Any]]:
    """Where a 增刊 or 号外 stands in the order was guessed."""
    if issue.is_regular:
        return []
    place = f"第{issue.after}期之后" if issue.after else "第1期之前"
    message = f"{issue}暂排在当年{place}，不对就在“本期信息”里改。"
    return [{"line": 0, "code": "place", "message": message}]


def _order_doubts(found: BackIssue, issue: Issue) -> Iterator[dict[str, Any]]:
    """Sections stand in the house's order; a back issue may have had another."""
    printed = list(dict.fromkeys(a.section or UNSORTED for a in found.articles))
    parts = contents.of(issue)
    shown = list(
        dict.fromkeys(certain(a.section, "article_place_is_whole").name for a in parts.articles)
    )
    if [name[:20] for name in printed] != shown:
        message = (
            f"原刊的栏目次序是{'、'.join(printed)}，这里按“栏目”表排成{'、'.join(shown)}，请核对。"
        )
        yield {"line": found.articles[0].line, "code": "section-order", "message": message}


def _cut_doubts(found: BackIssue) -> Iterator[dict[str, Any]]:
    """What is longer than its field is cut, and said."""
    long = [(found.slogan, 60, "口号", 0), (found.colophon.compiled_by, 60, "编印", 0)]
    long += [(found.colophon.telephone, 40, "电话", 0), (found.colophon.website, 100, "网址", 0)]
    long += [(found.colophon.submissions, 100, "投稿", 0)]
    for article in found.articles:
        long += [
            (article.title, 120, "题目", article.line),
            (article.section, 20, "栏目", article.line),
        ]
        for one in article.signatures:
            long += [(one.name, 40, "作者", article.line), (one.branch, 40, "单位", article.line)]
    for text, most, what, line in long:
        if len(text) > most:
            message = f"{what}“{text[:20]}…”超过 {most} 字，只收了前 {most} 字，请核对。"
            yield {"line": line, "code": "cut", "message": message}


def accounted(intake: BackIssueImport) -> str:
    """共 50 行：文章 24、页码 3……: where each line of the file went; empty for an archive."""
    if not intake.account:
        return ""
    account = Account(**intake.account)
    parts = "、".join(f"{label} {count}" for label, count in account.parts if count)
    return f"文件里有字的共 {account.lines} 行：{parts}。"


def summary(intake: BackIssueImport) -> list[str]:
    """What was understood and what is doubted, a line each, for terminal and screen."""
    issue = intake.issue
    whole = contents.of(issue)
    lines = [
        f"{issue.full_label}，编码 {intake.encoding}，改正半角标点 {intake.punctuation_fixes} 处"
        if intake.encoding != FROM_ARCHIVE
        else f"{issue.full_label}，由存档放回"
    ]
    if intake.host_date or intake.host_views is not None:
        lines.append(
            f"原网站：{intake.host_category or '未分类'}，{intake.host_date or '无日期'}，"
            f"浏览 {intake.host_views if intake.host_views is not None else '不详'}"
        )
    if told := accounted(intake):
        lines.append(told)
    lines += [
        "　".join(
            [
                f"  {certain(article.section, 'article_place_is_whole').name}",
                article.title,
                article.byline or "（无署名）",
                f"{article.length} 字",
            ]
        )
        for article in whole.articles
    ]
    return lines + [_doubt(doubt) for doubt in intake.doubts]


def _doubt(doubt: dict[str, Any]) -> str:
    place = f"第 {doubt['line']} 行" if doubt["line"] else "全刊"
    return f"存疑 {place}：{doubt['message']}"
