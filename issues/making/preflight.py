"""What stands in the way of publication, and what an editor should look at before it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from django.conf import settings

from articles.bodies import html, links
from articles.models import Article, Review, Writer
from servicejournal import masthead
from servicejournal.certain import certain
from servicejournal.papers import fonts

from .. import announced, contents, facts
from ..exports import archive, bodies, book
from ..models import Issue
from . import proofs

#: «等待补贴» waits for something else.
_UNFILLED = re.compile(
    r"(?<!等)待补(?![贴偿助给缴办录货])|待填(?![写表报])|此处[插补]\w{0,4}|lorem ipsum|\bTODO\b",
    re.IGNORECASE,
)
#: One of them is in whatever that finds: a text is rather searched five times for plain words.
_MARKS_OF_UNFILLED = ("待补", "待填", "此处", "lorem", "todo")
_KEPT_BACK = re.compile(r"[Xx×✕]{3,}")
_ARTICLE = re.compile(r"/articles/(\d+)/")
#: So many articles of one title are no series.
_MANY = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """It is mended in the `article`, or on the issue's page of that name: facts, cover, board,
    proofs, looking."""

    blocks: bool  # publication is refused until it is gone
    message: str
    article: Article | None = None
    where: str = ""
    anchor: str = ""

    @property
    def code(self) -> str:
        """Names what is said, so that who accepted it has accepted this and nothing else."""
        return sha256(self.message.encode()).hexdigest()[:12]


def check(issue: Issue, digest: str = "") -> list[Finding]:
    """Everything found, what blocks first. A constant number of queries, five fewer where the
    issue's digest is given.

    Nothing in what is out: that was passed, and what is corrected since is not passed again.
    """
    if issue.is_published:
        return []
    articles = contents.of(issue, with_bodies=True).articles
    found = [*_rules(issue, articles, digest), *_type(issue, articles)]
    return sorted(found, key=lambda finding: not finding.blocks)


def blocking(issue: Issue, articles: tuple[Article, ...], digest: str) -> list[Finding]:
    """What keeps the issue, which has these articles and this digest, from coming out: without the
    look at type.
    """
    return [finding for finding in _rules(issue, articles, digest) if finding.blocks]


def unanswered(findings: Iterable[Finding], accepted: Mapping[str, str]) -> list[Finding]:
    """Warnings that nobody accepted with a reason (`accepted`: reasons by code)."""
    return [each for each in findings if not each.blocks and not accepted.get(each.code)]


def _rules(issue: Issue, articles: tuple[Article, ...], digest: str = "") -> Iterator[Finding]:
    yield from _facts(issue)
    yield from _intake(issue)
    yield from _make_up(issue, articles)
    yield from _texts(articles)
    yield from _links(articles)
    yield from _reviews(articles)
    yield from _proofs(issue, articles, digest)
    yield from _leader(issue, digest)


def _facts(issue: Issue) -> Iterator[Finding]:
    if not issue.date:
        yield Finding(True, "没有出刊日期，请在“本期信息”里填写。", where="facts")
    if not issue.is_regular:
        yield from _beside_the_series(issue)
    elif not issue.running_number:
        yield Finding(False, "没有总期号，封面上不印。", where="facts")
    else:
        yield from _numbering(issue)
    if not issue.theme:
        yield Finding(False, "没有本期主题，首页用头条文章的标题代替。", where="facts")
    yield from _colophon(issue)


def _colophon(issue: Issue) -> Iterator[Finding]:
    """What an 内部资料性出版物 must say, each with the field where it is filled in. One query."""
    is_demanded = masthead.current().is_internal and not issue.scan
    for fact in facts.DEMANDED:
        said = getattr(issue, fact.name)
        if not said and (is_demanded or fact.name == "compiled_by"):
            message = f"版权页没有{fact.line}。"
            if is_demanded:
                message = f"版权页没有{fact.line}，内部资料性出版物必须写明，请补上。"
            yield Finding(is_demanded, message, where="facts", anchor=f"id_{fact.name}")
    if is_demanded and issue.notice and _squeezed(issue.notice) != _squeezed(facts.NOTICE):
        message = f"声明要写“{facts.NOTICE}”，这几个字一个也不能少。"
        yield Finding(True, message, where="facts", anchor="id_notice")


def _squeezed(words: str) -> str:
    return re.sub(r"[\s，,]", "", words)


def _numbering(issue: Issue) -> Iterator[Finding]:
    earlier = Issue.objects.before(issue).exclude(running_number=None)
    last = earlier.newest_first().first()
    if last is None or last.running_number is None or issue.running_number is None:
        return
    if issue.running_number <= last.running_number:
        message = f"总期号应大于{last}的总第{last.running_number}期。"
        yield Finding(True, message, where="facts")
    elif issue.running_number not in _following(last, last.running_number):
        message = f"总期号与{last}的总第{last.running_number}期不相连。"
        yield Finding(False, message, where="facts")


def _following(last: Issue, running: int) -> set[int]:
    """A 合刊 counts as one in most journals, and as as many as its numbers in some."""
    return {running + 1, running + 1 + (last.last_number or last.number) - last.number}


def _beside_the_series(issue: Issue) -> Iterator[Finding]:
    if issue.running_number:
        told = f"{issue.get_kind_display()}一般不占总期号"
        message = f"{told}，这一期带着总第{issue.running_number}期，请核对。"
        yield Finding(False, message, where="facts")


def _intake(issue: Issue) -> Iterator[Finding]:
    intake = getattr(issue, "intake", None)
    if intake and not intake.accepted_at:
        yield Finding(
            True, f"本期由文件导入，有 {len(intake.doubts)} 处存疑，请先核对并点“核对通过”。"
        )


def _make_up(issue: Issue, articles: tuple[Article, ...]) -> Iterator[Finding]:
    if not articles and issue.scan:
        return
    if not articles:
        yield Finding(True, "本期还没有文章，请先编入已采用的稿件。", where="board")
        return
    if not any(
        certain(article.section, "article_place_is_whole").is_preamble for article in articles
    ):
        yield Finding(False, "本期没有卷首语。", where="board")
    titles = Counter(article.title for article in articles)
    for title, count in titles.items():
        if count > 1:
            # Two may be a series; a title on line after line of the contents was never filled in.
            many = count >= _MANY
            yield Finding(many, f"有 {count} 篇文章同题：“{title}”。", where="board")
    yield from _cover_lines(issue, articles)


def _cover_lines(issue: Issue, articles: tuple[Article, ...]) -> Iterator[Finding]:
    """One query more where a line is no title."""
    titles = {article.title for article in articles}
    lines = [line for line in announced.lines(issue, articles) if line not in titles]
    once = _once_called(articles, lines) if lines else {}
    for line in lines:
        if line in once:
            now = f"《{once[line]}》以前的标题，请改成现在的"
            yield Finding(False, f"要目“{line}”是{now}。", where="cover", anchor="id_cover_lines")
        else:
            message = f"要目“{line}”与本期任何一篇文章的标题都不同。"
            yield Finding(False, message, where="cover", anchor="id_cover_lines")


def _once_called(articles: tuple[Article, ...], lines: list[str]) -> dict[str, str]:
    """Lines that were the title of an article of this issue, with its title of today."""
    now = {article.pk: article.title for article in articles}
    rows = Article.history.filter(id__in=list(now), title__in=lines)
    return {title: now[pk] for pk, title in rows.values_list("id", "title")}


def _texts(articles: tuple[Article, ...]) -> Iterator[Finding]:
    for article in articles:
        if not article.length and not html.picture_tokens(article.body):
            yield Finding(True, f"“{article.title}”没有正文。", article)
        yield from _placeholders(article)
        if not article.authorships.all():
            yield Finding(False, f"“{article.title}”没有署名。", article)
        read = _read(article.body)
        if read.is_silent:
            yield Finding(False, f"“{article.title}”有图片没有替代文字，读屏软件读不出。", article)
        if read.bare:
            yield Finding(False, f"“{article.title}”有 {read.bare} 张图片没有图说。", article)


def _placeholders(article: Article) -> Iterator[Finding]:
    """What was to be filled in later. Three × may stand for a name that is kept back."""
    read = _read(article.body)
    text = "\n".join([article.kicker, article.title, article.standfirst, read.text])
    may_lack = any(mark in text.lower() for mark in _MARKS_OF_UNFILLED)
    unfilled = _UNFILLED.findall(text) if may_lack else []
    for found, blocks in ((unfilled, True), (_KEPT_BACK.findall(text), False)):
        if found:
            quotes = "、".join(f"“{each}”" for each in list(dict.fromkeys(found))[:5])
            message = f"“{article.title}”里有没填的地方：{quotes}。"
            yield Finding(blocks, message, article)


def _links(articles: tuple[Article, ...]) -> Iterator[Finding]:
    """Those that lead nowhere. One query where a text leads to another one of the journal; what
    other sites have is not asked for.
    """
    found = [(article, link) for article in articles for link in links.of(article.body)]
    there = {article.pk for article in articles}
    if others := {pk for _, link in found if (pk := _leads_to(link))} - there:
        rows = Article.objects.published().filter(pk__in=others)
        there.update(rows.values_list("pk", flat=True))
    for article, link in found:
        pk = _leads_to(link)
        if links.is_broken(link) or (pk and pk not in there):
            message = f"“{article.title}”里“{link.words[:20]}”的链接打不开：{link.to[:80]}。"
            yield Finding(False, message, article)


def _leads_to(link: links.Link) -> int | None:
    """The article of the journal that it leads to."""
    own = link.to.removeprefix(settings.SITE_URL)
    told = _ARTICLE.match(own) if own.startswith("/") else None
    return int(told[1]) if told else None


@dataclass(frozen=True, slots=True)
class _Body:
    """What is asked of a body; `bare` pictures have no caption, a `silent` one no words."""

    text: str
    is_silent: bool
    bare: int


@lru_cache(maxsize=200)
def _read(body: str) -> _Body:
    """An issue is looked at twice, and the second time others wait for its lock."""
    return _Body(html.text(body), html.has_silent_picture(body), _without_captions(body))


def _without_captions(body: str) -> int:
    if "<img " not in body:
        return 0
    blocks = bodies.walk(bodies.read(body))
    return sum(block.get("kind") == "figure" and not block["caption"] for block in blocks)


def _reviews(articles: tuple[Article, ...]) -> Iterator[Finding]:
    """Three passes of the present round by others than its writers, and the text that the last of
    them read. Who became known as a writer after passing it, is one.
    """
    reviewed = [a for a in articles if a.origin != Article.Origin.BACK_ISSUE]
    standing = Review.objects.standing().filter(article__in=reviewed)
    passes = standing.filter(decision=Review.Decision.PASS)
    by_article: dict[int, list[Review]] = {}
    for review in passes:
        by_article.setdefault(review.article_id, []).append(review)
    wrote: dict[int, set[int]] = {article.pk: {article.contributor_id} for article in reviewed}
    for pk, user in Writer.objects.filter(article__in=reviewed).values_list("article", "user"):
        wrote[pk].add(user)
    for article in reviewed:
        mine = [r for r in by_article.get(article.pk, []) if r.round == article.round]
        for last in {review.stage: review for review in mine}.values():
            if last.reviewer_id in wrote[article.pk]:
                stage = last.get_stage_display()
                message = f"“{article.title}”的{stage}是作者自己作的，请移出本期，“重新审稿”。"
                yield Finding(True, message, article)
        missing = [
            label for stage, label in Review.Stage.choices if stage not in {r.stage for r in mine}
        ]
        if missing:
            yield Finding(True, f"“{article.title}”缺{'、'.join(missing)}。", article)
        elif mine[-1].digest != article.digest():
            yield Finding(True, f"“{article.title}”在终审之后有改动，请终审人确认。", article)


def _proofs(issue: Issue, articles: tuple[Article, ...], digest: str) -> Iterator[Finding]:
    """三校. A back issue was proofread when it was printed."""
    if getattr(issue, "intake", None) or issue.scan or not articles:
        return
    progress = proofs.of(issue, digest=digest)
    if progress.missing:
        yield Finding(True, f"缺{'、'.join(progress.missing)}，请在“三校”里完成。", where="proofs")
    elif progress.stale:
        yield Finding(True, "三校之后有改动，请核对改动之处，再做一次三校。", where="proofs")


def _leader(issue: Issue, digest: str) -> Iterator[Finding]:
    """What leaders said, and their 同意付印 where the masthead asks for it. Three queries; those of
    the cover where somebody consented, and five more where the issue's digest is not given.
    """
    if waiting := issue.notes.open().of_leaders().count():
        yield Finding(False, f"送看的意见还有 {waiting} 条没有处理。", where="looking")
    if getattr(issue, "intake", None) or not masthead.current().leader_agrees:
        return
    given = issue.consents.standing().last()
    if given is None:
        yield Finding(
            True,
            "还没有领导“同意付印”，请在“送看”里送给领导看，或登记纸上的签字。",
            where="looking",
        )
        return
    digest = digest or archive.digest(book.of(issue))
    if given.digest != archive.digest_with_cover(digest, book.face_of(issue)):
        message = f"{given.name}同意付印之后又有改动，请再送看一次，或写明改了什么。"
        yield Finding(False, message, where="looking")


def _type(issue: Issue, articles: tuple[Article, ...]) -> Iterator[Finding]:
    """What the print PDF cannot set; a scan is not set again."""
    if issue.scan:
        return
    try:
        faces = fonts.find(settings.FONT_DIR)
    except fonts.FontsMissing as reason:
        yield Finding(False, f"这一期不会有 PDF：{reason}")
        return
    for article in articles:
        words = [article.kicker, article.title, article.standfirst, html.text(article.body)]
        missing = sorted(faces.missing("".join([*words, article.byline])))
        if missing:
            chars = "".join(missing[:20])
            yield Finding(
                False, f"“{article.title}”里的“{chars}”没有字体可用，PDF 里印成〓。", article
            )
