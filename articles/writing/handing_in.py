"""A writer hands a manuscript in: it is whole, and the writer answers for it.

Its state is changed by `workflow`, its leaving the branch is judged by `endorsement`.
"""

from dataclasses import dataclass

from django.db import transaction

from servicejournal.models import User

from ..bodies import html
from ..models import Article
from ..reviewing import workflow
from . import endorsement, personal, word_pictures
from .text import UNTITLED

#: Characters below which a text is not finished: two short sentences.
MIN_LENGTH = 50
#: What a writer answers for when handing in; the record keeps the words.
DECLARATIONS = {
    "original": "这是原创稿件，没有在别处发表过，署名属实，文责自负。",
    "no_secrets": "稿中没有国家秘密、商业秘密，也没有能认出客户的姓名、账号、照片等信息。",
}


class Incomplete(ValueError):
    """Something is missing; `lacking` says what, as `missing` does."""

    def __init__(self, lacking: dict[str, str]) -> None:
        super().__init__("".join(lacking.values()))
        self.lacking = lacking


class NotDeclared(ValueError):
    """The writer has not answered for the text (DECLARATIONS)."""

    def __init__(self) -> None:
        super().__init__("提交之前，请先看过两条声明，并在前面打勾。")


@dataclass(frozen=True, slots=True)
class Vouched:
    """The tick that numbers of people stay, and why; `key` tells which the page showed."""

    key: str
    reason: str


class Unexplained(ValueError):
    """Somebody's number stands in the text, and nobody said why; or not why this one."""

    def __init__(self, people: personal.People) -> None:
        super().__init__(
            f"文中有{people.sure_words}。请回去删去或隐去；确需保留的，请打勾并写明理由。"
        )


def missing(article: Article) -> dict[str, str]:
    """What still has to be written before it can be handed in: form field → what to do."""
    lacking = {}
    if article.title in ("", UNTITLED):
        lacking["title"] = "请写上标题。"
    if article.section_id is None:
        lacking["section"] = "请选一个栏目；拿不准就选最接近的，编辑会调整。"
    if not article.authorships.exists():
        lacking["authors"] = "请至少写一位作者的姓名。"
    if article.length < MIN_LENGTH:
        lacking["body"] = f"正文现在有 {article.length} 个字，至少写 {MIN_LENGTH} 个字再提交。"
    if waiting := word_pictures.unfinished(article.body):
        lacking["body"] = waiting
    return lacking


def beside_the_section(article: Article) -> dict[str, str]:
    """The same without the section, which is chosen on the page that hands in too."""
    return {name: words for name, words in missing(article).items() if name != "section"}


def to_go_back_for(article: Article) -> dict[str, str]:
    """What leads back to the form: nothing where the page that hands in asks for what is missing,
    all of it otherwise.
    """
    lacking = missing(article)
    return lacking if lacking.keys() - {"section"} else {}


@transaction.atomic
def hand_in(
    article: Article, *, by: User, declared: bool, vouched: Vouched | None = None
) -> Article:
    """Hands in a whole manuscript; the second of two clicks changes nothing.

    Where the branch has to sign first (BRANCH_ENDORSEMENT) and has not signed exactly this text, it
    is asked to, and the manuscript stays the writer's. What is surely somebody's number needs to be
    `vouched` for. Raises `NotDeclared`, `Incomplete`, `Unexplained` and `workflow.NotAllowed`.
    """
    current = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if current.status == Article.Status.SUBMITTED and current.contributor_id == by.pk:
        return current
    if not declared:
        raise NotDeclared
    if lacking := missing(current):
        raise Incomplete(lacking)
    words = [*DECLARATIONS.values(), *_explained(current, vouched, by=by)]
    if endorsement.lets_leave(current):
        what = {"declared": words, "digest": current.digest()}
        workflow.hand_in(current, by=by, what=what)
    else:
        endorsement.ask(current, by=by, declared=words)
    return current


def _explained(article: Article, vouched: Vouched | None, *, by: User) -> list[str]:
    """What the writer declares of the numbers that stay, where there are any."""
    people = personal.in_the_text(article)
    if not people.sure:
        return []
    reason = html.visible(vouched.reason).strip() if vouched else ""
    if vouched is None or vouched.key != people.key or not reason:
        raise Unexplained(people)
    said = personal.explain(article, people, by=by, reason=reason)
    return [f"文中的{people.sure_words}确需保留：{said.reason}"]
