"""要目: the lines on the cover. One that is an article's title stays it when that changes."""

from collections.abc import Iterable

from articles.models import Article

from .models import Issue


def lines(issue: Issue, articles: Iterable[Article] | None = None) -> tuple[str, ...]:
    """As the cover has them now; `articles` are those of the issue, where they are at hand. One
    query where they are not, and a line follows one.
    """
    told, followed = issue.cover_line_list, issue.followed_titles
    if not followed:
        return tuple(told)
    if articles is None:
        titles = dict(issue.articles.filter(pk__in=followed.values()).values_list("pk", "title"))
    else:
        titles = {article.pk: article.title for article in articles}
    return tuple(titles.get(followed.get(line), line) for line in told)


def write_down(issue: Issue, articles: Iterable[Article] | None = None) -> None:
    """Puts the lines as they are now into the issue, which is not saved; they go on following."""
    now = lines(issue, articles)
    before = issue.cover_line_list
    followed = issue.followed_titles
    issue.followed_titles = {
        new: followed[old] for old, new in zip(before, now, strict=True) if old in followed
    }
    issue.cover_lines = "\n".join(now)


def follow(issue: Issue) -> None:
    """Lines that are the title of one article of the issue follow it from now on. One query; the
    issue is not saved.
    """
    titles: dict[str, list[int]] = {}
    for pk, title in issue.articles.values_list("pk", "title"):
        titles.setdefault(title, []).append(pk)
    told = ((line, titles.get(line, [])) for line in issue.cover_line_list)
    issue.followed_titles = {line: pks[0] for line, pks in told if len(pks) == 1}
