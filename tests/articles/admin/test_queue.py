"""The list of manuscripts: whose turn it is, what is shown, what is taken away, one's own views."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, SavedView
from articles.reviewing import assigning, saved_views
from servicejournal.models import Record
from servicejournal.roles import Role
from tests.factories import a_section, a_user, an_article, an_issue
from tests.pages import link, seen
from tests.spreadsheets import rows_of

pytestmark = pytest.mark.django_db
Status = Article.Status
LIST = "/admin/articles/article/"


@pytest.fixture
def editor(client):
    user = a_user(Role.EDITOR, name="程砚")
    client.force_login(user)
    return user


def titles(client, query="") -> list[str]:
    return [each.title for each in client.get(f"{LIST}?{query}").context["cl"].result_list]


class TestWhoseTurnItIs:
    def test_the_dashboard_leads_to_mine_the_oldest_first(self, client, editor):
        now = timezone.now()
        for days in range(9):
            since = now - timedelta(days=days)
            an_article(status=Status.SUBMITTED, title=f"等了{days}天", stage_since=since)
        an_article(status=Status.SECOND_REVIEW, title="等副主编")
        theirs = an_article(status=Status.SUBMITTED, title="同事的")
        assigning.assign(theirs, to=a_user(Role.EDITOR), by=editor)
        where = link(client.get("/admin/"), "等您处理的全部 9 篇").replace("&amp;", "&")
        assert titles(client, where.partition("?")[2]) == [f"等了{n}天" for n in range(8, -1, -1)]

    def test_who_has_it_until_when_is_shown_and_filtered(self, client, editor):
        other = a_user(Role.EDITOR, name="何静")
        today = timezone.localdate()
        for title, to, days in (("甲", editor, -2), ("乙", other, 2), ("丙", other, 30)):
            given = an_article(status=Status.SUBMITTED, title=title)
            assigning.assign(given, to=to, by=editor, due=today + timedelta(days=days))
        an_article(status=Status.SUBMITTED, title="丁")
        page = client.get(LIST)
        assert f"何静 {today + timedelta(days=30):%-m月%-d日}" in seen(page)
        assert set(titles(client, f"given={other.pk}")) == {"乙", "丙"}
        assert titles(client, "given=none") == ["丁"]
        assert titles(client, "queue=given") == ["甲"]
        assert titles(client, "due=over") == ["甲"]
        assert titles(client, "due=near") == ["乙"]
        assert titles(client, "o=5") == ["甲", "乙", "丙", "丁"]
        assert titles(client, "o=-5")[1:] == ["丙", "乙", "甲"]

    def test_by_branch_issue_and_call(self, client, editor):
        issue = an_issue()
        placed = an_article(issue=issue, title="编入的", authors=[("南湖支行", "沈一鸣")])
        an_article(status=Status.HELD, title="没编入的", authors=[("东岭支行", "高志远")])
        branch = placed.authorships.get().branch
        assert titles(client, f"branch={branch.pk}") == ["编入的"]
        assert titles(client, f"issue__id__exact={issue.pk}") == ["编入的"]
        assert titles(client, "issue__isnull=True") == ["没编入的"]

    def test_an_old_issue_that_the_address_names_is_among_the_choices(self, client, editor):
        old = an_issue(year=1990)
        for _ in range(20):
            an_issue(year=2020)
        assert "1990年" not in client.get(LIST).text
        assert f"{old}" in client.get(f"{LIST}?issue__id__exact={old.pk}").text


class TestSearching:
    @pytest.fixture(autouse=True)
    def _manuscripts(self, editor):
        body = "<p>雨天里，门口的<b>垫子</b>换了三次。</p>"
        an_article(status=Status.SUBMITTED, title="三号窗口", body=body, receipt="2026-00077")
        an_article(status=Status.SUBMITTED, title="旧伞", authors=[("南湖支行", "沈一鸣")])

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("门口的垫子换了", ["三号窗口"]),
            ("号窗", ["三号窗口"]),
            ("雨天 垫子", ["三号窗口"]),
            ("雨天 旧伞", []),
            ("2026-00077", ["三号窗口"]),
            ("2026-0007", []),
            ("沈一鸣", ["旧伞"]),
            ("一鸣", ["旧伞"]),
            ("，。", []),
        ],
    )
    def test_text_title_number_and_byline(self, client, words, found):
        assert titles(client, f"q={words}") == found

    def test_a_text_that_changed_is_found_by_its_new_words_alone(self, client):
        assert titles(client, "q=垫子") == ["三号窗口"]
        article = Article.objects.get(title="三号窗口")
        article.body = "<p>雨天里，门口的脚垫换了三次。</p>"
        article.save()
        assert titles(client, "q=垫子") == []
        assert titles(client, "q=脚垫") == ["三号窗口"]

    def test_a_draft_is_its_writers_alone(self, client):
        an_article(title="别人的草稿", body="<p>柜台上的一盏灯。</p>")
        assert titles(client, "q=一盏灯") == []


class TestTheSheet:
    def test_it_holds_what_is_shown_and_is_recorded(self, client, editor):
        article = an_article(status=Status.SUBMITTED, title="三号窗口", section=a_section())
        assigning.assign(article, to=editor, by=editor)
        an_article(status=Status.HELD, title="备用的")
        where = link(client.get(f"{LIST}?status__exact=submitted"), "导出 Excel")
        heading, row = rows_of(client.get(where).content)
        assert heading[:6] == ["稿号", "标题", "署名", "状态", "栏目", "分派给"]
        assert row[1:6] == ["三号窗口", "东岭支行 高志远", "已投稿", "服务管理", "程砚"]
        last = Record.objects.first()
        assert (last.verb, last.what["query"]) == ("导出稿件", "status__exact=submitted")

    def test_too_many_are_narrowed_down_first(self, client, editor, monkeypatch):
        from articles.admin.manuscripts import ArticleAdmin

        monkeypatch.setattr(ArticleAdmin, "export_most", 1)
        for _ in range(2):
            an_article(status=Status.SUBMITTED)
        answer = client.get(f"{LIST}export/?status__exact=submitted", follow=True)
        assert "超过 1 行，没有导出" in seen(answer)
        assert answer.redirect_chain[-1][0] == f"{LIST}?status__exact=submitted"

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.ADMINISTRATOR])
    def test_others_do_not(self, client, role):
        client.force_login(a_user(role))
        assert client.get(f"{LIST}export/").status_code in (302, 403)


class TestMyViews:
    def save(self, client, name, query, **more):
        return client.post(
            f"{LIST}views/save/", {"name": name, "query": query, **more}, follow=True
        )

    def manage(self, client, view, do, **more):
        data = {"view": view.pk if view else "", "do": do, **more}
        return client.post(f"{LIST}views/", data, follow=True)

    def test_what_is_shown_is_kept_under_a_name_and_opened_by_it(self, client, editor, html_valid):
        an_article(status=Status.HELD, title="备用的")
        an_article(status=Status.SUBMITTED, title="新来的")
        page = self.save(client, "备用稿", "status__exact=held&p=3")
        assert "视图“备用稿”存好了" in seen(page)
        where = link(client.get(LIST), "备用稿")
        assert titles(client, where.lstrip("?")) == ["备用的"]
        assert "p=3" not in where
        html_valid(client.get(f"{LIST}views/").text)

    def test_the_list_opens_with_the_one_that_is_chosen(self, client, editor):
        self.save(client, "备用稿", "status__exact=held", is_default="on")
        assert client.get(LIST).url == f"{LIST}?status__exact=held"
        assert client.get(f"{LIST}?queue=all").status_code == 200
        self.save(client, "我的", "queue=mine", is_default="on")
        assert client.get(LIST).url == f"{LIST}?queue=mine"
        self.manage(client, None, "none")
        assert client.get(LIST).status_code == 200
        self.manage(client, editor.saved_views.get(name="备用稿"), "default")
        assert client.get(LIST).url == f"{LIST}?status__exact=held"

    def test_they_are_renamed_and_deleted(self, client, editor):
        for name in ("甲", "乙"):
            self.save(client, name, f"q={name}")
        one, two = editor.saved_views.get(name="甲"), editor.saved_views.get(name="乙")
        taken = self.manage(client, one, "rename", name="乙")
        assert (taken.status_code, "已经有一个叫“乙”的视图" in seen(taken)) == (422, True)
        assert 'value="乙"' in taken.text
        assert "请给视图起个名称" in seen(self.manage(client, one, "rename", name=" "))
        assert "改名为“丙”" in seen(self.manage(client, one, "rename", name="丙"))
        assert "删掉了" in seen(self.manage(client, two, "delete"))
        assert [each.name for each in editor.saved_views.all()] == ["丙"]

    def test_a_name_that_is_there_is_kept_anew(self, client, editor):
        self.save(client, "甲", "q=一")
        self.save(client, "甲", "q=二")
        assert [each.query for each in editor.saved_views.all()] == ["q=%E4%BA%8C"]

    def test_they_are_their_owners_alone(self, client, editor):
        theirs = saved_views.save(by=a_user(Role.EDITOR), name="别人的", query="q=一")
        assert "别人的" not in seen(client.get(LIST))
        for do in ("rename", "delete", "default"):
            assert self.manage(client, theirs, do, name="我的").status_code == 404
        theirs.refresh_from_db()
        assert (theirs.name, theirs.is_default) == ("别人的", False)

    def test_there_is_a_limit(self, editor):
        for number in range(saved_views.MOST):
            saved_views.save(by=editor, name=f"视图{number}", query="")
        with pytest.raises(saved_views.NotAllowed, match="最多存 20 个"):
            saved_views.save(by=editor, name="再一个", query="")
        with pytest.raises(saved_views.NotAllowed, match="太长"):
            saved_views.save(by=editor, name="视图1", query="q" * 1001)

    @pytest.mark.parametrize(
        "facts", [{"name": "甲"}, {"name": "乙", "is_default": True}, {"name": ""}]
    )
    def test_the_database_holds_one_of_a_name_and_one_default(self, editor, facts):
        SavedView.objects.create(user=editor, name="甲", is_default=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedView.objects.create(user=editor, **facts)


class TestCommissioned:
    def add(self, client, **facts):
        sent = {
            "title": "约来的稿",
            "section": a_section().pk,
            "body": "<p>" + "门口的灯一直亮到第二天早上。" * 5 + "</p>",
            "authorships-TOTAL_FORMS": 1,
            "authorships-INITIAL_FORMS": 0,
            "authorships-0-name": "沈一鸣",
            "authorships-0-position": 1,
            "_hand_in": "1",
        }
        return client.post(f"{LIST}add/", {**sent, **facts}, follow=True)

    def test_it_is_handed_in_with_the_saving_and_reviewed_by_others(self, client, editor):
        an_author_is_chosen = {"authorships-0-author": an_author_of("沈一鸣").pk}
        page = self.add(client, **an_author_is_chosen)
        article = Article.objects.get(title="约来的稿")
        assert (article.status, article.origin) == (Status.SUBMITTED, "commissioned")
        assert f"已保存并投稿，稿号 {article.receipt}。" in seen(page)
        assert "不能审自己的稿件" in seen(page)
        client.force_login(a_user(Role.EDITOR))
        assert titles(client, "queue=mine") == ["约来的稿"]

    def test_what_is_missing_is_said_and_the_text_is_kept(self, client, editor):
        page = self.add(client, body="<p>太短。</p>", section="")
        article = Article.objects.get(title="约来的稿")
        assert article.status == Status.DRAFT
        assert "已存为草稿，还没有投稿" in seen(page)
        assert "请选一个栏目" in seen(page)
        assert "保存并投稿" in seen(page)

    def test_there_is_no_such_button_on_what_is_handed_in(self, client, editor):
        article = an_article(status=Status.SUBMITTED)
        assert "保存并投稿" not in seen(client.get(f"{LIST}{article.pk}/change/"))


def an_author_of(name):
    from tests.factories import an_author

    return an_author(name, "南湖支行")


def test_no_view_is_kept_that_the_list_does_not_answer(client):
    editor = a_user(Role.EDITOR)
    client.force_login(editor)
    for query in ("o=²&section__id__exact=²", "foo=1", "id__range=1"):
        sent = {"name": "坏的", "query": query, "is_default": "1"}
        answer = client.post("/admin/articles/article/views/save/", sent, follow=True)
        assert "看不懂" in answer.text
    assert not editor.saved_views.exists()
    assert client.get("/admin/articles/article/").status_code == 200


def test_a_saved_view_whose_filter_is_none_any_more_does_not_shut_the_list(client):
    editor = a_user(Role.EDITOR)
    client.force_login(editor)
    view = editor.saved_views.create(name="旧视图", query="gone__exact=1", is_default=True)
    answer = client.get("/admin/articles/article/", follow=True)
    assert answer.status_code == 200
    assert "视图“旧视图”里有个筛选已经没有了" in answer.text
    view.delete()
    assert client.get("/admin/articles/article/?gone__exact=1").status_code == 400
