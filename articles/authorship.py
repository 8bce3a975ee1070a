"""Who signs a manuscript: the names and branches that are printed, replaced, and recorded."""

from collections import Counter
from dataclasses import dataclass, replace

from servicejournal import record, spelling
from servicejournal.models import User

from . import people
from .models import Article, Author, Authorship, Branch

#: In the record: the byline of a manuscript is changed; `before` and `after` as printed.
SIGNED = "修改署名"


@dataclass(frozen=True, slots=True)
class Byline:
    name: str
    branch: Branch | None = None


def bylines_of(article: Article) -> tuple[Byline, ...]:
    """The names as they are printed, with their branches, in order."""
    rows = article.authorships.select_related("branch").order_by("position", "pk")
    return tuple(Byline(row.author_name, row.branch) for row in rows)


def signing_twice(article: Article) -> tuple[str, ...]:
    """Names that stand in the byline more than once under one branch: two people, or a slip."""
    count = Counter(bylines_of(article))
    return tuple(f"{each.branch or ''} {each.name}".strip() for each in count if count[each] > 1)


def sign(article: Article, bylines: tuple[Byline, ...]) -> None:
    """Replaces the authors. Who signed before stays the same person under the same names, whatever
    they are called today. A name that only ever was a slip in a draft is not kept.
    """
    signed = article.authorships.order_by("position", "pk")
    # Whoever merges one of them was first, or waits.
    list(signed.select_for_update(of=("self",)).values_list("pk"))
    before = list(signed.select_related("author"))
    signed.delete()
    bylines = _that_stand(bylines)
    authors = _who_stand(_authors(bylines, before, article.contributor))
    Authorship.objects.bulk_create(
        Authorship(
            article=article,
            author=author,
            author_name=byline.name,
            branch=byline.branch,
            branch_name=_printed_until_now(author, byline.branch, before),
            position=position,
        )
        for position, (byline, author) in enumerate(zip(bylines, authors, strict=True), start=1)
    )
    Author.objects.filter(pk__in=[row.author_id for row in before]).forget_slips()


def sign_again(
    article: Article, people: list[tuple[int, int | None]], names: list[tuple[str, str]]
) -> None:
    """The byline that an edition printed: (author, branch) by pk, and their names, in order."""
    signed = article.authorships.order_by("position", "pk")
    stands = list(signed.values_list("author", "branch", "author_name", "branch_name"))
    if stands == [(*who, *named) for who, named in zip(people, names, strict=True)]:
        return
    article.authorships.all().delete()
    Authorship.objects.bulk_create(
        Authorship(
            article=article,
            author_id=author,
            author_name=name,
            branch_id=branch,
            branch_name=branch_name,
            position=position,
        )
        for position, ((author, branch), (name, branch_name)) in enumerate(
            zip(people, names, strict=True), start=1
        )
    )


def make_known(article: Article, bylines: tuple[Byline, ...]) -> None:
    """Whom a byline names, is there before it is signed: where nobody is known by it, somebody is
    made.
    """
    before = list(article.authorships.select_related("author").order_by("position", "pk"))
    _authors(_that_stand(bylines), before, article.contributor)


def _printed_until_now(author: Author, branch: Branch | None, before: list[Authorship]) -> str:
    """As it stood behind the author; else as the byline has it, which names a branch one way. ""
    where it is new to the byline: today's name.
    """
    same = [row for row in before if branch and row.branch_id == branch.pk]
    own = [row for row in same if row.author_id == author.pk]
    return next((row.branch_name for row in own + same), "")


def _that_stand(bylines: tuple[Byline, ...]) -> tuple[Byline, ...]:
    """With branches that nobody merges away before the byline is stored; one that has just gone is
    what it became.
    """
    keys = {byline.branch.pk for byline in bylines if byline.branch}
    locked = Branch.objects.filter(pk__in=keys).select_for_update(no_key=True).order_by("pk")
    there = {branch.pk: branch for branch in locked}
    for gone in keys - there.keys():
        if became := Branch.objects.merged_from(gone):
            there[gone] = became
    return tuple(
        replace(byline, branch=there.get(byline.branch.pk)) if byline.branch else byline
        for byline in bylines
    )


def _who_stand(authors: list[Author]) -> list[Author]:
    """(As `_that_stand`.)"""
    keys = {author.pk for author in authors}
    locked = Author.objects.filter(pk__in=keys).select_for_update(no_key=True, of=("self",))
    there = {author.pk: author for author in locked.order_by("pk")}
    for gone in keys - there.keys():
        became = Author.objects.merged_from(gone)
        if became and became.pk not in keys:
            there[gone] = became
    return [there.get(author.pk, author) for author in authors]


def _authors(bylines: tuple[Byline, ...], before: list[Authorship], writer: User) -> list[Author]:
    """Writers who sign with another branch than before stay the same person; two of one name in
    one byline are two people.
    """
    own, names = _own_author(bylines, writer), [byline.name for byline in bylines]
    found: list[Author] = []
    for byline in bylines:
        taken = [author.pk for author in found]
        alone = names.count(byline.name) == 1
        if own and own.pk not in taken and _is_by(own, byline, alone=alone):
            found.append(own)
            continue
        stays = _who_stays(byline, before, taken)
        found.append(stays or _known_or_new(byline, taken))
    return found


def _known_or_new(byline: Byline, taken: list[int]) -> Author:
    there = Author.objects.spelt_like(byline.name, byline.branch)
    known = next((each for each in there if each.pk not in taken), None)
    return known or Author.objects.of_byline(byline.name, byline.branch, beside=taken)


def _is_by(own: Author, byline: Byline, *, alone: bool) -> bool:
    """Under whatever branch, where nobody else of that name signs."""
    return _is_same_name(byline.name, own.name) and (alone or byline.branch == own.branch)


def _who_stays(byline: Byline, before: list[Authorship], taken: list[int]) -> Author | None:
    branch = byline.branch.pk if byline.branch else None
    return next(
        (
            row.author
            for row in before
            if row.branch_id == branch
            and row.author_id not in taken
            and _is_same_name(row.author_name, byline.name)
        ),
        None,
    )


def _is_same_name(one: str, other: str) -> bool:
    """Accounts and authors of before may be spelt 张 三."""
    return spelling.folded(one) == spelling.folded(other)


def _own_author(bylines: tuple[Byline, ...], writer: User) -> Author | None:
    """An account that the office knows becomes an author with the first byline of its own."""
    own = [each for each in bylines if _is_same_name(each.name, writer.name)]
    signs = [each.branch for each in own].count(writer.branch) == 1
    if signs and writer.branch and not writer.is_unconfirmed:
        return people.claim_author(writer, by=writer)
    return people.author_of(writer)


def printed(article: Article) -> str:
    """As it is stored, whatever was loaded before."""
    return Article.objects.with_bylines().get(pk=article.pk).byline


def note_byline(article: Article, before: str, *, by: User) -> None:
    """Records who signs, where that has changed: the history of the text does not hold it."""
    after = printed(article)
    if after != before:
        record.write(SIGNED, article, by=by, before=before, after=after)
