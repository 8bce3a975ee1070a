"""An archive back into the database: one transaction, as it was, under the same tokens.

Its pictures are looked at and its files stored before, while nobody waits for a lock. People and
branches are known by name, sections by the name in their address. The masthead is not touched. What
the archive calls an edition comes back as that edition, with its corrections, and is what readers
get when the issue is put out as it came.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models, transaction

from articles.bodies import html
from articles.models import Article, Author, Authorship, Branch, Picture, Section
from articles.pictures import own_encoding, pixels, taking
from articles.reviewing import workflow
from issues import facts
from issues.exports import archive, book, pages, scans
from issues.exports.shape import FACTS, Book, BookArticle, BookAuthor, BookSection
from issues.making import make_up, page_making
from issues.models import BackIssueImport, Correction, Edition, Issue
from issues.models.edition import archive_path
from servicejournal import files, record
from servicejournal.models import User

from .load import FROM_ARCHIVE, AlreadyThere, Check, refuse_what_is_there
from .package import NotAnArchive, Package


@dataclass(frozen=True, slots=True)
class Pictures:
    """All pixels of an archive, looked at: the cover as it will be stored, masters by token."""

    cover: tuple[bytes, str] | None
    cover_picture: tuple[bytes, str] | None
    masters: dict[str, taking.Master]


def look_at_pictures(package: Package) -> Pictures:
    """Takes seconds, so it is done before the transaction. Raises `NotAnArchive`."""
    masters = {}
    for article in package.book.articles:
        for number, picture in enumerate(article.pictures):
            try:
                masters[picture.token] = taking.look_at_master(package.picture(picture))
            except pixels.PictureRefused as refusal:
                raise NotAnArchive(
                    f"存档里《{article.title}》的第 {number + 1} 张图片不能用：{refusal}"
                ) from refusal
    return Pictures(
        cover=_cover(package.read(package.cover)) if package.cover else None,
        cover_picture=_cover(package.read(package.cover_picture))
        if package.cover_picture
        else None,
        masters=masters,
    )


def store_files(package: Package, pictures: Pictures, file: "File[bytes]") -> None:
    """What the rows of `restore` will name: masters by their token, covers and what the edition
    brings by the hash of the archive. `file` is the zip itself. Where rows are refused afterwards,
    files stay that no row names (`manage.py check_files`). Raises what `restore` does.
    """
    if BackIssueImport.objects.filter(sha256=package.sha256).exists():
        return
    _refuse_what_is_there(package.book)
    issue = _issue_of(package)
    for article in package.book.articles:
        for each in article.pictures:
            master = pictures.masters[each.token]
            taking.keep_master(package.picture(each), master, token=uuid.UUID(each.token))
    for name, data in _covers(package, pictures).values():
        files.put(name, data)
    if package.book.scan:
        files.put(scans.file_of(package.book.scan), package.read(archive.PDF))
    if package.edition.number is not None:
        edition = Edition(issue=issue, number=package.edition.number, sha256=package.sha256)
        file.seek(0)
        files.put(archive_path(edition, "archive.zip"), file)
        for name in (archive.EPUB, archive.PDF):
            if data := package.read(name):
                files.put(archive_path(edition, name), data)


@transaction.atomic
def restore(
    package: Package,
    pictures: Pictures,
    *,
    file_name: str,
    by: User,
    check: Check | None = None,
) -> tuple[BackIssueImport, bool]:
    """Stores the issue, unpublished; (intake, whether it is new). Its files are there already
    (`store_files`).

    The same zip again changes nothing. Raises `NotAnArchive` where a field is not what the journal
    keeps, `AlreadyThere` where the issue or a picture is there already, and what `check` raises.
    """
    if (
        known := BackIssueImport.objects.filter(sha256=package.sha256)
        .select_related("issue")
        .first()
    ):
        return known, False
    _refuse_what_is_there(package.book)
    issue = _make_issue(package, pictures)
    sections = _sections(package.book.sections)
    articles = []
    for at, found in enumerate(package.book.articles):
        article = _make_article(found, f"articles[{at}]", sections[found.section], by)
        for each in found.pictures:
            master = pictures.masters[each.token]
            taking.put_back(master, token=uuid.UUID(each.token), by=by, article=article)
        # The places of an issue's articles rise through all sections: only their order counts.
        make_up.place_back_issue(article, issue, at + 1, by=by, lead=found.lead)
        articles.append(article)
    doubts = [*_doubts(package, issue), *_keep_edition(package, issue, articles, by)]
    intake = BackIssueImport.objects.create(
        issue=issue,
        file_name=file_name[:200],
        sha256=package.sha256,
        encoding=FROM_ARCHIVE,
        imported_by=by,
        doubts=[{"line": 0, "code": "archive", "message": doubt} for doubt in doubts],
    )
    record.write(
        "导入存档", issue, by=by, file=file_name, sha256=package.sha256, doubts=len(doubts)
    )
    if check:
        check(issue)
    return intake, True


def edition_as_it_came(package: Package, issue: Issue) -> Edition | None:
    """The edition that came with the archive, while it still says what stands in the system."""
    newest = issue.editions.first()
    is_the_same = newest is not None and newest.sha256 == package.sha256
    return newest if is_the_same and archive.digest(book.of(issue)) == package.digest else None


def _refuse_what_is_there(found: Book) -> None:
    refuse_what_is_there(found)
    tokens = [picture.token for article in found.articles for picture in article.pictures]
    if Picture.objects.filter(token__in=tokens).exists():
        raise AlreadyThere("存档里的图片已经属于系统里的另一篇稿件，没有导入。")


def _checked(row: models.Model, names: Iterable[str], at: str) -> None:
    """The model's own rules for these fields, as a sentence that names the field."""
    others = {field.name for field in row._meta.fields} - set(names)
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise NotAnArchive(f"存档里的“{at}{name}”不对：{messages[0]}") from error


def _issue_of(package: Package) -> Issue:
    """Not stored yet, and by its rules."""
    found = package.book
    issue = Issue(
        **{name: getattr(found, name) for name in FACTS},
        cover_lines="\n".join(found.cover_lines),
        **package.worn,
    )
    _checked(issue, facts.PRINTED, "")
    _checked(issue, facts.WORN, "face.json：")
    _check_kind(issue)
    return issue


def _make_issue(package: Package, pictures: Pictures) -> Issue:
    found = package.book
    issue = _issue_of(package)
    if Issue.objects.filter(running_number=found.running_number or 0).exists():
        issue.running_number = None
    for field, (name, _) in _covers(package, pictures).items():
        setattr(issue, field, name)
    if found.scan:
        issue.scan.name = scans.file_of(found.scan)
    issue.save()
    return issue


def _covers(package: Package, pictures: Pictures) -> dict[str, tuple[str, bytes]]:
    """By field of the issue: the name in the storage, which the same zip always gives, and the
    bytes.
    """
    brought = {"cover": pictures.cover, "cover_picture": pictures.cover_picture}
    return {
        field: (f"covers/{field}-{package.sha256[:16]}{found[1]}", found[0])
        for field, found in brought.items()
        if found
    }


def _check_kind(issue: Issue) -> None:
    """Kind, numbers and place together, by the database's own rule."""
    try:
        issue.validate_constraints(exclude={"running_number"})
    except ValidationError as error:
        raise NotAnArchive(f"存档里的期号不对：{error.messages[0]}") from error


def _cover(data: bytes) -> tuple[bytes, str]:
    """As it is where it is our own, encoded again like any upload where it is not."""
    try:
        image = pixels.decode(data)
    except pixels.PictureRefused as refusal:
        raise NotAnArchive(f"存档里的封面图片不能用：{refusal}") from refusal
    if own_encoding.is_master(data):
        return data, ".png" if image.mode == "RGBA" else ".jpg"
    return pixels.encode_master(image)


def _sections(found: Iterable[BookSection]) -> dict[str, Section]:
    """By slug; one that is missing is made behind the one that it follows in the issue."""
    sections: dict[str, Section] = {}
    order = 0
    for at, part in enumerate(found):
        section = (
            Section.objects.filter(slug=part.slug).first()
            or Section.objects.filter(name=part.name).first()
        )
        if section is None:
            facts = {name: getattr(part, name) for name in ("slug", "name", "name_en")}
            section = Section(**facts, is_preamble=part.is_preamble, order=order)
            _checked(section, facts, f"sections[{at}].")
            section.save()
        sections[part.slug], order = section, section.order
    return sections


def _make_article(found: BookArticle, at: str, section: Section, by: User) -> Article:
    texts = {name: getattr(found, name) for name in ("kicker", "title", "standfirst")}
    article = Article(**texts, body=found.body, section=section)
    _checked(article, texts, f"{at}.")
    try:
        workflow.admit_back_issue(article, by=by)
    except html.Refused as refusal:
        raise NotAnArchive(f"存档里的“{at}.body”不对：{refusal}") from refusal
    _sign(article, found.authors, f"{at}.authors")
    return article


def _sign(article: Article, found: Iterable[BookAuthor], at: str) -> None:
    taken: list[int] = []
    for number, signed in enumerate(found):
        branch = _branch(signed.branch, f"{at}[{number}].branch") if signed.branch else None
        author = _author(signed.name, branch, taken, f"{at}[{number}].")
        taken.append(author.pk)
        Authorship.objects.create(
            article=article,
            author=author,
            branch=branch,
            branch_name=signed.branch,
            position=number + 1,
        )


def _branch(name: str, at: str) -> Branch:
    _checked(Branch(name=name), ["name"], f"{at}.")
    return Branch.objects.once_named(name)


def _author(name: str, branch: Branch | None, taken: list[int], at: str) -> Author:
    """Two of one name in one byline are two people."""
    _checked(Author(name=name), ["name"], at)
    free = Author.objects.filter(name=name, branch=branch).exclude(pk__in=taken).order_by("pk")
    if author := free.first():
        return author
    namesakes = Author.objects.filter(name=name, branch=branch).count()
    return Author.objects.create(
        name=name, branch=branch, namesake=str(namesakes + 1) if namesakes else ""
    )


def _doubts(package: Package, issue: Issue) -> list[str]:
    """Where what stands in the system now is not what the archive says."""
    before, now = package.book, book.of(issue)
    doubts = []
    if before.running_number != now.running_number:
        doubts.append(f"总第{before.running_number}期已被另一期用了，请核对后补上总期号。")
    if before.sections != now.sections:
        doubts.append("栏目的名称或次序与存档里不同，已按系统现在的排，请对照存档里的目录。")
    places = {article.title: article for article in now.articles}
    changed = [a.title for a in before.articles if places.get(a.title) != a]
    same_order = [a.title for a in before.articles] == [a.title for a in now.articles]
    if before.sections == now.sections and (changed or not same_order):
        doubts += [f"“{title}”与存档里不完全相同，请对照存档里的网页核对。" for title in changed]
    return doubts


def _titles(package: Package, printed: bytes) -> tuple[tuple[str, int], ...]:
    """The bookmarks of a scan; a PDF that was made here has the starts of its articles."""
    if not package.book.scan:
        return ()
    try:
        return pages.look_at(printed).titles
    except pages.NotReadable as refusal:
        raise NotAnArchive(f"存档里的 {archive.PDF} 不能用：{refusal}") from refusal


def _keep_edition(package: Package, issue: Issue, articles: list[Article], by: User) -> list[str]:
    """The edition, whose files are there byte for byte, and its corrections. What was doubted."""
    told = package.edition
    if told.number is None or told.made_at is None:  # both or neither: `package` has seen to it
        lost = len(told.corrections)
        return [f"存档不是正式出刊的一版，里面的 {lost} 条更正说明没有放回。"] if lost else []
    edition = Edition(
        issue=issue,
        number=told.number,
        made_at=told.made_at,
        made_by=by,
        sha256=package.sha256,
        without_pdf=told.without_pdf[:200],
    )
    edition.archive.name = archive_path(edition, "archive.zip")
    if texts := package.read(archive.EPUB):
        edition.epub.name = archive_path(edition, archive.EPUB)
        edition.epub_sha256, edition.epub_size = sha256(texts).hexdigest(), len(texts)
    if printed := package.read(archive.PDF):
        edition.pdf.name = archive_path(edition, archive.PDF)
        edition.pdf_sha256, edition.pdf_size = sha256(printed).hexdigest(), len(printed)
        edition.outline = page_making.outline(
            [(article.title, article.pk) for article in articles],
            starts=told.starts,
            titles=_titles(package, printed),
        )
    edition.save()
    for each in told.corrections:
        Correction.objects.create(
            article=articles[each.article - 1] if each.article else None,
            edition=edition,
            at=each.at,
            by=by,
            reason=each.reason,
        )
    return []
