"""Who passes a manuscript, stage by stage."""

from articles.models import Article
from articles.reviewing import editing, workflow
from servicejournal.roles import Role
from tests.factories import a_section, a_user, an_article


class Office:
    """Three people, one for each stage, and a manuscript that they passed so far."""

    def __init__(self, passed: int, **facts) -> None:
        self.first, self.second, self.final = (
            a_user(role) for role in (Role.EDITOR, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR)
        )
        writer = a_user()
        self.article = an_article(contributor=writer, section=a_section(), **facts)
        workflow.hand_in(self.article, by=writer)
        workflow.receive(self.article, by=self.first)
        for person in (self.first, self.second, self.final)[:passed]:
            workflow.decide(self.article, "pass", by=person)

    def change(self, by, **more) -> str:
        """The state after a change of the text by this person."""
        fresh = Article.objects.get(pk=self.article.pk)
        more = {"title": f"{fresh.title}（改）", **more}
        editing.revise(fresh, by=by, base=fresh.digest(), **more)
        return Article.objects.get(pk=self.article.pk).status
