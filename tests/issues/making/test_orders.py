"""An edition is ordered at the desk, made by the queue, and watched; nothing typed is lost."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article
from issues.making import corrections, orders
from issues.making.orders import Verb
from issues.making.publication import NotAllowed
from issues.models import Issue, Making
from servicejournal.models import User
from servicejournal.roles import Role
from tests.factories import a_picture, a_section, a_user, made, release_page
from tests.object_store import in_no_bucket
from tests.pages import link, seen

pytestmark = pytest.mark.django_db

DESK = "/admin/issues/issue"


@pytest.fixture
def lamp(out):
    return out.articles.get(title="一盏灯")


def kept(article, **changes):
    return {"base": corrections.base_of(article), "reason": "漏字。", "changes": changes}


def a_picture_in(article: Article, *, by: User) -> None:
    shown = f'<figure><img src="{a_picture(article, by=by).get_absolute_url()}" alt="灯"></figure>'
    Article.objects.filter(pk=article.pk).update(body=article.body + shown)
    article.refresh_from_db()


class TestOrdering:
    def test_nothing_is_made_within_the_click(self, ready, chief):
        making = orders.order(ready, Verb.SIGN_OFF, by=chief)
        assert not Issue.objects.exclude(signed_off_at=None).exists()
        made()
        making.refresh_from_db()
        assert making.said == "已签发，第1版做好了，可以发布。"
        assert Issue.objects.get(pk=ready.pk).signed_off_by == chief

    def test_what_cannot_be_is_refused_at_once_and_orders_nothing(self, ready, editor):
        with pytest.raises(NotAllowed, match="角色"):
            orders.order(ready, Verb.SIGN_OFF, by=editor)
        assert not Making.objects.exists()

    def test_one_at_a_time_for_an_issue(self, lamp, out, chief):
        orders.order(out, Verb.CORRECT, by=chief, article=lamp, **kept(lamp, kicker="新年"))
        with pytest.raises(NotAllowed, match=f"{chief}正在更正"):
            orders.order(out, Verb.WITHDRAW, by=chief, article=lamp, why="作者要求。")

    def test_the_database_holds_that_too(self, out, chief):
        Making.objects.create(issue=out, verb=Verb.RESTORE, asked_by=chief)
        with pytest.raises(IntegrityError), transaction.atomic():
            Making.objects.create(issue=out, verb=Verb.RESTORE, asked_by=chief)

    def test_who_was_killed_holds_nobody_up_for_longer_than_five_minutes(self, ready, chief):
        dead = orders.order(ready, Verb.SIGN_OFF, by=chief)
        Making.objects.update(seen_at=timezone.now() - timedelta(minutes=6))
        orders.order(ready, Verb.SIGN_OFF, by=chief)
        dead.refresh_from_db()
        assert "制作中断了" in dead.problem

    def test_what_changed_before_it_was_made_is_said_and_kept(self, lamp, out, chief):
        orders.order(out, Verb.CORRECT, by=chief, article=lamp, **kept(lamp, title="两盏灯"))
        base = corrections.base_of(lamp)
        other = a_user(Role.CHIEF_EDITOR)
        corrections.correct(lamp, by=other, base=base, reason="先改。", kicker="新年")
        made()
        making = Making.objects.get()
        assert "改动了这篇稿件" in making.problem
        assert making.what["changes"] == {"title": "两盏灯"}

    def test_a_fault_of_the_program_is_a_sentence(self, lamp, out, chief):
        orders.order(out, Verb.CORRECT, by=chief, article=lamp, **kept(lamp, title="两盏灯"))
        Making.objects.update(what={"changes": {}})
        made()
        assert "出了意外" in Making.objects.get().problem

    def test_while_the_storage_is_away_no_picture_is_called_unreadable(
        self, lamp, out, chief, settings
    ):
        a_picture_in(lamp, by=chief)
        orders.order(out, Verb.CORRECT, by=chief, article=lamp, **kept(lamp, title="两盏灯"))
        settings.STORAGES = in_no_bucket()
        made()
        problem = Making.objects.get().problem
        assert "放文件的地方暂时不回应" in problem
        assert "重新上传" not in problem

    @pytest.mark.parametrize("again", [1, 2])
    def test_a_task_that_comes_twice_makes_one_edition(self, ready, chief, again):
        making = orders.order(ready, Verb.SIGN_OFF, by=chief)
        for _ in range(again + 1):
            orders.make.call(making.pk)
        assert ready.editions.count() == 1


class TestAtTheDesk:
    @pytest.fixture(autouse=True)
    def signed_in(self, client, chief):
        client.force_login(chief)

    def correct(self, client, lamp, **more):
        stands = {"title": lamp.title, "body": lamp.body, "signed": "东岭支行 高志远"}
        sent = {**stands, "section": lamp.section_id, "reason": "漏字。"}
        sent["base"] = corrections.base_of(lamp)
        return client.post(f"{DESK}/correct/{lamp.pk}/", {**sent, **more}, follow=True)

    def test_the_release_page_shows_how_far_it_is(self, client, ready, html_valid):
        client.post(f"{DESK}/{ready.pk}/release/", {"step": "sign_off", **release_page(ready)})
        Making.objects.update(step="排印刷版式（PDF）", percent=40)
        page = client.get(f"{DESK}/{ready.pk}/release/")
        html_valid(page.text)
        assert "正在签发 ：排印刷版式（PDF）" in seen(page)
        assert 'value="40"' in page.text
        assert 'value="sign_off"' not in page.text
        part = client.get(f"{DESK}/{ready.pk}/making/")
        assert "private, no-store" in part["Cache-Control"]
        assert "data-under-way" in part.text

    def test_who_comes_back_reads_what_came_of_it(self, client, ready):
        client.post(f"{DESK}/{ready.pk}/release/", {"step": "sign_off", **release_page(ready)})
        made()
        assert "已签发，第1版做好了" in seen(client.get(f"{DESK}/{ready.pk}/release/"))

    def test_a_correction_that_was_not_made_is_gone_on_with(self, client, lamp, out):
        self.correct(client, lamp, title="两盏灯", signed="林晓岚")
        base = corrections.base_of(lamp)
        other = a_user(Role.CHIEF_EDITOR)
        corrections.correct(lamp, by=other, base=base, reason="先改。", kicker="新年")
        made()
        page = client.get(f"{DESK}/{out.pk}/release/")
        again = client.get(link(page, "您写的还在，接着改"))
        assert 'value="两盏灯"' in again.text
        assert ">\n林晓岚</textarea>" in again.text
        assert "漏字。" in again.text

    def test_a_branch_that_is_not_known_is_said_and_nothing_is_lost(self, client, lamp):
        page = self.correct(client, lamp, signed="没有的支行 谷淳", title="两盏灯")
        assert page.status_code == 422
        assert "没有叫“没有的支行”的单位" in seen(page)
        assert 'value="两盏灯"' in page.text

    def test_a_senior_editors_larger_one_waits_for_the_chief(self, client, lamp, out, chief):
        client.force_login(a_user(Role.SENIOR_EDITOR))
        page = self.correct(client, lamp, section=a_section("service-echoes").pk)
        assert "等主编确认" in seen(page)
        client.force_login(chief)
        asked = client.get(link(client.get(f"{DESK}/{out.pk}/release/"), f"《{lamp.title}》"))
        assert "服务回声" in seen(asked)
        address = f"{DESK}/proposal/{lamp.proposed_corrections.get().pk}/"
        client.post(address, {"step": "confirm"})
        made()
        lamp.refresh_from_db()
        assert lamp.section == a_section("service-echoes")

    def test_an_article_is_withdrawn_with_a_reason(self, client, lamp, out):
        address = f"{DESK}/withdraw/{lamp.pk}/"
        assert client.post(address, {"why": ""}).status_code == 422
        client.post(address, {"why": "作者要求。", "is_told": "on"})
        made()
        client.logout()
        assert "作者要求。" in seen(client.get(f"/articles/{lamp.pk}/"))

    def test_cover_and_colophon_are_corrected(self, client, out):
        address = f"{DESK}/{out.pk}/facts/"
        page = client.get(address).text
        base = page.split('name="base" value="')[1].split('"')[0]
        answer = client.post(address, {"base": base, "telephone": "0431-1", "reason": "电话。"})
        assert answer.status_code == 302
        made()
        assert "0431-1" in seen(client.get(out.get_absolute_url()))

    def test_over_newer_facts_both_are_shown_and_what_was_typed_goes_out_then(
        self, client, out, html_valid
    ):
        address = f"{DESK}/{out.pk}/facts/"
        base = client.get(address).text.split('name="base" value="')[1].split('"')[0]
        sent = {"base": base, "telephone": "0431-1", "reason": "电话。"}
        client.post(address, {**sent, "telephone": "0431-2"})
        made()
        late = client.post(address, sent)
        assert late.status_code == 409
        html_valid(late.text)
        assert "现在读者看到的 您填的 电话" in seen(late)
        assert 'value="0431-1"' in late.text
        over = late.text.split('name="over" value="')[1].split('"')[0]
        assert client.post(address, {**sent, "over": over}).status_code == 302
        made()
        assert "0431-1" in seen(client.get(out.get_absolute_url()))

    def test_a_stale_correction_shows_byline_and_section_too(self, client, lamp, out):
        base = corrections.base_of(lamp)
        self.correct(client, lamp, signed="东岭支行 高志远\n林晓岚")
        made()
        page = self.correct(client, lamp, base=base, section=a_section("service-echoes").pk)
        assert page.status_code == 409
        assert "林晓岚" in page.text.split("form-row")[0]
        assert "服务回声" in page.text.split("form-row")[0]

    def test_an_earlier_edition_is_read_and_restored(self, client, lamp, out):
        self.correct(client, lamp, title="两盏灯")
        made()
        old = client.get(f"{DESK}/{out.pk}/editions/1/index.html")
        assert "一盏灯" in old.text
        assert "两盏灯" not in old.text
        for name in ("style.css", "issue.epub"):
            assert client.get(f"{DESK}/{out.pk}/editions/1/{name}").status_code == 200
        for name in ("issue.json", "../../x.html", "nothing.html"):
            assert client.get(f"{DESK}/{out.pk}/editions/1/{name}").status_code == 404
        out.refresh_from_db()
        sent = {"step": "restore", "number": 1, "edition": out.standing_id, "why": "改错了。"}
        client.post(f"{DESK}/{out.pk}/release/", sent)
        made()
        lamp.refresh_from_db()
        assert lamp.title == "一盏灯"

    @pytest.mark.parametrize(
        "address", ["withdraw/{lamp}/", "{out}/facts/", "{out}/editions/1/index.html"]
    )
    def test_is_closed_to_writers(self, client, lamp, out, address):
        client.force_login(a_user(Role.CONTRIBUTOR))
        path = f"{DESK}/{address.format(lamp=lamp.pk, out=out.pk)}"
        assert client.get(path).status_code in (302, 403)
