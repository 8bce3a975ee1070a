"""What was not taken, or was taken back, is not kept for ever: its text and who wrote it go.

Title, number, reviews and the record stay: they say that it was there and what was decided. What an
edition ever printed is never touched. `REJECTED_DAYS` is the rule; 0 keeps everything.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from servicejournal import files, record
from servicejournal.models import User

from ..models import Article, Attachment, Endorsement, Fingerprint, Notice, Picture
from ..pictures import sweeping
from ..reviewing import finding

Status = Article.Status
OVER = (Status.REJECTED, Status.WITHDRAWN)
VERB = "清理没有采用的稿件"
#: In the place of a name or a word that a row must have.
GONE = "（已清理）"


def due(days: int) -> QuerySet[Article]:
    """Those that were over so many days ago, and still hold something."""
    before = timezone.now() - timedelta(days=days)
    over = Article.objects.filter(status__in=OVER, stage_since__lt=before, issue=None)
    over = over.filter(printings=None).order_by("pk")
    holds = ~Q(body="") | ~Q(note="") | Q(attachments__isnull=False) | Q(authorships__isnull=False)
    return over.filter(holds).distinct()


def sweep(*, days: int | None = None, for_good: bool = True) -> int:
    """How many; nothing happens where it is not `for_good`, or the rule is off (0 days)."""
    days = settings.REJECTED_DAYS if days is None else days
    if not days:
        return 0
    keys = list(due(days).values_list("pk", flat=True))
    return sum(forget(pk, days=days) for pk in keys) if for_good else len(keys)


@transaction.atomic
def forget(pk: int, *, days: int) -> bool:
    """False where it was taken up again this moment, or somebody else was faster."""
    article = (
        Article.objects.select_for_update(of=("self",)).filter(pk__in=due(days), pk=pk).first()
    )
    if article is None:
        return False
    let_go(article, by=User.objects.system(), why=f"没有采用或撤回已满 {days} 天")
    return True


def let_go(article: Article, *, by: User, why: str) -> None:
    """Text, versions, files, byline, signer and letters; called inside a transaction."""
    gone = {
        "originals": _attachments(article),
        "pictures": _pictures(article),
        "versions": article.history.all().delete()[0],
        "letters": Notice.objects.filter(article=article).delete()[0],
        "bylines": article.authorships.all().delete()[0],
        "explanations": article.explanations.all().delete()[0],
    }
    Endorsement.objects.filter(article=article).exclude(signer="").update(
        signer=GONE, post="", words=GONE
    )
    Fingerprint.objects.filter(article=article).delete()
    finding.forget([article.pk])
    article.body = article.note = article.standfirst = article.kicker = ""
    vars(article)["skip_history_when_saving"] = True
    article.save(update_fields=["body", "note", "standfirst", "kicker", "length", "updated_at"])
    record.write(VERB, article, by=by, why=why, **gone)


def _attachments(article: Article) -> int:
    rows = list(Attachment.objects.filter(article=article))
    for each in rows:
        each.delete()
        files.discard(each.file.name)  # goes late, by `manage.py check_files`
    return len(rows)


def _pictures(article: Article) -> int:
    rows = list(Picture.objects.filter(article=article, printings=None))
    for each in rows:
        each.delete()
        sweeping.discard(each)
    return len(rows)
