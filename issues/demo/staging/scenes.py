"""The scenes: what is prepared through the verbs that people use, by whom it is seen, and where."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Call
from issues.making import proofs
from issues.making.leader import links
from issues.models import Issue
from servicejournal import clock
from servicejournal.models import Masthead, User


class NotThere(LookupError):
    """The demo lacks what the scene is about: its issue came out, say."""


@dataclass(frozen=True, slots=True)
class Scene:
    """`prepare` says at which address it begins; `task` tells what to try there."""

    slug: str
    title: str
    username: str
    task: str
    prepare: Callable[[], str]


def _of_the_writer(status: str) -> Article:
    found = Article.objects.filter(status=status, contributor__username="tougao").first()
    if found is None:
        raise NotThere
    return found


def _eve_of_the_deadline() -> str:
    draft = _of_the_writer(Article.Status.DRAFT)
    if draft.call is None:
        raise NotThere
    Call.objects.filter(pk=draft.call.pk).update(deadline=timezone.localdate() + timedelta(days=1))
    return reverse("submission_edit", args=[draft.pk])


def _returned() -> str:
    return reverse("submission", args=[_of_the_writer(Article.Status.REVISING).pk])


def _issue() -> Issue:
    issue = Issue.objects.in_the_making().first()
    if issue is None:
        raise NotThere
    return issue


def _proofread(issue: Issue, *by: str) -> None:
    for ago, username in zip(range(len(by), 0, -1), by, strict=True):
        with clock.set_to(timezone.now() - timedelta(hours=ago)):
            proofs.finish(issue, by=User.objects.get(username=username), corrections=2 * ago)


def _last_proof() -> str:
    issue = _issue()
    _proofread(issue, "bianji", "fushen")
    return reverse("admin:issues_issue_proofs", args=[issue.pk])


def _for_the_leader() -> str:
    """The address that was sent: whoever opens it needs no account."""
    issue = _issue()
    _proofread(issue, "bianji", "fushen", "bianji")
    Masthead.objects.update(leader_agrees=True)
    editor = User.objects.get(username="bianji")
    link = links.make(issue, by=editor, for_whom="分管领导", may_agree=True)
    return reverse("look", args=[links.token_of(link)])


def _before_the_printer() -> str:
    issue = _issue()
    _proofread(issue, "bianji", "fushen", "bianji")
    return reverse("admin:issues_issue_release", args=[issue.pk])


def _withdrawal() -> str:
    out = Issue.objects.published().order_by("-published_at").first()
    if out is None:
        raise NotThere
    article = Article.objects.filter(issue=out).order_by("section__order", "position").last()
    if article is None:
        raise NotThere
    return reverse("admin:issues_article_withdraw", args=[article.pk])


SCENES = (
    Scene(
        "deadline", "截稿前夜", "tougao",
        "征稿明天截止，稿子写了一半。写完它，预览，投稿。",
        _eve_of_the_deadline,
    ),
    Scene(
        "returned", "退修到了", "tougao",
        "编辑退回来请您改一改。看看意见，照着改，再投一次。",
        _returned,
    ),
    Scene(
        "proofs", "三校", "bianji",
        "一校、二校做完了。读最后一遍，完成三校。",
        _last_proof,
    ),
    Scene(
        "leader", "请领导看", "zhubian",
        "编辑部发来的链接，手机上就能看。选一段写意见，看完点“同意付印”。",
        _for_the_leader,
    ),
    Scene(
        "release", "付印前", "zhubian",
        "三校齐了。看看还有什么挡着，签发，发布。",
        _before_the_printer,
    ),
    Scene(
        "withdrawal", "撤稿", "zhubian",
        "刊物出了，有一篇要撤下来。写明理由撤稿，再看读者看到什么。",
        _withdrawal,
    ),
)  # fmt: skip


def named(name: str) -> Scene | None:
    """By its short name or its title."""
    return next((scene for scene in SCENES if name in (scene.slug, scene.title)), None)
