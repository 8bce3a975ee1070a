"""Readers of the demo: what they read in the last two weeks, and three letters."""

from datetime import timedelta

from django.utils import timezone

from issues.counts import tally
from issues.echoes import deciding, sending
from issues.models import DailyCount, Echo, Edition, PrintedArticle
from servicejournal.models import User
from servicejournal.roles import Role

_DAYS, _PAGES = 14, 24
_PASSED = (
    (
        "方圆",
        "净月支行",
        "我们网点每月十五号也有这样一位老人，只问一句余额。\n"
        "读完这篇，我把大堂的椅子往门口挪了一米。他坐下来等，话也多了。",
    ),
    ("", "", "读着像我们柜台上的事。能不能多写写乡镇网点的晚班？"),
)
_WAITING = ("林晓岚", "", "文章里说的登记簿，我们也用了半年，客户确实少跑了好几趟。")


def fill() -> None:
    """Of the newest issue, the more the earlier an article stands in it."""
    edition = Edition.objects.newest(1).get()
    articles = list(edition.printed.order_by("place").defer("body"))
    for name, branch, words in _PASSED:
        letter = sending.send(articles[1].article_id, name=name, branch=branch, words=words)
        deciding.pass_on(letter, by=_somebody_else(letter))
    sending.send(articles[2].article_id, name=_WAITING[0], branch=_WAITING[1], words=_WAITING[2])
    tally.add(_looks(edition, articles))


def _somebody_else(letter: Echo) -> User:
    """Of the editors, one who did not write the article."""
    editors = User.objects.with_role(Role.EDITOR, Role.SENIOR_EDITOR).order_by("pk")
    return next(each for each in editors if Echo.objects.open_to(each).filter(pk=letter.pk))


def _looks(edition: Edition, articles: list[PrintedArticle]) -> dict[tally.Look, int]:
    kinds, today = DailyCount.Kind, timezone.localdate()
    looks: dict[tally.Look, int] = {}
    for ago in range(1, _DAYS + 1):
        day = today - timedelta(days=ago)
        looks[kinds.ISSUE, edition.issue_id, 0, day] = 12 + (ago * 5) % 9
        for each in articles:
            looks[kinds.ARTICLE, each.article_id, 0, day] = 1 + (60 // (each.place + 2) + ago) % 17
        for page in range(1, min(edition.page_count, _PAGES) + 1):
            looks[kinds.PAGE, edition.issue_id, page, day] = 1 + 16 // (1 + page // 3)
    looks[kinds.HELPFUL, articles[1].article_id, 0, today] = 17
    return looks
