"""优秀稿件, 考核任务, 通报: who writes them down. Verbs: atomic, keyword-only, `by=`, recorded."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, Branch
from servicejournal import record, spelling
from servicejournal.models import User

from ..models import Bulletin, Grade, Praise, Quota
from .fees import NotAllowed, Stale
from .periods import Period

#: What people write in a 通报.
TEXTS = ("heading", "addressed", "opening", "comment", "call", "signed")
#: Pieces that a branch may be asked for in a year.
MOST_PIECES = 999
_SAVED = "您打开以后，别人存过这份通报。现在的在下面，您写的也都在，请合在一起再存。"


def _require(user: User, permission: str) -> None:
    if not user.has_perm(permission):
        raise NotAllowed("您的角色不能做这一步，请交给编辑部的同事。")


@transaction.atomic
def praise(article: Article, *, grade: str, reason: str, by: User) -> Praise:
    """评为优秀稿件 or 头条, by name, with a reason that the 通报 prints. What is out alone, and
    nobody's own."""
    _require(by, "issues.add_praise")
    if grade not in Grade.values:
        raise NotAllowed("请选等次。")
    if not spelling.line(reason):
        raise NotAllowed("请写明理由，通报里会印出来。")
    current = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if not Article.objects.published().filter(pk=current.pk).exists():
        raise NotAllowed("只有刊出的文章可以评优。")
    if by.pk in current.writer_accounts():
        raise NotAllowed("自己写的，请另一位来评。")
    if Praise.objects.filter(article=current, grade=grade).exists():
        raise NotAllowed(f"已经评为{Grade(grade).label}了。")
    told = Praise.objects.create(article=current, grade=grade, reason=reason.strip()[:300], by=by)
    record.write("评优", current, by=by, why=told.reason, grade=Grade(grade).label)
    return told


@transaction.atomic
def take_back_praise(told: Praise, *, by: User, why: str) -> None:
    _require(by, "issues.delete_praise")
    if not spelling.line(why):
        raise NotAllowed("取消评优，请写明理由。")
    current = Praise.objects.select_for_update(of=("self",)).filter(pk=told.pk).first()
    if current is None:
        raise Stale("已经取消过了。")
    grade = current.get_grade_display()
    record.write("取消评优", current.article, by=by, why=why.strip(), grade=grade)
    current.delete()


@transaction.atomic
def set_quotas(year: int, wanted: Mapping[int, int], seen: Mapping[int, int], *, by: User) -> int:
    """Pieces by branch (its key), 0 for none; `seen` is what the page showed. How many changed.

    Raises `Stale` where somebody else has changed one of those that are to be changed.
    """
    _require(by, "issues.change_quota")
    if not 1980 <= year <= 2100 or any(not 0 <= each <= MOST_PIECES for each in wanted.values()):
        raise NotAllowed(f"篇数请写 0 到 {MOST_PIECES}。")
    # Branches are locked in one order, so that two who save at once come one after the other.
    rows = Branch.objects.filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",))
    branches = {each.pk: each for each in rows}
    now = dict(Quota.objects.filter(year=year).values_list("branch", "pieces"))
    changed = {key: n for key, n in wanted.items() if key in branches and n != seen.get(key, 0)}
    if any(now.get(key, 0) != seen.get(key, 0) for key in changed):
        raise Stale("您打开以后，别人改过其中的任务。请对照现在的再存，您填的都在。")
    for key, pieces in changed.items():
        if pieces:
            Quota.objects.update_or_create(
                branch=branches[key], year=year, defaults={"pieces": pieces}
            )
        else:
            Quota.objects.filter(branch=key, year=year).delete()
        before = now.get(key, 0)
        record.write("考核任务", branches[key], by=by, year=year, before=before, after=pieces)
    return len(changed)


@transaction.atomic
def save_bulletin(
    period: Period, *, by: User, seen: int, dated: date | None = None, **texts: str
) -> Bulletin:
    """What people write around the figures; `seen` is the version of the page, 0 for none yet."""
    _require(by, "issues.change_bulletin")
    if not spelling.line(texts.get("heading", "")):
        raise NotAllowed("请写通报的标题。")
    there = Bulletin.objects.select_for_update(of=("self",)).filter(period=period.slug).first()
    if (there.version if there else 0) != seen:
        raise Stale(_SAVED)
    told = there or Bulletin(period=period.slug, version=0)
    for name in TEXTS:
        setattr(told, name, texts.get(name, "").replace("\r\n", "\n").strip())
    told.dated, told.saved_by, told.saved_at = dated, by, timezone.now()
    told.version += 1
    try:
        with transaction.atomic():
            told.save()
    except IntegrityError as other:  # two begin it at once
        raise Stale(_SAVED) from other
    record.write("保存通报", told, by=by, version=told.version, period=period.slug)
    return told
