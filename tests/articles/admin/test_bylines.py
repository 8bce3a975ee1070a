"""Who signs, as the desk changes it in the long form of a manuscript."""

import pytest

from articles.models import Article, Author, Branch
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_author

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = a_user(Role.EDITOR)
    client.force_login(user)
    return user


def send(client, article: Article, *rows: tuple[Author, str], off: int | None = None):
    """Signed by these (author, name of the branch), in order; the row at `off` is taken off."""
    signed = list(article.authorships.all())
    sent = {
        "title": article.title,
        "body": article.body,
        "base": article.digest(),
        "authorships-TOTAL_FORMS": len(rows),
        "authorships-INITIAL_FORMS": len(signed),
    }
    for number, (author, branch) in enumerate(rows):
        own = signed[number] if number < len(signed) else None
        for name, value in {
            "id": own.pk if own else "",
            "article": article.pk,
            "position": number + 1,
            "author": author.pk,
            "branch": Branch.objects.named(branch).pk if branch else "",
        }.items():
            sent[f"authorships-{number}-{name}"] = value
    if off is not None:
        sent[f"authorships-{off}-DELETE"] = "on"
    return client.post(f"/admin/articles/article/{article.pk}/change/", sent)


def byline(article: Article) -> str:
    return Article.objects.get(pk=article.pk).byline


@pytest.fixture
def article() -> Article:
    return an_article(status="submitted", authors=[("南湖支行", "方圆")])


def test_the_same_name_chosen_twice_is_two_people(client, editor, article):
    author = article.authors.get()
    assert send(client, article, (author, "南湖支行"), (author, "南湖支行")).status_code == 302
    assert byline(article) == "南湖支行 方圆　方圆"
    assert [str(each) for each in article.authors.order_by("pk")] == [
        "南湖支行 方圆",
        "南湖支行 方圆 二",
    ]


def test_who_is_there_stays_when_another_row_becomes_of_the_same_name(client, editor, article):
    author, other = article.authors.get(), an_author("何静", "南湖支行")
    article.authorships.create(author=other, branch=other.branch, position=2)
    send(client, article, (author, "南湖支行"), (author, "南湖支行"))
    assert article.authorships.get(position=1).author == author
    assert article.authorships.get(position=2).author.namesake == "二"
    send(client, article, (other, "南湖支行"), (article.authorships.last().author, "南湖支行"))
    assert byline(article) == "南湖支行 何静　方圆"


def test_a_row_above_that_becomes_of_the_same_name_is_the_other_person(client, editor, article):
    other = an_author("何静", "南湖支行")
    article.authorships.create(author=other, branch=other.branch, position=2)
    answer = send(client, article, (other, "南湖支行"), (other, "南湖支行"))
    assert answer.status_code == 302
    assert article.authorships.get(position=2).author == other
    assert article.authorships.get(position=1).author.namesake == "二"


def test_two_change_places(client, editor, article):
    author, other = article.authors.get(), an_author("何静", "东岭支行")
    article.authorships.create(author=other, branch=other.branch, position=2)
    answer = send(client, article, (other, "东岭支行"), (author, "南湖支行"))
    assert answer.status_code == 302
    assert byline(article) == "东岭支行 何静　南湖支行 方圆"


@pytest.mark.parametrize("off", [0, 1])
def test_one_takes_the_row_of_another_who_is_taken_off(client, editor, article, off):
    author, other = article.authors.get(), an_author("何静", "东岭支行")
    article.authorships.create(author=other, branch=other.branch, position=2)
    rows = [(author, "南湖支行"), (other, "东岭支行")]
    stays = rows[off]  # whoever is taken off signs in the other row instead
    assert send(client, article, stays, stays, off=off).status_code == 302
    assert byline(article) == " ".join([stays[1], stays[0].name])


def test_a_row_that_nobody_touched_keeps_the_name_it_prints(client, editor, article):
    Author.objects.update(name="方园")
    other = an_author("何静", "东岭支行")
    send(client, article, (Author.objects.get(name="方园"), "南湖支行"), (other, "东岭支行"))
    assert byline(article) == "南湖支行 方圆　东岭支行 何静"
    page = client.get(f"/admin/articles/article/{article.pk}/change/").text
    assert "南湖支行 方圆" in page


def test_the_list_finds_by_the_printed_name_and_by_todays(client, editor, article):
    Author.objects.update(name="方园")
    for name in ("方圆", "方园"):
        assert article.title in client.get(f"/admin/articles/article/?q={name}").text
