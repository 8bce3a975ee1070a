"""What a page showed of a manuscript to whoever presses a button on it.

A verb compares it under the row's lock: of two who decide at once, or of two presses of one button,
the second is told what the first did.
"""

from dataclasses import dataclass, replace
from datetime import UTC

from servicejournal import record
from servicejournal.models import Record, User

from ..models import Article, Review

_STAGES: dict[str, str] = {
    Article.Status.FIRST_REVIEW: Review.Stage.FIRST.label,
    Article.Status.SECOND_REVIEW: Review.Stage.SECOND.label,
    Article.Status.FINAL_REVIEW: Review.Stage.FINAL.label,
}
#: Of the record: what is only remarked upon, and moves nothing.
REMARKS = ("批注", "处理批注", "重开批注", "改批注", "删批注")
_PARTS = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """`since` tells two stays in one state apart; an empty `digest` is a page without the text."""

    status: str
    round: int
    since: str
    section: str = ""
    digest: str = ""

    def __str__(self) -> str:
        """For a hidden field, beside that of the digest."""
        return f"{self.status}.{self.round}.{self.since}.{self.section}"


def of(article: Article, *, text: bool = True) -> Seen:
    """What whoever has this object in hand sees; a list shows no text."""
    since = article.stage_since.astimezone(UTC).strftime("%Y%m%d%H%M%S%f")
    section = str(article.section_id or "")
    return Seen(article.status, article.round, since, section, article.digest() if text else "")


def read(state: str, digest: str = "") -> Seen:
    """What the form carried; what is no state fits no manuscript."""
    parts = state.split(".")
    if len(parts) != _PARTS or not parts[1].isdecimal():
        return Seen("", 0, "", "", digest)
    return Seen(parts[0], int(parts[1][:6]), parts[2], parts[3], digest)


def why_stale(seen: Seen, article: Article, user: User) -> str:
    """What happened meanwhile, in Chinese; empty where the page still shows what is there."""
    now = of(article, text=bool(seen.digest))
    if replace(seen, section="", digest="") != replace(now, section="", digest=""):
        return (
            f"《{article.title}》{what_happened(article, user)}，"
            f"现在是“{article.get_status_display()}”。"
            "您这一次没有算数，您写的都还在，请看过再作决定。"
        )
    if seen.digest != now.digest:
        return "您打开页面之后，稿件被改动过。请先看看新的文本，再作决定。您写的都还在。"
    return ""


def last_step(article: Article) -> Record | None:
    return record.of(article).exclude(verb__in=REMARKS).first()


def what_happened(article: Article, user: User) -> str:
    """已由程砚通过初审: the last step, for whoever did not see it, and may. Of
    one's own nothing but that there was one.
    """
    last = last_step(article) if article.is_open_inside_to(user) else None
    if last is None:
        return "已经有了变化"
    who = "您" if last.actor_pk == user.pk else last.actor
    stage = _STAGES.get(last.what.get("before", ""), "")
    if last.verb == Review.Decision.PASS.label and stage:
        return f"已由{who}通过{stage}"
    return f"已由{who}{last.verb}" + (f"（{stage}）" if stage else "")
