"""How long a manuscript has stood where it stands, and whether that is too long."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from articles.models import Article


def overdue_before() -> datetime:
    """A manuscript in review that came to its stage before this moment is overdue."""
    return timezone.now() - timedelta(days=settings.REVIEW_DAYS)


def is_overdue(article: Article) -> bool:
    return article.status in Article.IN_REVIEW and article.stage_since < overdue_before()


def age_of(article: Article) -> str:
    """In words: 今天, 3 天, and 逾期 where it is."""
    days = (timezone.now() - article.stage_since).days
    words = f"{days} 天" if days else "今天"
    return f"{words}，逾期" if is_overdue(article) else words
