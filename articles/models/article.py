"""A manuscript until its issue is out; an article from then on."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import models
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from articles.bodies.fields import LengthField, RichTextField
from servicejournal import clock
from servicejournal.access import Anybody, may_read, open_to
from servicejournal.models import Record, User

from .people import Writer


def _alone_in_parts() -> tuple[models.Q, models.Q, models.Q]:
    """Never handed in (so without a receipt), a draft, or withdrawn after it was called back."""
    withdrawn_unseen = Record.objects.filter(
        subject_type=Article._meta.label_lower,
        subject_pk=models.OuterRef("pk"),
        what__before=Article.Status.DRAFT,
        what__after=Article.Status.WITHDRAWN,
    )
    return (
        models.Q(receipt__isnull=True),
        models.Q(status=Article.Status.DRAFT),
        models.Q(status=Article.Status.WITHDRAWN) & models.Q(models.Exists(withdrawn_unseen)),
    )


def hangs_on_open(user: Anybody) -> models.Q:
    """Of rows with an `article`: those whose manuscript is open inside to the user."""
    if not (user.is_authenticated and user.on_the_desk):
        return models.Q(pk__in=[])
    closed = Article.objects.closed_inside_to(user)
    return models.Q(article__isnull=False) & ~models.Q(article__in=closed)


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> "ArticleQuerySet":
        """Accepted, and their issue is out. The only place that knows."""
        return self.filter(status=Article.Status.ACCEPTED, issue__published_at__lte=timezone.now())

    def visible_to(self, user: Anybody) -> "ArticleQuerySet":
        """What the user may read: what is out (to readers), one's own, all but drafts to the desk.

        What was never handed in, or was called back, is its writer's alone.
        """
        if user.is_authenticated and user.on_the_desk:
            return self.exclude(pk__in=self._alone(models.Q(contributor=user)))
        visible = models.Q(pk__in=[])
        if may_read(user):
            out = self.model.objects.published().filter(open_to(user, "issue__"))
            visible |= models.Q(pk__in=out.values("pk"))
        if user.is_authenticated:
            visible |= models.Q(contributor=user)
        return self.filter(visible)

    def handed_in(self) -> "ArticleQuerySet":
        """All but what is its writer's alone: what stands at the desk, or stood there."""
        return self.exclude(pk__in=self._alone())

    def _alone(self, but: models.Q | None = None) -> "models.QuerySet[Article, dict[str, int]]":
        """Keys of what is its writer's alone. Each part has an index, and they are few: so a list
        of all the others is counted and put in order without a look at the rows, which are wide.
        """
        rows = self.model.objects.order_by().values("pk")
        rows = rows.exclude(but) if but else rows
        first, *others = (rows.filter(part) for part in _alone_in_parts())
        keys: models.QuerySet[Article, Any] = first.union(*others)
        return keys

    def open_inside_to(self, user: Anybody) -> "ArticleQuerySet":
        """Those of which the user may read what the desk says among itself: opinions, internal
        notes, comments, the course of things. The desk alone, and never of one's own manuscript.

        The only place that knows: what hangs on a manuscript asks by `readable_by`.
        """
        if not (user.is_authenticated and user.on_the_desk):
            return self.none()
        return self.handed_in().exclude(pk__in=self.model.objects.written_by(user).values("pk"))

    def closed_inside_to(self, user: User) -> "models.QuerySet[Article, dict[str, int]]":
        """To somebody of the desk: the keys of all the others. They are few and found by indexes,
        so that what hangs on manuscripts by tens of thousands asks for these (`hangs_on_open`).
        """
        rows = self.model.objects.order_by().values("pk")
        theirs = rows.filter(pk__in=self.model.objects.written_by(user).values("pk"))
        keys: models.QuerySet[Article, Any] = theirs.union(self._alone())
        return keys

    def written_by(self, user: User) -> "ArticleQuerySet":
        """Whose text it is, as `Article.writer_accounts`: handed in, signed now, or ever signed.

        Who enters a back issue has not written it.
        """
        signed = self.model.authors.through.objects.filter(author__user=user).order_by()
        ever = Writer.objects.filter(user=user).order_by()
        handed_in = self.model.objects.filter(contributor=user)
        handed_in = handed_in.exclude(origin=Article.Origin.BACK_ISSUE).order_by()
        # One after the other, each by its index: three alternatives read every manuscript.
        theirs = handed_in.values("pk").union(signed.values("article"), ever.values("article"))
        return self.filter(pk__in=theirs)

    def of(self, user: User) -> "ArticleQuerySet":
        """What the user handed in or is writing."""
        return self.filter(contributor=user)

    def in_review(self) -> "ArticleQuerySet":
        return self.filter(status__in=Article.IN_REVIEW)

    def waiting_since(self, moment: datetime) -> "ArticleQuerySet":
        """In review, and at the present stage since before the moment: overdue."""
        return self.in_review().filter(stage_since__lt=moment)

    def signed_from(self, branch: int) -> "ArticleQuerySet":
        """With the branch (its key) in the byline."""
        signed = self.model.objects.filter(authorships__branch=branch)
        return self.filter(pk__in=signed.values("pk"))

    def placeable(self) -> "ArticleQuerySet":
        """Accepted and in no issue yet."""
        return self.filter(status=Article.Status.ACCEPTED, issue=None)

    def with_bylines(self) -> "ArticleQuerySet":
        return self.prefetch_related("authorships__author", "authorships__branch")

    def whose_turn_first(self, told: Mapping[int, datetime]) -> "ArticleQuerySet":
        """What waits for the writer, then what the desk has, then what is over (`progress`).

        Of `told` the writer sees since when they are in review, and nothing of what came then.
        """
        over = models.Q(status__in=[Article.Status.REJECTED, Article.Status.WITHDRAWN])
        out = models.Q(pk__in=self.model.objects.published().values("pk"))
        seen = [models.When(pk=pk, then=models.Value(at)) for pk, at in told.items()]
        since = models.Case(*seen, default=models.F("stage_since"))
        turn = models.Case(
            models.When(pk__in=list(told), then=1),
            models.When(status__in=Article.WITH_THE_WRITER, then=0),
            models.When(over | out, then=2),
            default=1,
        )
        return self.annotate(turn=turn).alias(since=since).order_by("turn", "-since", "-pk")

    def in_print_order(self) -> "ArticleQuerySet":
        return self.order_by("section__order", "section_id", "position", "pk")


class Article(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "已投稿"
        FIRST_REVIEW = "first_review", "初审中"
        SECOND_REVIEW = "second_review", "复审中"
        FINAL_REVIEW = "final_review", "终审中"
        ACCEPTED = "accepted", "已采用"
        REVISING = "revising", "退修中"
        HELD = "held", "备用"
        REJECTED = "rejected", "已退稿"
        WITHDRAWN = "withdrawn", "已撤稿"

    class Origin(models.TextChoices):
        CONTRIBUTED = "contributed", "自投"
        COMMISSIONED = "commissioned", "约稿"
        BACK_ISSUE = "back_issue", "过刊导入"

    class Lead(models.IntegerChoices):
        """What the page of the issue shows large."""

        FIRST = 1, "头条"
        SECOND = 2, "次条"

    IN_REVIEW = (
        Status.SUBMITTED,
        Status.FIRST_REVIEW,
        Status.SECOND_REVIEW,
        Status.FINAL_REVIEW,
    )
    WITH_THE_WRITER = (Status.DRAFT, Status.REVISING)

    kicker = models.CharField("肩题", max_length=60, blank=True)
    title = models.CharField("标题", max_length=120)
    standfirst = models.TextField("导语", max_length=400, blank=True)
    body = RichTextField("正文", blank=True)
    length = LengthField("字数")
    note = models.TextField("给编辑的话", max_length=1000, blank=True)
    contributor = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        related_name="manuscripts",
        verbose_name="投稿人",
    )
    origin = models.CharField(
        "来源", max_length=20, choices=Origin, default=Origin.CONTRIBUTED, editable=False
    )
    status = models.CharField(
        "状态", max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    stage_since = models.DateTimeField("进入本状态", default=timezone.now, editable=False)
    round = models.PositiveSmallIntegerField("轮次", default=0, editable=False)
    receipt = models.CharField(
        "稿号", max_length=20, null=True, blank=True, unique=True, editable=False
    )
    submitted_at = models.DateTimeField("收稿时间", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("建立", auto_now_add=True)
    updated_at = models.DateTimeField("修改", auto_now=True)
    section = models.ForeignKey(
        "articles.Section",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name="栏目",
    )
    call = models.ForeignKey(
        "articles.Call",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name="应征",
    )
    issue = models.ForeignKey(
        "issues.Issue",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name="期",
        editable=False,
    )
    position = models.PositiveIntegerField("栏目内次序", null=True, blank=True, editable=False)
    lead = models.PositiveSmallIntegerField(
        "头条", choices=Lead.choices, null=True, blank=True, editable=False
    )
    authors = models.ManyToManyField(
        "articles.Author", through="articles.Authorship", related_name="articles"
    )

    objects = ArticleQuerySet.as_manager()
    history = HistoricalRecords(
        verbose_name="稿件版本", verbose_name_plural="稿件版本", excluded_fields=["updated_at"]
    )

    class Meta:
        verbose_name = verbose_name_plural = "稿件"
        ordering = ["-created_at", "-pk"]
        # Each holds all that a page of the list is chosen by, and who may see a draft: texts stay
        # where they are until the fifty rows are known.
        indexes = [
            models.Index(fields=["status", "stage_since"], name="article_queue"),
            models.Index(
                fields=["-stage_since", "-id", "status", "contributor"], name="article_list"
            ),
            models.Index(fields=["title", "status", "contributor"], name="article_by_title"),
            models.Index(
                fields=["submitted_at", "status", "contributor"], name="article_submitted"
            ),
            models.Index(fields=["-updated_at"], name="article_changed"),
            models.Index(fields=["status", "issue"], name="article_of_an_issue"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(issue__isnull=True) | models.Q(status="accepted"),
                name="article_in_an_issue_is_accepted",
            ),
            models.CheckConstraint(
                condition=models.Q(issue__isnull=True, position__isnull=True)
                | models.Q(issue__isnull=False, position__isnull=False, section__isnull=False),
                name="article_place_is_whole",
            ),
            models.UniqueConstraint(
                fields=["issue", "section", "position"], name="article_one_a_place"
            ),
            models.CheckConstraint(
                condition=models.Q(lead__isnull=True)
                | models.Q(lead__isnull=False, lead__in=[1, 2], issue__isnull=False),
                name="article_lead_is_in_an_issue",
            ),
            models.UniqueConstraint(fields=["issue", "lead"], name="article_one_a_lead"),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "withdrawn"])
                | models.Q(receipt__isnull=False, submitted_at__isnull=False),
                name="article_handed_in_has_a_receipt",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=[
                        "draft",
                        "submitted",
                        "first_review",
                        "second_review",
                        "final_review",
                        "accepted",
                        "revising",
                        "held",
                        "rejected",
                        "withdrawn",
                    ]
                ),
                name="article_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])

    def store(self, *fields: str, by: User, why: str = "") -> None:
        """Saves these fields; the version that this leaves in the history names `by`."""
        self._history_user, self._change_reason = by, why[:100] or None
        self.save(update_fields=[*fields, "updated_at"])

    @property
    def _history_date(self) -> datetime:
        """Versions are dated by the clock of the record: what passed which text is told by time."""
        return clock.now()

    def is_open_inside_to(self, user: Anybody) -> bool:
        """As `ArticleQuerySet.open_inside_to`."""
        return Article.objects.open_inside_to(user).filter(pk=self.pk).exists()

    def writer_accounts(self) -> set[int]:
        """Keys of the accounts whose text it is, as `ArticleQuerySet.written_by`."""
        accounts = set(self.writers.values_list("user", flat=True))
        signed = self.authorships.exclude(author__user=None)
        accounts |= set(signed.values_list("author__user", flat=True))
        if self.origin != Article.Origin.BACK_ISSUE:
            accounts.add(self.contributor_id)
        return accounts

    @property
    def is_published(self) -> bool:
        """Its issue is out, so its text is locked. (As `ArticleQuerySet.published`.)"""
        return self.issue is not None and self.issue.is_published

    @property
    def why_frozen(self) -> str:
        """Why the desk changes nothing in it, in Chinese, with the way out: its issue is signed."""
        if self.is_published:
            return "文章已经刊出，请用“更正文章”。"
        return self.issue.why_frozen if self.issue else ""

    @property
    def with_the_writer(self) -> bool:
        return self.status in self.WITH_THE_WRITER

    @property
    def is_late(self) -> bool:
        """First handed in after the last day of the call that it answers: 按自由来稿处理."""
        if self.call is None or self.submitted_at is None:
            return False
        return timezone.localdate(self.submitted_at) > self.call.deadline

    @property
    def byline(self) -> str:
        """As in print: 净月支行 谷淳; authors of one branch share its name."""
        return byline_of((row.author_name, row.branch_name) for row in self.authorships.all())

    def digest(self) -> str:
        """SHA-256 (hex) of what a reviewer passes: title, byline, body, and pictures through it."""
        return digest_of(self, self.byline)


def byline_of(signed: Iterable[tuple[str, str]]) -> str:
    """Of (author, branch) as they are printed, in order."""
    parts, last_branch = [], None
    for name, branch in signed:
        parts.append(f"　{branch} {name}" if branch and branch != last_branch else f"　{name}")
        last_branch = branch
    return "".join(parts).strip("　")


class Texts(Protocol):
    """An article, or a row of its history, which does not hold the byline."""

    @property
    def kicker(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def standfirst(self) -> str: ...
    @property
    def body(self) -> str: ...


def digest_of(source: Texts, byline: str) -> str:
    """`Article.digest` of a text under that byline."""
    text = [source.kicker, source.title, source.standfirst, byline, source.body]
    return hashlib.sha256(json.dumps(text, ensure_ascii=False).encode()).hexdigest()
