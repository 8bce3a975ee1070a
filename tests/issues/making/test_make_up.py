"""Making up an issue: manuscripts in, in their order, out again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from issues import contents
from issues.making import make_up, publication
from issues.making.publication import NotAllowed
from issues.models import Issue
from servicejournal.roles import Role
from tests.factories import a_section, a_user, accepted, an_article, an_issue

pytestmark = pytest.mark.django_db


def titles(issue: Issue) -> list[str]:
    return [article.title for article in contents.of(issue).articles]


class TestMakeUp:
    def test_placed_manuscripts_come_last_in_their_section(self, ready, editor):
        make_up.place([accepted(title="三号窗口")], ready, by=editor)
        assert titles(ready) == ["一盏灯", "两把椅子", "三号窗口"]

    def test_only_accepted_manuscripts_are_placed(self, editor):
        article = an_article(status="final_review", section=a_section())
        with pytest.raises(NotAllowed, match="不是待编入的已采用稿件"):
            make_up.place([article], an_issue(), by=editor)

    def test_a_manuscript_stands_in_one_issue_only(self, ready, editor):
        placed = ready.articles.first()
        with pytest.raises(NotAllowed):
            make_up.place([placed], an_issue(), by=editor)

    def test_arranging_moves_articles_within_and_between_sections(self, ready, editor):
        one, two = contents.of(ready).articles
        other = a_section("service-emotion")
        here = a_section()
        make_up.arrange(ready, [(two.pk, here.pk), (one.pk, here.pk)], by=editor)
        assert titles(ready) == ["两把椅子", "一盏灯"]
        make_up.arrange(ready, [(one.pk, here.pk), (two.pk, other.pk)], by=editor)
        assert [(part.section, len(part.articles)) for part in contents.of(ready).sections] == [
            (here, 1),
            (other, 1),
        ]

    def test_arranging_what_somebody_else_changed_is_refused(self, ready, editor):
        one, two = contents.of(ready).articles
        make_up.take_out(two, by=editor)
        with pytest.raises(NotAllowed, match="被别人改动过"):
            make_up.arrange(ready, [(two.pk, a_section().pk), (one.pk, a_section().pk)], by=editor)
        assert titles(ready) == ["一盏灯"]

    @pytest.mark.parametrize(
        ("spoilt", "said"),
        [
            (lambda order: [order[0], *order], "被别人改动过"),
            (lambda order: order[:1], "被别人改动过"),
            (lambda order: [order[0], (order[1][0], 10**6)], "有的栏目已不存在"),
        ],
    )
    def test_an_order_that_is_not_whole_changes_nothing(self, ready, editor, spoilt, said):
        order = [(article.pk, article.section_id) for article in contents.of(ready).articles]
        with pytest.raises(NotAllowed, match=said):
            make_up.arrange(ready, spoilt(order[::-1]), by=editor)
        assert titles(ready) == ["一盏灯", "两把椅子"]

    def test_a_manuscript_without_a_section_is_placed_in_one_that_is_named(self, editor):
        article, issue = accepted(section=None), an_issue()
        with pytest.raises(NotAllowed, match="还没有栏目"):
            make_up.place([article], issue, by=editor)
        assert not issue.articles.exists()
        make_up.place([article], issue, by=editor, section=a_section())
        assert issue.articles.get().section == a_section()

    def test_what_is_taken_out_waits_for_an_issue_again(self, ready, editor):
        article = ready.articles.get(title="一盏灯")
        make_up.take_out(article, by=editor)
        assert article in Article.objects.placeable()

    def test_one_that_is_signed_off_is_not_rearranged_until_that_is_taken_back(
        self, ready, editor, chief
    ):
        publication.sign_off(ready, by=chief)
        with pytest.raises(NotAllowed, match="撤回签发"):
            make_up.take_out(ready.articles.first(), by=editor)
        assert Issue.objects.get(pk=ready.pk).state == "已签发"
        publication.take_back_sign_off(ready, by=chief, why="换一篇")
        make_up.take_out(ready.articles.get(title="一盏灯"), by=editor)
        assert titles(ready) == ["两把椅子"]

    def test_an_issue_that_is_out_is_not_rearranged(self, editor):
        issue = an_issue(published=True, articles=1)
        order = [(article.pk, article.section_id) for article in contents.of(issue).articles]
        for change in (
            lambda: make_up.take_out(issue.articles.get(), by=editor),
            lambda: make_up.place([accepted()], issue, by=editor),
            lambda: make_up.arrange(issue, order, by=editor),
        ):
            with pytest.raises(NotAllowed, match="已发布"):
                change()

    def test_so_is_one_that_is_scheduled(self, editor):
        later = timezone.now() + timedelta(hours=1)
        issue = an_issue(published=True, articles=1, published_at=later)
        with pytest.raises(NotAllowed, match=r"已定时发布，不能改动.*撤回签发"):
            make_up.take_out(issue.articles.get(), by=editor)

    def test_writers_and_auditors_do_not_make_up_issues(self, ready):
        for role in (Role.CONTRIBUTOR, Role.AUDITOR, Role.ADMINISTRATOR):
            with pytest.raises(NotAllowed, match="您的角色不能"):
                make_up.place([accepted()], ready, by=a_user(role))
