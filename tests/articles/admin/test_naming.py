"""The pages that rename, merge and close: seen first, refused when stale, nothing typed is lost."""

import pytest

from articles.models import Article, Author, Branch
from servicejournal import record
from servicejournal.roles import EDITORIAL, Role
from tests.factories import a_user, an_article, an_author, an_issue

pytestmark = pytest.mark.django_db
BRANCHES, AUTHORS = "/admin/articles/branch/", "/admin/articles/author/"


@pytest.fixture
def editor(client):
    user = a_user(Role.EDITOR, name="程砚")
    client.force_login(user)
    return user


def branch(name: str) -> Branch:
    return Branch.objects.named(name)


@pytest.fixture
def pair() -> list[Branch]:
    an_article(title="一盏灯", issue=an_issue(published=True), authors=[("净月 支行", "谷淳")])
    an_article(title="两把椅子", status="submitted", authors=[("净月支行", "谷淳")])
    an_article(title="三号窗口", status="submitted", authors=[("净月支行", "何静")])
    return [branch("净月支行"), branch("净月 支行")]


def chosen(rows) -> str:
    return "&".join(f"chosen={row.pk}" for row in rows)


def shown_at(client, address: str) -> str:
    """The digest that the page there was shown with."""
    page = client.get(address).text
    return page.partition('name="seen" value="')[2].partition('"')[0]


class TestMerging:
    def send(self, client, kind, rows, **facts):
        sent = {"chosen": [row.pk for row in rows], "keep": rows[0].pk, "why": "多了空格", **facts}
        where = f"{kind}merge/"
        sent.setdefault("seen", shown_at(client, f"{where}?{chosen(rows)}&keep={rows[0].pk}"))
        return client.post(where, sent)

    def test_the_page_shows_what_it_touches_and_what_happens(
        self, client, editor, pair, html_valid
    ):
        page = client.get(f"{BRANCHES}merge/?{chosen(pair)}").text
        for words in ("归到“净月支行”名下的", "《一盏灯》", "没有“撤销合并”", "多打了一个空格"):
            assert words in page
        assert f'name="same" value="{Author.objects.get(branch=pair[1]).pk}" checked' in page
        html_valid(page)

    def test_who_signs_most_stays_unless_another_is_chosen(self, client, editor, pair):
        page = client.get(f"{BRANCHES}merge/?{chosen(pair)}&keep={pair[1].pk}").text
        assert "归到“净月 支行”名下的" in page
        assert "《两把椅子》" in page

    def test_it_is_done_and_said(self, client, editor, pair):
        theirs = Author.objects.get(branch=pair[1])
        answer = self.send(client, BRANCHES, pair, same=[theirs.pk])
        assert answer["Location"] == f"{BRANCHES}{pair[0].pk}/change/"
        assert [each.name for each in Branch.objects.all()] == ["净月支行"]
        assert Author.objects.filter(name="谷淳").count() == 1
        assert "净月 支行 → 净月支行" in client.get(answer["Location"]).text
        assert record.of(pair[0]).get().actor == "程砚"

    def test_authors_too(self, client, editor):
        rows = [an_author("阿依·古丽", "南湖支行"), an_author("阿依•古丽", "南湖支行")]
        assert self.send(client, AUTHORS, rows).status_code == 302
        assert list(Author.objects.all()) == rows[:1]

    def test_what_changed_since_is_shown_and_the_reason_kept(self, client, editor, pair):
        seen = shown_at(client, f"{BRANCHES}merge/?{chosen(pair)}")
        an_article(title="刚来的稿子", status="submitted", authors=[("净月 支行", "谷淳")])
        theirs = Author.objects.get(branch=pair[1])
        answer = self.send(client, BRANCHES, pair, seen=seen, same=[theirs.pk])
        assert answer.status_code == 409
        for words in ("情况有了变化", "《刚来的稿子》", 'value="多了空格"'):
            assert words in answer.text
        assert f'name="same" value="{theirs.pk}" checked' in answer.text
        assert Branch.objects.count() == 2
        again = answer.text.partition('name="seen" value="')[2].partition('"')[0]
        assert self.send(client, BRANCHES, pair, seen=again).status_code == 302

    @pytest.mark.parametrize("seen", ["", "x" * 64])
    def test_nobody_does_it_unseen(self, client, editor, pair, seen):
        assert self.send(client, BRANCHES, pair, seen=seen).status_code == 409
        assert Branch.objects.count() == 2

    def test_a_reason_that_is_missing_is_asked_for(self, client, editor, pair):
        answer = self.send(client, BRANCHES, pair, why=" ")
        assert (answer.status_code, "请写明理由" in answer.text) == (422, True)
        assert Branch.objects.count() == 2

    def test_what_stands_in_the_way_is_said_and_there_is_no_button(self, client, editor):
        both = [("净月支行", "谷淳"), ("净月支行", "谷 淳")]
        an_article(title="一盏灯", authors=both, status="submitted")
        rows = list(Author.objects.order_by("pk"))
        page = client.get(f"{AUTHORS}merge/?{chosen(rows)}").text
        assert "《一盏灯》由他们一起署名" in page
        assert "不能撤销</button>" not in page
        answer = self.send(client, AUTHORS, rows, seen="")
        assert answer.status_code in (409, 422)
        assert Author.objects.count() == 2

    @pytest.mark.parametrize(
        "query", ["", "chosen=1", "chosen=x&chosen=-1&chosen=١", "chosen=" + "9" * 40]
    )
    def test_fewer_than_two_lead_back_to_the_list(self, client, editor, query):
        answer = client.get(f"{BRANCHES}merge/?{query}", follow=True)
        assert answer.redirect_chain[-1][0] == BRANCHES
        assert "请至少选两个单位" in answer.text

    def test_chosen_in_the_list(self, client, editor, pair):
        sent = {"action": "merge_chosen", "_selected_action": [row.pk for row in pair]}
        answer = client.post(BRANCHES, sent, follow=True)
        assert "留下哪一个" in answer.text
        assert answer.text.count('name="keep"') == 3  # two to choose from, and the one that is


class TestRenaming:
    def test_it_is_done_and_the_manuscripts_are_offered(self, client, editor, pair, html_valid):
        where = f"{BRANCHES}{pair[0].pk}/rename/"
        page = client.get(where).text
        assert "《两把椅子》" in page
        html_valid(page)
        sent = {"name": "净月分行", "why": "升格", "seen": shown_at(client, where)}
        answer = client.post(where, sent, follow=True)
        assert "“净月支行”从现在起叫“净月分行”" in answer.text
        assert "这些稿件还用旧名" in answer.text
        html_valid(answer.text)
        article = Article.objects.get(title="两把椅子")
        assert article.byline == "净月支行 谷淳"
        sent = {"article": [article.pk]}
        answer = client.post(f"{BRANCHES}{pair[0].pk}/up-to-date/", sent, follow=True)
        assert "1 篇稿件的署名改成了“净月分行”" in answer.text
        assert Article.objects.get(pk=article.pk).byline == "净月分行 谷淳"

    def test_an_author_without_manuscripts_goes_back_to_the_form(self, client, editor):
        author = an_author("谷淳", "净月支行")
        where = f"{AUTHORS}{author.pk}/rename/"
        sent = {"name": "谷纯", "why": "写错了", "seen": shown_at(client, where)}
        assert client.post(where, sent)["Location"] == f"{AUTHORS}{author.pk}/change/"
        assert "谷淳" in client.get(f"{AUTHORS}{author.pk}/change/").text  # 曾用名

    def test_what_is_refused_keeps_what_was_typed(self, client, editor, pair):
        where = f"{BRANCHES}{pair[0].pk}/rename/"
        seen = shown_at(client, where)
        sent = {"name": "净月 支行", "why": "升格<b>", "seen": seen}
        answer = client.post(where, sent)
        assert (answer.status_code, "已经有单位“净月 支行”" in answer.text) == (422, True)
        assert 'value="净月 支行"' in answer.text
        assert 'value="升格&lt;b&gt;"' in answer.text
        a_user(branch=pair[0])
        answer = client.post(where, {**sent, "name": "净月分行"})
        assert (answer.status_code, "情况有了变化" in answer.text) == (409, True)
        assert 'value="净月分行"' in answer.text

    def test_another_persons_draft_is_told_without_its_title(self, client, editor):
        an_article(title="没写完的话", authors=[("净月支行", "谷淳")])
        row = branch("净月支行")
        where = f"{BRANCHES}{row.pk}/rename/"
        sent = {"name": "净月分行", "why": "升格", "seen": shown_at(client, where)}
        answer = client.post(where, sent, follow=True)
        assert "作者手里的一篇草稿" in answer.text
        assert "没写完的话" not in answer.text

    def test_nothing_ticked_is_said(self, client, editor, pair):
        where = f"{BRANCHES}{pair[0].pk}/up-to-date/"
        assert "没有选稿件" in client.post(where, {"article": "x"}, follow=True).text


class TestClosing:
    def test_it_closes_says_where_it_went_and_opens(self, client, editor, pair, html_valid):
        where = f"{BRANCHES}{pair[1].pk}/close/"
        html_valid(client.get(where).text)
        sent = {"act": "retire", "why": "并入", "into": pair[0].pk}
        assert client.post(where, sent).status_code == 302
        assert "已撤并，并入净月支行" in client.get(BRANCHES).text
        html_valid(client.get(where).text)
        assert client.post(where, {"act": "reopen", "why": "错了"}).status_code == 302
        assert Branch.objects.get(pk=pair[1].pk).retired is False

    @pytest.mark.parametrize("into", ["999", "x", "-1"])
    def test_what_is_in_no_list_is_refused_and_the_reason_kept(self, client, editor, pair, into):
        answer = client.post(
            f"{BRANCHES}{pair[1].pk}/close/", {"act": "retire", "why": "并入了", "into": into}
        )
        assert (answer.status_code, "请从列表里选" in answer.text) == (422, True)
        assert 'value="并入了"' in answer.text

    def test_a_closed_branch_is_not_deleted(self, client, editor):
        row = Branch.objects.create(name="空支行", slug="kong", retired=True)
        assert client.post(f"{BRANCHES}{row.pk}/delete/", {"post": "yes"}).status_code == 403
        sent = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
        client.post(BRANCHES, sent)
        assert Branch.objects.filter(pk=row.pk).exists()


class TestTheForms:
    @pytest.mark.parametrize(
        "facts", [{"name": "改"}, {"name": "改", "slug": "gai", "retired": "on"}]
    )
    def test_a_branch_that_is_there_is_not_changed_by_hand(self, client, editor, pair, facts):
        before = Branch.objects.filter(pk=pair[0].pk).values().get()
        client.post(f"{BRANCHES}{pair[0].pk}/change/", facts)
        assert Branch.objects.filter(pk=pair[0].pk).values().get() == before
        page = client.get(f"{BRANCHES}{pair[0].pk}/change/").text
        assert 'name="_save"' not in page
        assert f"{BRANCHES}{pair[0].pk}/rename/" in page

    def test_of_an_author_all_but_the_name(self, client, editor):
        author, there = an_author("谷淳", "净月支行"), branch("松山支行")
        sent = {"name": "改", "branch": there.pk, "namesake": "柜员"}
        assert client.post(f"{AUTHORS}{author.pk}/change/", sent).status_code == 302
        author.refresh_from_db()
        assert (author.name, author.branch, author.namesake) == ("谷淳", there, "柜员")

    @pytest.mark.parametrize("name", ["净月支行", "净月 支行", " 净月　支行", "净\u200b月支行"])
    def test_a_branch_is_not_made_twice_under_another_spelling(self, client, editor, name):
        branch("净月支行")
        answer = client.post(f"{BRANCHES}add/", {"name": name, "slug": "jy-2"})
        assert "已经有单位“净月支行”了" in answer.text
        assert Branch.objects.count() == 1

    @pytest.mark.parametrize("name", ["谷淳", "谷 淳"])
    def test_a_namesake_is_told_apart_when_they_are_made(self, client, editor, name):
        there = an_author("谷淳", "净月支行").branch
        answer = client.post(f"{AUTHORS}add/", {"name": name, "branch": there.pk})
        assert "已有一位“谷淳”" in answer.text
        sent = {"name": name, "branch": there.pk, "namesake": "二"}
        assert client.post(f"{AUTHORS}add/", sent).status_code == 302
        assert Author.objects.filter(branch=there).count() == 2

    def test_a_namesake_who_moves_here_is_told_apart(self, client, editor):
        there = an_author("谷淳", "净月支行").branch
        mover = an_author("谷淳", "松山支行")
        sent = {"branch": there.pk, "namesake": ""}
        assert "已有一位“谷淳”" in client.post(f"{AUTHORS}{mover.pk}/change/", sent).text
        sent["namesake"] = "原松山"
        assert client.post(f"{AUTHORS}{mover.pk}/change/", sent).status_code == 302


class TestTheLists:
    def test_they_say_what_may_be_the_same(self, client, editor, pair, html_valid):
        page = client.get(BRANCHES).text
        assert "可能是同一单位（1 组）" in page
        first, second = sorted(row.pk for row in pair)
        assert f"merge/?chosen={first}&amp;chosen={second}" in page
        assert "可能是同一人（1 组）" in client.get(AUTHORS).text
        html_valid(page)

    def test_a_reader_of_the_lists_is_not_asked(self, client, pair):
        client.force_login(a_user(Role.AUDITOR))
        assert "可能是同一" not in client.get(BRANCHES).text

    @pytest.mark.parametrize(("where", "queries"), [(BRANCHES, 8), (AUTHORS, 10)])
    def test_the_number_of_queries_does_not_grow(
        self, client, editor, where, queries, django_assert_num_queries
    ):
        for rows in (1, 3):
            for number in range(rows):
                for name in (f"第{rows}{number}支行", f"第{rows}{number} 支行"):
                    an_author("谷淳", name)
            Branch.objects.filter(name__contains=" ").update(retired=True, moved_into=branch("总"))
            with django_assert_num_queries(queries):
                client.get(where)

    def test_they_find_by_a_name_of_before(self, client, editor):
        row = branch("净月分行")
        row.former.create(name="老净月")
        assert "净月分行" in client.get(f"{BRANCHES}?q=老净月").text


class TestWhoMay:
    def pages(self) -> list[str]:
        row, author = branch("净月支行"), an_author("谷淳", "净月支行")
        return [
            *(f"{BRANCHES}{row.pk}/{page}/" for page in ("rename", "up-to-date", "close")),
            *(f"{AUTHORS}{author.pk}/{page}/" for page in ("rename", "up-to-date")),
            f"{BRANCHES}merge/",
            f"{AUTHORS}merge/",
        ]

    @pytest.mark.parametrize("role", [role for role in Role if role not in EDITORIAL])
    def test_nobody_but_editors(self, client, role):
        client.force_login(a_user(role))
        for page in self.pages():
            for answer in (client.get(page), client.post(page, {})):
                assert answer.status_code in (302, 403, 405), page
                assert "/login/" in answer.get("Location", "/login/"), page
        assert not Author.objects.exclude(name="谷淳").exists()

    def test_strangers_sign_in_first(self, client):
        for page in self.pages():
            assert "/login/" in client.get(page)["Location"]

    def test_what_is_not_there_is_a_404(self, client, editor):
        for page in ("rename", "close"):
            assert client.get(f"{BRANCHES}999/{page}/").status_code == 404
        assert client.get(f"{AUTHORS}999/rename/").status_code == 404
