"""What falls due by itself (`manage.py remind`): told whenever it is due, once however often asked.

Each round looks at what is due or overdue, not at what is due today: a run that was missed loses
nothing, and a second run tells nobody twice, because a notice has a key.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from articles import letters
from articles.letters import post
from articles.models import Article, Assignment, Notice
from articles.writing import forgetting
from servicejournal.accounts import devices, second_factor
from servicejournal.standing import room
from servicejournal.web import turnstile

from .echoes import forgetting as old_letters
from .echoes import helpful
from .making import outlining, page_making
from .making.board import measuring

#: Days before a deadline from which on a draft's writer is told, and after it until when.
DAYS_BEFORE = 5
DAYS_AFTER = 7


def tell_of_deadlines() -> int:
    """Drafts that answer a call which ends within days, or ended some days ago untold."""
    today = timezone.localdate()
    near = Article.objects.filter(
        status=Article.Status.DRAFT,
        call__closed=False,
        call__deadline__lte=today + timedelta(days=DAYS_BEFORE),
        call__deadline__gte=today - timedelta(days=DAYS_AFTER),
    )
    return _tell(near.select_related("contributor", "call"), letters.deadline_near)


def tell_what_is_out() -> int:
    """Articles of issues that came out by schedule; those of a published one were told then."""
    told = Notice.objects.filter(article=OuterRef("pk"), kind=Notice.Kind.OUT)
    out = Article.objects.published().filter(~Exists(told), contributor__is_active=True)
    out = out.exclude(origin=Article.Origin.BACK_ISSUE)
    return _tell(out.select_related("contributor", "issue"), letters.out)


def _tell(articles: QuerySet[Article], tell: Callable[[Article], bool]) -> int:
    """How many were told something new. One transaction for each: who was told stays told."""
    told = 0
    for article in articles.defer("body", "note"):
        with transaction.atomic():
            told += tell(article)
    return told


def tell_of_reviews() -> int:
    """Assigned reviews that are due tomorrow, today or long ago."""
    due = Assignment.objects.due_by(timezone.localdate() + timedelta(days=1))
    told = 0
    for assignment in due.filter(editor__is_active=True).select_related("article", "editor"):
        with transaction.atomic():
            told += letters.review_due(assignment)
    return told


def send_what_waits() -> int:
    """Letters that nobody is at: a worker died, or there is none."""
    taken_up = post.resume()
    post.tidy()
    return taken_up


def make_forgotten_pages() -> int:
    """Pages of the flipbook that no worker made."""
    return page_making.make_forgotten()


def sweep_counts() -> int:
    return turnstile.sweep()


def forget_who_was_helped() -> int:
    return helpful.forget()


def sweep_visits() -> int:
    return devices.sweep()


#: What a run does, with the words for what it did.
ROUNDS: tuple[tuple[str, Callable[[], int]], ...] = (
    ("截稿临近，告诉投稿人", tell_of_deadlines),
    ("已经刊出，告诉投稿人", tell_what_is_out),
    ("审稿到期，告诉编辑", tell_of_reviews),
    ("重新寄出的信", send_what_waits),
    ("补做版面的期", make_forgotten_pages),
    ("描出旧封面上的字", outlining.draw_older),
    ("清理没有采用的旧稿", forgetting.sweep),
    ("清理没有登的旧来信", old_letters.sweep),
    ("清理过时的次数", sweep_counts),
    ("忘掉昨天谁说过有帮助", forget_who_was_helped),
    ("清理已经结束的登录", sweep_visits),
    ("换密钥后重新加密的动态口令", second_factor.seal_anew),
    ("清理久不看的版面", measuring.forget_the_old),
    ("磁盘快满，告诉管理员", room.tell),
)
