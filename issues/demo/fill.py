"""Fills an empty database with a journal that looks alive, through the verbs that people use."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import (
    Article,
    Author,
    Authorship,
    Branch,
    Call,
    HouseTerm,
    Notice,
    Review,
    Section,
)
from articles.pictures import taking
from articles.reviewing import workflow
from issues.making import editions, make_up, proofs, publication
from issues.models import Edition, Issue
from servicejournal import clock
from servicejournal.certain import certain
from servicejournal.models import Masthead, User
from servicejournal.models.user import SYSTEM

from . import merits, people, readers, texts
from .pictures import SCENES, draw

Status = Article.Status
#: The passes that a manuscript has behind it when it stands in that state.
_PASSES: dict[str, int] = {
    Status.SECOND_REVIEW: 1,
    Status.FINAL_REVIEW: 2,
    Status.ACCEPTED: 3,
}
_DECISIONS: dict[str, Review.Decision] = {
    Status.REVISING: Review.Decision.RETURN,
    Status.HELD: Review.Decision.HOLD,
    Status.REJECTED: Review.Decision.REJECT,
}
_COLOPHON = {
    "compiled_by": "示范农商银行党群工作部",
    "telephone": "0431-80000000",
    "website": "www.example.com",
    "submissions_to": "tougao@example.com",
}
#: Of each issue: what an 内部资料性出版物 must say, so that the demo shows it.
_PRINTED = {
    "permit": "（示范）准印字第 0001 号",
    "distributed_to": "本行各支行、各部门",
    "printed_by": "示范印务有限公司",
    "copies": 500,
}

_THEME = "年关前的一天"
_ASKED = """\
腊月里的网点，一天当三天用。换新钞的、汇工钱的、替父母来问存单的，都在这几天推门进来。请写下您这一天里的一件小事、一个人，或者一个想出来的办法。

写真人真事，一千到两千字为宜；细节比道理要紧，小事不怕小。不写客户的姓名、账号和任何涉密内容，照片请先征得对方同意。

来稿署“单位　姓名”，编辑会做文字加工；采用与否，都会在“我的稿件”里告诉您。"""

_HOUSE_TERMS = (
    ("示范农商行", "示范农商银行", "行名用全称。"),
    ("大堂副理", "大堂经理", "按现行岗位名称。"),
    ("党群部", "党群工作部", "部门名用全称。"),
)

#: Pixels of the pictures that are drawn.
SIZE = (1600, 1067)


class NotEmpty(ValueError):
    """There is content already; nothing was changed."""


@transaction.atomic
def fill(say: Callable[[str], None], *, size: tuple[int, int] = SIZE) -> list[people.NewAccount]:
    """Makes everything or nothing; the accounts with their passwords. Raises `NotEmpty`.

    `size` (pixels) is that of the pictures that are drawn.
    """
    if not _is_new():
        raise NotEmpty
    about = "一本由支行员工写、给支行员工看的服务文化刊物。柜台内外的小事，值得认真记下来。"
    Masthead.objects.update_or_create(pk=1, defaults={**_COLOPHON, "about": about})
    accounts = people.make_accounts()
    merits.make_rules()
    for folder, facts in texts.issues_as_of(timezone.localdate()):
        say(f"{facts['year']}-{facts['number']} …")
        _make_issue(folder, facts, size)
    say("编辑部里的稿件 …")
    _call_for_papers()
    _house_terms()
    for days, text in enumerate(texts.desk(), start=1):
        _bring_to_state(text, size, since=timezone.now() - timedelta(days=2 + days))
    _answer_the_call()
    _backdate_notices()
    merits.praise_and_pay()
    readers.fill()
    people.make_newcomer()
    return accounts


def _is_new() -> bool:
    """Nothing is there but the account that `createsuperuser` or the program itself makes."""
    others = User.objects.exclude(username=SYSTEM).exclude(is_superuser=True)
    filled_in = Masthead.objects.exclude(compiled_by="")
    rows = (Issue.objects, Article.objects, Branch.objects, filled_in, others)
    return not any(each.exists() for each in rows)


def _call_for_papers() -> None:
    """One that ends within days, for the issue in the making."""
    Call.objects.create(
        theme=_THEME,
        words=_ASKED,
        deadline=timezone.localdate() + timedelta(days=12),
        issue=Issue.objects.in_the_making().first(),
    )


def _house_terms() -> None:
    """So that the list shows what it is for; one manuscript on the desk holds two of them."""
    for word, preferred, why in _HOUSE_TERMS:
        HouseTerm.objects.create(
            word=word, preferred=preferred, why=why, level=HouseTerm.Level.ERROR
        )


def _answer_the_call() -> None:
    """The writer's draft, and one that waits for its first review."""
    call = Call.objects.get()
    for status in (Status.DRAFT, Status.SUBMITTED):
        article = certain(Article.objects.filter(status=status).first(), "the demo has one of each")
        article.call = call
        article.store("call", by=article.contributor)


def _make_issue(folder: Path, facts: dict[str, Any], size: tuple[int, int]) -> None:
    published = facts["date"] <= timezone.localdate()
    issue = Issue.objects.create(
        **{**facts, "cover_lines": "\n".join(facts["cover_lines"])},
        slogan=Masthead.objects.get().slogan,
        **_COLOPHON,
        **_PRINTED,
    )
    out_at = timezone.make_aware(datetime.combine(facts["date"], time(9)))
    handed_in = min(out_at, timezone.now()) - timedelta(days=40)
    for number, text in enumerate(texts.articles_of(folder)):
        article = _bring_to_state(text, size, since=handed_in + timedelta(days=number))
        with clock.set_to(min(out_at - timedelta(days=9), timezone.now())):
            make_up.place([article], issue, by=_editor(0))
    _lead(issue)
    if published:
        _publish(issue, out_at)


def _lead(issue: Issue) -> None:
    """With the first two that the cover announces."""
    by_title = dict(issue.articles.values_list("title", "pk"))
    leads = [by_title[line] for line in issue.cover_line_list[:2] if line in by_title]
    make_up.lead_with(issue, leads, by=_editor(0), made_from=[])


def _editor(stage: int) -> User:
    """Who makes the first, second and final review."""
    return User.objects.get(username=people.ACCOUNTS[stage][0])


class _Days:
    """Spreads what happens to a manuscript over days, two for each step; never into the future."""

    def __init__(self, since: datetime) -> None:
        self.written = since - timedelta(hours=3)
        self.first = self.last = since
        self._moments = (since + timedelta(days=2 * step, hours=step * 3) for step in range(20))

    def step(self) -> AbstractContextManager[Any]:
        """What is recorded inside is dated with the next day."""
        self.last = min(next(self._moments), timezone.now() - timedelta(hours=1))
        return clock.set_to(self.last)


def _bring_to_state(text: texts.DemoText, size: tuple[int, int], *, since: datetime) -> Article:
    """Writes the manuscript and takes it to its state, verb by verb."""
    state, days = Status(text.state), _Days(since)
    with clock.set_to(days.written):
        article = _write(text, size)
    if state != Status.DRAFT:
        with days.step():
            workflow.hand_in(article, by=article.contributor)
        _review(article, text, state, days)
    _backdate(article, days)
    return article


def _write(text: texts.DemoText, size: tuple[int, int]) -> Article:
    authors = [
        Author.objects.of_byline(name, Branch.objects.named(branch) if branch else None)
        for branch, name in text.authors
    ]
    contributor = _contributor(text, authors)
    article = Article(
        title=text.title,
        standfirst=text.standfirst,
        section=Section.objects.get(slug=text.section),
        body=_with_pictures(text, size, by=contributor),
        contributor=contributor,
        origin=Article.Origin.COMMISSIONED
        if text.section == "preamble"
        else Article.Origin.CONTRIBUTED,
    )
    article._history_user = contributor
    article.save()
    taking.claim(article, by=contributor)
    for position, author in enumerate(authors, start=1):
        Authorship.objects.create(
            article=article, author=author, branch=author.branch, position=position
        )
    return article


def _contributor(text: texts.DemoText, authors: list[Author]) -> User:
    """Mostly the first author; the demo's writer hands in for colleagues what waits on the desk."""
    handed_in_for_colleagues = text.state in (
        Status.DRAFT,
        Status.REVISING,
        Status.REJECTED,
        Status.WITHDRAWN,
        Status.HELD,
    )
    if handed_in_for_colleagues or text.authors[0][1] == "沈一鸣":
        return User.objects.get(username="tougao")
    return people.account_of(authors[0])


def _with_pictures(text: texts.DemoText, size: tuple[int, int], *, by: User) -> str:
    body = text.body
    for scene, caption in text.pictures:
        picture = taking.take(_drawn(scene, size), by=by)
        figure = (
            f'<figure><img src="{picture.get_absolute_url()}" alt="{SCENES[scene]}">'
            f"<figcaption>{caption}</figcaption></figure>"
        )
        body = body.replace(texts.PICTURE_LINE, figure, 1)
    return body.replace(texts.PICTURE_LINE, "")


@cache
def _drawn(scene: str, size: tuple[int, int]) -> bytes:
    out = BytesIO()
    draw(scene, size).save(out, "PNG", compress_level=1)
    return out.getvalue()


def _review(article: Article, text: texts.DemoText, state: str, days: _Days) -> None:
    if state == Status.SUBMITTED:
        return
    if state == Status.WITHDRAWN:
        why = text.opinions[0] if text.opinions else "想再补一些材料。"
        with days.step():
            workflow.withdraw(article, by=article.contributor, why=why)
        return
    with days.step():
        workflow.receive(article, by=_editor(0))
    for stage, opinion in zip(range(_PASSES.get(state, 0)), _opinions(text), strict=False):
        with days.step():
            workflow.decide(article, Review.Decision.PASS, by=_editor(stage), note=opinion)
    if state in _DECISIONS:
        opinion = text.opinions[0] if text.opinions else "暂存，留待合适的一期。"
        with days.step():
            workflow.decide(article, _DECISIONS[state], by=_editor(0), opinion=opinion)


def _opinions(text: texts.DemoText) -> Iterator[str]:
    yield from text.opinions
    yield from ["同意采用。", "同意。", "可以刊发。"][len(text.opinions) :]


def _backdate(article: Article, days: _Days) -> None:
    submitted = {"submitted_at": days.first} if article.receipt else {}
    dates = {"created_at": days.written, "stage_since": days.last, **submitted}
    Article.objects.filter(pk=article.pk).update(**dates)


def _backdate_notices() -> None:
    """Told when it happened; what is older than some days was read then."""
    for notice in Notice.objects.select_related("article", "article__issue"):
        notice.created_at = _moment_of(notice)
        if notice.created_at < timezone.now() - timedelta(days=5):
            notice.read_at = notice.created_at + timedelta(hours=3)
        notice.save(update_fields=["created_at", "read_at"])


def _moment_of(notice: Notice) -> datetime:
    article = certain(notice.article, "the demo tells of manuscripts alone")
    if notice.kind == Notice.Kind.RECEIVED:
        return certain(article.submitted_at, "article_handed_in_has_a_receipt")
    if notice.kind != Notice.Kind.OUT:
        return article.stage_since
    issue = certain(article.issue, "article_place_is_whole")
    return certain(issue.published_at, "told when the issue was out")


def _publish(issue: Issue, out_at: datetime) -> None:
    """Three proofs, signed off, published, all on the days before its date."""
    for days, editor, corrections in ((6, 0, 14), (4, 1, 6), (2, 0, 1)):
        with clock.set_to(out_at - timedelta(days=days)):
            proofs.finish(issue, by=_editor(editor), corrections=corrections)
    signed = out_at - timedelta(days=1)
    with clock.set_to(signed), editions.with_nobody_else():
        publication.sign_off(issue, by=_editor(2))
    with clock.set_to(out_at):
        publication.publish(issue, by=_editor(2))
    Issue.objects.filter(pk=issue.pk).update(published_at=out_at, signed_off_at=signed)
    Edition.objects.filter(issue=issue).update(made_at=signed)
