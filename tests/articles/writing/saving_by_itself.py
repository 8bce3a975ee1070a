"""A draft of which somebody has an older page."""

from articles.authorship import bylines_of
from articles.models import Article
from articles.writing.text import Text, fingerprint
from tests.articles.filling_in import sent_back
from tests.factories import a_user


def edit(article: Article) -> str:
    return f"/submissions/{article.pk}/edit/"


def base_of(article: Article) -> str:
    fresh = Article.objects.get(pk=article.pk)
    return fingerprint(fresh, bylines_of(fresh))


def refused(response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["reason"]


def facts_of(text: Text) -> dict:
    names = ("title", "section", "body", "note", "bylines")
    return {name: getattr(text, name) for name in names}


def changed_by_an_editor(writer) -> tuple[Article, str]:
    article = sent_back(writer, told=True)
    old = base_of(article)
    article.refresh_from_db()
    article.title = "编辑改的标题"
    article._history_user = a_user("editor", name="程砚")
    article.save()
    return article, old


def titles(article: Article) -> list[str]:
    return list(article.history.values_list("title", flat=True))
