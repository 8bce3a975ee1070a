"""Nobody has a say in the course of their own manuscript, nor hears of it by being refused."""

import pytest

from articles.models import Article
from articles.reviewing import assigning, workflow
from articles.reviewing.workflow import NotAllowed
from servicejournal.roles import Role
from tests.factories import a_section, a_user, an_article, shown
from tests.pages import seen

pytestmark = pytest.mark.django_db
OWN = "请同事来定"


@pytest.fixture
def me():
    return a_user(Role.EDITOR, name="本人")


@pytest.fixture
def colleague():
    return a_user(Role.EDITOR, name="周以宁")


@pytest.fixture
def article(me) -> Article:
    return an_article(status="first_review", contributor=me, title="三号窗口")


def test_who_wrote_it_neither_assigns_it_nor_takes_it_back(article, me, colleague):
    with pytest.raises(NotAllowed, match=OWN):
        assigning.assign(article, to=colleague, by=me)
    assigning.assign(article, to=colleague, by=a_user(Role.EDITOR))
    with pytest.raises(NotAllowed, match=OWN):
        assigning.take_back(article, by=me)
    assert article.assignments.current().get().editor == colleague


def test_who_wrote_it_does_not_hand_it_over_from_one_to_another(article, me, colleague):
    given = assigning.assign(article, to=colleague, by=a_user(Role.EDITOR))
    done, refused = assigning.hand_over(of=colleague, to={given.pk: a_user(Role.EDITOR)}, by=me)
    assert done == 0
    assert OWN in refused[0]


def test_who_wrote_it_does_not_transfer_it(article, me):
    with pytest.raises(NotAllowed, match=OWN):
        workflow.transfer(article, to=a_section(), by=me)
    workflow.transfer(article, to=a_section(), by=a_user(Role.EDITOR))


def test_the_page_offers_neither_to_who_wrote_it(client, article, me, colleague):
    page = f"/admin/articles/article/{article.pk}/review/"
    for user, offered in ((colleague, True), (me, False)):
        client.force_login(user)
        answer = client.get(page)
        assert ("选审稿人" in seen(answer)) == offered
        assert ("转栏目" in seen(answer)) == offered


class TestARefusalTellsNothingOfIt:
    @pytest.fixture(autouse=True)
    def _moved(self, article, colleague):
        workflow.transfer(article, to=a_section(), by=colleague)
        assigning.assign(article, to=colleague, by=a_user(Role.EDITOR))

    @pytest.mark.parametrize("action", ["pass", "transfer", "take_back", "confirm", "receive"])
    def test_to_a_decision_on_an_old_page(self, client, article, me, action):
        client.force_login(me)
        typed = {"action": action, "state": "x.1.2.3", "digest": "z", "section": a_section().pk}
        answer = client.post(f"/admin/articles/article/{article.pk}/review/", typed)
        assert answer.status_code in (409, 422)
        assert "已由" not in answer.text

    def test_but_a_colleague_is_told_who_did_what(self, client, article):
        client.force_login(a_user(Role.EDITOR))
        typed = {"action": "pass", "state": "x.1.2.3", "digest": "z"}
        answer = client.post(f"/admin/articles/article/{article.pk}/review/", typed)
        assert "已由" in answer.text

    def test_to_an_assignment(self, client, article, me, colleague):
        client.force_login(me)
        typed = {"to": colleague.pk, "due": "2099-01-01", "instead_of": 0, **shown(article)}
        answer = client.post(f"/admin/articles/article/{article.pk}/assign/", typed)
        assert answer.status_code == 422
        assert "已由" not in answer.text

    def test_to_several_at_once(self, client, article, me, colleague):
        workflow.decide(article, "pass", by=colleague)
        client.force_login(me)
        page = client.get(f"/admin/articles/article/batch/assign/?chosen={article.pk}")
        (_, stood), *_ = page.context["rows"]
        typed = {"chosen": article.pk, f"seen-{article.pk}": stood}
        typed |= {"to": colleague.pk, "due": "2099-01-01"}
        address = "/admin/articles/article/batch/assign/"
        answer = client.post(address, typed, follow=True)
        assert OWN in answer.text
        assert "审过" not in answer.text
