"""撤稿, 撤刊 and 恢复: each has a reason, writers are told, and what is gone says so."""

import pytest

from articles.models import Article, Notice
from articles.reviewing import workflow
from issues.making import corrections, make_up, publication, withdrawals
from issues.making.publication import NotAllowed
from issues.models import Issue, Withdrawal
from servicejournal.roles import Role
from tests.factories import a_user, accepted, an_issue, proofread
from tests.issues.making.desks import Desk, made_up
from tests.pages import link, seen
from tests.prepared import laid_out

pytestmark = pytest.mark.django_db(transaction=True)


def out_with_cover_lines() -> Desk:
    """It leads with the lamp."""
    desk = made_up()
    Issue.objects.filter(pk=desk.issue.pk).update(cover_lines="一盏灯\n两把椅子")
    desk.issue.refresh_from_db()
    leads = [desk.issue.articles.get(title="一盏灯").pk]
    make_up.lead_with(desk.issue, leads, by=desk.editor, made_from=[])
    desk.issue.proofs.all().delete()  # the cover's lines are part of what is proofread
    proofread(desk.issue)
    publication.sign_off(desk.issue, by=desk.chief)
    publication.publish(desk.issue, by=desk.chief)
    return desk


@pytest.fixture
def desk(request: pytest.FixtureRequest, db: None) -> Desk:
    return laid_out(out_with_cover_lines if "out" in request.fixturenames else made_up)


@pytest.fixture
def lamp(out):
    return out.articles.get(title="一盏灯")


class TestAnArticle:
    def test_is_gone_from_every_page_and_its_address_says_so(self, lamp, out, chief, client):
        address = lamp.get_absolute_url()
        withdrawals.withdraw_article(lamp, by=chief, why="作者要求。")
        response = client.get(address)
        assert response.status_code == 410
        assert "这篇文章已经撤下" in seen(response)
        assert link(response, f"回到{out}") == out.get_absolute_url()
        for path in ("/", out.get_absolute_url(), "/sections/", "/search/?q=一盏灯"):
            assert lamp.get_absolute_url() not in client.get(path).text
        assert "一盏灯" not in client.get(f"{out.get_absolute_url()}cover.svg").text

    @pytest.mark.parametrize("is_told", [True, False])
    def test_readers_get_the_reason_if_wished(self, lamp, chief, client, is_told):
        withdrawals.withdraw_article(lamp, by=chief, why="与事实不符。", is_told=is_told)
        words = seen(client.get(f"/articles/{lamp.pk}/"))
        assert ("与事实不符" in words) == is_told
        assert "一盏灯" not in words

    def test_goes_back_to_the_desk_and_its_writer_is_told(self, lamp, chief):
        withdrawals.withdraw_article(lamp, by=chief, why="作者要求。")
        assert (lamp.status, lamp.issue, lamp.position) == (Article.Status.WITHDRAWN, None, None)
        assert Notice.objects.get(kind="taken_back").recipient == lamp.contributor
        workflow.reopen(lamp, by=a_user(Role.EDITOR), why="改好了。")

    def test_needs_a_reason_and_the_chief_editor(self, lamp, chief, editor):
        with pytest.raises(NotAllowed, match="理由"):
            withdrawals.withdraw_article(lamp, by=chief, why=" \u200b")
        with pytest.raises(NotAllowed, match="角色"):
            withdrawals.withdraw_article(lamp, by=editor, why="作者要求。")
        assert not Withdrawal.objects.exists()

    def test_that_is_the_last_of_its_issue_is_not_withdrawn_alone(self, lamp, out, chief):
        withdrawals.withdraw_article(lamp, by=chief, why="作者要求。")
        with pytest.raises(NotAllowed, match="只有这一篇"):
            withdrawals.withdraw_article(out.articles.get(), by=chief, why="也要求。")

    def test_twice_is_refused(self, lamp, chief):
        again = Article.objects.select_related("issue").get(pk=lamp.pk)
        withdrawals.withdraw_article(lamp, by=chief, why="作者要求。")
        with pytest.raises(NotAllowed, match="没有刊出"):
            withdrawals.withdraw_article(again, by=chief, why="作者要求。")


class TestAnIssue:
    def test_is_gone_with_its_articles_and_files_and_says_so(self, lamp, out, chief, client):
        withdrawals.withdraw(out, by=chief, why="署名有误。", is_told=True)
        here = out.get_absolute_url()
        for path in (
            here, f"{here}issue.pdf", f"{here}issue.epub", f"{here}read/", f"{here}edition/",
            f"{here}cover.svg", lamp.get_absolute_url(),
        ):  # fmt: skip
            response = client.get(path)
            assert response.status_code == 410, path
            assert "署名有误。" in seen(response)

    def test_its_writers_are_told(self, out, chief):
        withdrawals.withdraw(out, by=chief, why="署名有误。")
        told = Notice.objects.filter(kind="taken_back")
        assert {notice.article for notice in told} == set(out.articles.all())

    def test_the_desk_still_opens_it_and_it_can_come_out_again(self, out, chief, client):
        withdrawals.withdraw(out, by=chief, why="署名有误。")
        client.force_login(chief)
        assert "未发布" in seen(client.get(out.get_absolute_url()))
        client.logout()
        publication.sign_off(out, by=chief)
        publication.publish(out, by=chief)
        assert client.get(out.get_absolute_url()).status_code == 200

    def test_one_that_never_was_out_is_a_404(self, client):
        assert client.get(an_issue().get_absolute_url()).status_code == 404


class TestRestoring:
    def test_readers_hold_again_what_the_edition_printed(self, lamp, out, chief, client):
        first = client.get(lamp.get_absolute_url()).text
        base = corrections.base_of(lamp)
        corrections.correct(lamp, by=chief, base=base, reason="改错了。", title="两盏灯")
        chairs = out.articles.get(title="两把椅子")
        withdrawals.withdraw_article(chairs, by=chief, why="作者要求。")
        edition = withdrawals.restore(out, 1, by=chief, why="弄错了。")
        assert edition.number == 4
        again = client.get(lamp.get_absolute_url()).text
        assert again.split('<div class="body">')[1].split("</div>")[0] in first
        assert "一盏灯" in seen(client.get(lamp.get_absolute_url()))
        assert client.get(chairs.get_absolute_url()).status_code == 200
        assert edition.pdf_sha256 == out.editions.get(number=1).pdf_sha256
        assert "恢复到第1版：弄错了。" in seen(client.get(out.get_absolute_url()))

    def test_the_desk_has_the_same_again(self, lamp, out, chief):
        base = corrections.base_of(lamp)
        corrections.correct(lamp, by=chief, base=base, reason="改错了。", title="两盏灯")
        withdrawals.withdraw_article(lamp, by=chief, why="作者要求。")
        assert make_up.leads_of(out) == []
        withdrawals.restore(out, 1, by=chief, why="弄错了。")
        assert make_up.leads_of(out) == [lamp.pk]
        lamp.refresh_from_db()
        assert (lamp.title, lamp.status, lamp.issue) == ("一盏灯", "accepted", out)

    @pytest.mark.parametrize(("number", "said"), [(1, "就是第1版"), (9, "没有可以恢复的第9版")])
    def test_what_stands_or_is_not_there_is_not_restored(self, out, chief, number, said):
        with pytest.raises(NotAllowed, match=said):
            withdrawals.restore(out, number, by=chief, why="弄错了。")

    def test_an_edition_that_was_signed_and_never_seen_is_not_restored(self, ready, chief):
        publication.sign_off(ready, by=chief)
        publication.take_back_sign_off(ready, by=chief, why="还要改。")
        publication.sign_off(ready, by=chief)
        publication.publish(ready, by=chief)
        with pytest.raises(NotAllowed, match="没有可以恢复"):
            withdrawals.restore(ready, 1, by=chief, why="弄错了。")

    def test_an_article_that_stands_in_another_issue_by_now_stops_it(
        self, lamp, out, chief, editor
    ):
        withdrawals.withdraw_article(lamp, by=chief, why="作者要求。")
        Article.objects.filter(pk=lamp.pk).update(status="accepted")
        lamp.refresh_from_db()
        make_up.place([lamp, accepted()], an_issue(), by=editor)
        with pytest.raises(NotAllowed, match="已编入"):
            withdrawals.restore(out, 1, by=chief, why="弄错了。")


class TestTheEditionPage:
    def test_shows_sums_signer_and_corrections_to_anybody(
        self, lamp, out, chief, client, html_valid
    ):
        base = corrections.base_of(lamp)
        corrections.correct(lamp, by=chief, base=base, reason="漏了一字。", kicker="新年")
        response = client.get(f"{out.get_absolute_url()}edition/")
        html_valid(response.text)
        words = seen(response)
        edition = out.editions.get(number=2)
        for fact in (edition.sha256, edition.epub_sha256, str(chief), "漏了一字。", "第1版"):
            assert fact in words
        assert "sha256sum" in words

    def test_of_an_issue_that_is_not_out_is_a_404_to_anybody(self, ready, client, chief):
        assert client.get(f"{ready.get_absolute_url()}edition/").status_code == 404
        client.force_login(chief)
        assert client.get(f"{ready.get_absolute_url()}edition/").status_code == 404
