"""Who may make which review of which manuscript: by role, or as a deputy (代行) for some days.

Nobody reviews what they wrote, and three reviews are made by three people. A very small office
(`Masthead.small_office`) lets one person make two of them, and nobody three.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from servicejournal import masthead
from servicejournal.models import User
from servicejournal.roles import EDITORIAL, Role

from ..models import Article, Deputy, Review
from ..models.deputy import in_the_chiefs_place
from . import namesakes

Stage = Review.Stage
Duty = Deputy.Duty

#: Stage → the roles that make its review.
ROLES: dict[Stage, frozenset[Role]] = {
    Stage.FIRST: EDITORIAL,
    Stage.SECOND: frozenset({Role.SENIOR_EDITOR, Role.CHIEF_EDITOR}),
    Stage.FINAL: frozenset({Role.CHIEF_EDITOR}),
}
#: State → the reviews that are still to be made, in order.
_TO_COME: dict[str, tuple[Stage, ...]] = {
    Article.Status.SUBMITTED: (Stage.FIRST, Stage.SECOND, Stage.FINAL),
    Article.Status.FIRST_REVIEW: (Stage.FIRST, Stage.SECOND, Stage.FINAL),
    Article.Status.SECOND_REVIEW: (Stage.SECOND, Stage.FINAL),
    Article.Status.FINAL_REVIEW: (Stage.FINAL,),
}


def stages_of(user: User) -> set[Stage]:
    """The stages that this person may decide today, whichever way."""
    own = {stage for stage, roles in ROLES.items() if user.has_role(*roles)}
    if not own or len(own) == len(ROLES):  # who is not on the desk is nobody's deputy
        return own
    standing = Deputy.objects.standing().of(user)
    return own.union(*(each.stages for each in standing))


def may_decide(user: User, stage: str) -> bool:
    return user.has_role(*ROLES[Stage(stage)]) or stage in stages_of(user)


def deputyship(user: User, stage: str) -> Deputy | None:
    """As whose appointee this person decides the stage; None where it is their own."""
    if user.has_role(*ROLES[Stage(stage)]):
        return None
    standing = Deputy.objects.standing().of(user).filter(stage__in=(stage, Duty.CHIEF))
    return standing.order_by("pk").first()


def acts_as_chief(user: User) -> bool:
    """The chief editor, or who stands in for them today (代行主编)."""
    return user.has_role(Role.CHIEF_EDITOR) or for_the_chief(user) is not None


def for_the_chief(user: User) -> Deputy | None:
    """As whose appointee this person signs off today; None where it is their own to do."""
    if user.has_role(Role.CHIEF_EDITOR) or not user.has_role(Role.SENIOR_EDITOR):
        return None
    return Deputy.objects.standing().of(user).filter(stage=Duty.CHIEF).order_by("pk").first()


def signature(user: User) -> str:
    """程砚, or 程砚（代行主编）: how what the chief answers for is signed today."""
    return in_the_chiefs_place(user) if for_the_chief(user) else str(user)


def chiefs() -> QuerySet[User]:
    """Who answers for an issue today: the chief editors, and who stands in for them."""
    standing = Deputy.objects.standing().filter(stage=Duty.CHIEF).values("user")
    deputies = Q(pk__in=standing, grants__role=Role.SENIOR_EDITOR)
    people = User.objects.filter(deputies | Q(grants__role=Role.CHIEF_EDITOR), is_active=True)
    return people.distinct().order_by("name", "pk")


def writers(article: Article) -> set[int]:
    """Keys of the accounts that review it never: those that may not read it inside either."""
    return article.writer_accounts()


def why_not_steer(article: Article, user: User) -> str:
    """Why this person has no say in who reviews it, and where it goes, in Chinese; "" for a
    colleague.
    """
    if user.pk not in writers(article):
        return ""
    return "这是您自己的稿件，由谁来审、放在哪个栏目，请同事来定。"


def most_reviews() -> int:
    """How many of the three reviews of one manuscript one person may pass."""
    return 2 if masthead.current().small_office else 1


def passed_others(article: Article, stage: str, user: User) -> int:
    """How many other stages this person passed in the present round."""
    passes = article.reviews.standing().filter(round=article.round, decision=Review.Decision.PASS)
    mine = passes.filter(reviewer=user)
    return mine.exclude(stage=stage).order_by().values("stage").distinct().count()


def by_what_right(article: Article, stage: str, user: User) -> dict[str, Any]:
    """What the record says of a decision that is not made as usual: twice by one person in a small
    office, as a deputy, by somebody who bears the writer's name.
    """
    what: dict[str, Any] = {}
    if passed_others(article, stage, user):
        what["small_office"] = True
    if deputy := deputyship(user, stage):
        what |= {"deputy": deputy.pk, "acting": f"代行{deputy.get_stage_display()}"}
    if alike := namesakes.of(article, user):
        what["alike"] = list(alike)
    return what


@dataclass(frozen=True, slots=True)
class Turn:
    """A review that is still to be made, and who can make it today, by name."""

    stage: Stage
    people: tuple[User, ...]

    @property
    def names(self) -> str:
        return "、".join(map(str, self.people))


@dataclass(frozen=True, slots=True)
class Outlook:
    """The reviews to come; where they cannot all be made, what of the office's own would help: a
    deputy for a colleague, the switch of a small office, or only both. Else one more colleague.
    """

    turns: tuple[Turn, ...]
    is_stuck: bool
    by_deputy: bool = False
    by_small_office: bool = False
    by_both: bool = False
    #: Of who may make the review that is due, those who had better not: a later one would find
    #: nobody any more.
    strand: tuple[User, ...] = ()

    @property
    def now(self) -> Turn:
        return self.turns[0]

    @property
    def best(self) -> str:
        """Who had better make the review that is due, by name."""
        return "、".join(str(user) for user in self.now.people if user not in self.strand)

    @property
    def nobody(self) -> str:
        """The stages that nobody at all can decide."""
        return "、".join(turn.stage.label for turn in self.turns if not turn.people)


def outlook(article: Article, *, to_confirm: bool = False) -> Outlook | None:
    """Who can act on the manuscript now, and whether it can come through all its reviews.

    `to_confirm`: it is accepted, and its final reviewer looks at a change. None where no review is
    to be made. Six queries at the most, however many people there are.
    """
    stages = (Stage.FINAL,) if to_confirm else _TO_COME.get(article.status, ())
    if not stages:
        return None
    desk = _Desk(article, stages)
    most = most_reviews()
    turns = tuple(Turn(stage, desk.people_for(stage, most)) for stage in stages)
    if desk.suffices(most):
        return Outlook(turns, is_stuck=False, strand=desk.stranding(turns[0], most))
    by_deputy, by_small_office = desk.suffices(most, deputies=True), desk.suffices(2)
    by_both = desk.suffices(2, deputies=True)
    return Outlook(
        turns,
        is_stuck=True,
        by_deputy=by_deputy,
        by_small_office=by_small_office,
        by_both=by_both and not by_deputy and not by_small_office,
    )


class _Desk:
    """The people of the desk, without those who wrote the manuscript."""

    def __init__(self, article: Article, stages: Sequence[Stage]) -> None:
        self.stages = stages
        wrote = writers(article)
        self.people = [user for user in colleagues() if user.pk not in wrote]
        self.passed: dict[int, set[str]] = {}
        passes = article.reviews.standing().filter(
            round=article.round, decision=Review.Decision.PASS
        )
        for reviewer, stage in passes.order_by().values_list("reviewer", "stage"):
            self.passed.setdefault(reviewer, set()).add(stage)

    def people_for(
        self, stage: Stage, most: int, *, deputies: bool = False, taken: Mapping[int, Set[str]] = {}
    ) -> tuple[User, ...]:
        """Who can make this review, after those that they made and those `taken` so far."""
        return tuple(
            user
            for user in self.people
            if (deputies or stage in _stages(user))
            and len({*self.passed.get(user.pk, ()), *taken.get(user.pk, ()), stage}) <= most
        )

    def stranding(self, turn: Turn, most: int) -> tuple[User, ...]:
        """Those of them after whom the other reviews do not find their people any more."""
        rest = [stage for stage in self.stages if stage != turn.stage]
        return tuple(
            user
            for user in turn.people
            if not self._fills(rest, most, False, {user.pk: {turn.stage.value}})
        )

    def suffices(self, most: int, *, deputies: bool = False) -> bool:
        """Whether the reviews to come find their people; `deputies`: if everybody were one."""
        scarcest = sorted(
            self.stages, key=lambda stage: len(self.people_for(stage, most, deputies=deputies))
        )
        return self._fills(scarcest, most, deputies, {})

    def _fills(
        self, stages: list[Stage], most: int, deputies: bool, taken: dict[int, set[str]]
    ) -> bool:
        if not stages:
            return True
        first, *rest = stages
        return any(
            self._fills(
                rest, most, deputies, {**taken, user.pk: {*taken.get(user.pk, ()), first.value}}
            )
            for user in self.people_for(first, most, deputies=deputies, taken=taken)
        )


def colleagues() -> Iterable[User]:
    """Everybody who reviews, by name, with their roles and deputyships of today. Three queries."""
    standing = Prefetch("deputyships", Deputy.objects.standing(), to_attr="standing_in")
    desk = User.objects.filter(is_active=True, grants__role__in=EDITORIAL).distinct()
    return desk.order_by("name", "pk").prefetch_related("grants", standing)


def _stages(user: User) -> set[Stage]:
    """As `stages_of`, for one of `colleagues`."""
    own = {stage for stage, roles in ROLES.items() if user.has_role(*roles)}
    standing: Iterable[Deputy] = vars(user)["standing_in"]
    return own.union(*(each.stages for each in standing))
