"""Pages of an issue that were opened before somebody acted: proofs, signing, publishing."""

import pytest

from articles.models import Article
from articles.reviewing import editing
from issues.exports import archive, book
from issues.making import orders, preflight, proofs, publication
from issues.models import Issue
from servicejournal import record
from servicejournal.roles import Role
from tests.factories import (
    a_small_office,
    a_user,
    made,
    proofread,
    proofs_page,
    release_page,
)
from tests.pages import seen

pytestmark = pytest.mark.django_db
DESK = "/admin/issues/issue"


def change_a_title(issue: Issue, *, by, title: str = "一盏旧灯") -> None:
    article = Article.objects.get(issue=issue, title="一盏灯")
    editing.revise(article, by=by, base=article.digest(), title=title)


def edited(issue: Issue, **facts) -> None:
    """Another fact than a text, so that no review is due again."""
    Issue.objects.filter(pk=issue.pk).update(**facts)


@pytest.fixture
def colleague():
    return a_user(Role.CHIEF_EDITOR, name="何静")


class TestProofs:
    @pytest.fixture
    def unread(self, ready) -> Issue:
        ready.proofs.all().delete()
        return ready

    def test_a_name_stands_under_what_was_read(self, unread, editor, colleague):
        digest = archive.digest(book.of(unread))
        change_a_title(unread, by=colleague)
        with pytest.raises(proofs.Stale, match="本期有改动"):
            proofs.finish(unread, by=editor, made_from=proofs.Seen(1, digest))
        assert not unread.proofs.exists()

    def test_of_two_who_finish_the_first_proof_the_second_made_no_second(
        self, client, unread, editor, colleague, html_valid
    ):
        page = proofs_page(unread)
        proofs.finish(unread, by=colleague)
        client.force_login(editor)
        sent = {"step": "finish", "words": "人名核过", "corrections": "3", **page}
        answer = client.post(f"{DESK}/{unread.pk}/proofs/", sent)
        assert answer.status_code == 409
        assert "一校已由何静完成，现在该做二校" in seen(answer)
        assert "人名核过" in answer.text
        assert 'value="3"' in answer.text
        html_valid(answer.text)
        assert unread.proofs.count() == 1

    def test_what_changed_is_named_and_what_was_typed_stays(
        self, client, unread, editor, colleague
    ):
        client.force_login(editor)
        address = f"{DESK}/{unread.pk}/proofs/"
        opened = client.get(address).context["opened"]
        page = {"step": "finish", "words": "人名核过", **proofs_page(unread), "opened": opened}
        change_a_title(unread, by=colleague)
        answer = client.post(address, page)
        assert answer.status_code == 409
        assert "《一盏旧灯》（何静）" in seen(answer)
        assert "人名核过" in answer.text
        again = {**page, **proofs_page(unread)}
        assert client.post(address, again).status_code == 302

    def test_pressed_twice_one_proof_is_taken_back(self, client, unread, editor):
        a_small_office()
        for _ in range(2):
            proofs.finish(unread, by=editor)
        client.force_login(editor)
        address, sent = f"{DESK}/{unread.pk}/proofs/", {"step": "take_back", **proofs_page(unread)}
        assert client.post(address, sent).status_code == 302
        assert client.post(address, sent).status_code == 409
        assert unread.proofs.standing().count() == 1


class TestSigning:
    def test_what_is_signed_is_what_was_seen(self, ready, chief):
        digest = archive.digest(book.of(ready))
        edited(ready, slogan="另一句口号")
        with pytest.raises(publication.Stale, match="又有改动"):
            publication.sign_off(ready, by=chief, digest=digest)
        assert Issue.objects.get(pk=ready.pk).signed_off_at is None

    def test_a_warning_wants_a_tick_with_a_reason_which_the_record_keeps(
        self, client, ready, chief, html_valid
    ):
        client.force_login(chief)
        address = f"{DESK}/{ready.pk}/release/"
        sent = {"step": "sign_off", **release_page(ready)}
        (first, *others), why = sent["accept"], {"why_all": "主编看过"}
        assert others
        assert f'value="{first}" form="sign" required' in client.get(address).text
        for lacking in ({**sent, "accept": others}, {**sent, "why_all": " "}):
            own = {f"why-{others[0]}": "这一条<b>照旧</b>"}
            refused = client.post(address, {**lacking, **own})
            assert refused.status_code == 422
            assert "没有勾选并写明理由" in refused.text
            html_valid(refused.text)
            assert 'value="这一条&lt;b&gt;照旧&lt;/b&gt;"' in refused.text
            assert f'value="{others[0]}" form="sign" required checked' in refused.text
            assert not Issue.objects.get(pk=ready.pk).signed_off_at
        own = {f"why-{first}": "下期再补"}
        assert client.post(address, {**sent, **own, **why}).status_code == 302
        made()
        kept = record.of(ready).get(verb="签发").what["accepted"]
        assert len(kept) == len(sent["accept"])
        assert {each["why"] for each in kept} == {"下期再补", "主编看过"}
        page = client.get(address)
        assert f"签发时认可的提醒（{len(kept)}）" in page.text
        assert "理由：下期再补" in page.text

    def test_what_is_stale_is_said_before_what_is_not_ticked(self, client, ready, chief, colleague):
        """An old page shows other warnings than there are."""
        client.force_login(chief)
        address = f"{DESK}/{ready.pk}/release/"
        sent = {"step": "sign_off", **release_page(ready), "accept": []}
        edited(ready, slogan="另一句口号")
        proofread(Issue.objects.get(pk=ready.pk))
        changed = client.post(address, sent)
        assert (changed.status_code, "又有改动" in seen(changed)) == (409, True)
        publication.sign_off(Issue.objects.get(pk=ready.pk), by=colleague)
        signed = client.post(address, sent)
        assert (signed.status_code, "何静已经做了“签发”" in seen(signed)) == (409, True)
        page = release_page(ready)
        publication.publish(Issue.objects.get(pk=ready.pk), by=colleague)
        published = client.post(address, {"step": "publish", **page})
        assert (published.status_code, "已由何静发布" in seen(published)) == (409, True)

    def test_no_tick_signs_what_is_in_the_way(self, client, ready, chief):
        client.force_login(chief)
        edited(ready, date=None)
        sent = {"step": "sign_off", **release_page(ready)}
        refused = client.post(f"{DESK}/{ready.pk}/release/", sent)
        assert refused.status_code == 422
        assert "没有出刊日期" in refused.text

    def test_a_verb_that_is_given_reasons_wants_one_for_every_warning(self, ready, chief):
        warnings = [each for each in preflight.check(ready) if not each.blocks]
        accepted = {each.code: "看过" for each in warnings}
        fewer = dict(list(accepted.items())[1:])
        with pytest.raises(publication.NotAllowed, match="还有 1 条提醒没有勾选"):
            publication.sign_off(ready, by=chief, accepted=fewer)
        publication.sign_off(ready, by=chief, accepted=accepted)
        told = record.of(ready).get(verb="签发").what["accepted"]
        assert told == [{"finding": each.message, "why": "看过"} for each in warnings]

    def test_a_change_between_the_page_and_the_button_is_told_there(
        self, client, ready, chief, html_valid
    ):
        client.force_login(chief)
        sent = {"step": "sign_off", **release_page(ready)}
        edited(ready, slogan="另一句口号")
        proofread(ready)
        answer = client.post(f"{DESK}/{ready.pk}/release/", sent)
        assert answer.status_code == 409
        assert "请看过现在的样子，再签发" in seen(answer)
        html_valid(answer.text)
        assert not ready.makings.exists()

    def test_a_change_while_it_waits_for_its_making_is_not_signed(self, ready, chief):
        orders.order(ready, "sign_off", by=chief, digest=archive.digest(book.of(ready)))
        edited(ready, slogan="另一句口号")
        proofread(ready)
        made()
        assert "请看过现在的样子，再签发" in ready.makings.get().problem
        assert Issue.objects.get(pk=ready.pk).signed_off_at is None

    def test_a_page_that_shows_none_signs_none(self, client, ready, chief):
        client.force_login(chief)
        sent = {"step": "sign_off", **release_page(ready), "digest": ""}
        assert client.post(f"{DESK}/{ready.pk}/release/", sent).status_code == 409


class TestPublishing:
    @pytest.fixture
    def signed(self, ready, chief) -> Issue:
        publication.sign_off(ready, by=chief)
        return ready

    @pytest.mark.parametrize("sent", [{"step": "publish"}, {"step": "take_back", "why": "换一篇"}])
    def test_another_edition_than_that_of_the_page_is_let_be(
        self, client, signed, chief, colleague, sent, html_valid
    ):
        page = release_page(signed)
        publication.take_back_sign_off(signed, by=colleague, why="改一处")
        publication.sign_off(signed, by=colleague)
        client.force_login(chief)
        answer = client.post(f"{DESK}/{signed.pk}/release/", {**sent, **page})
        assert answer.status_code == 409
        assert "何静已经做了“签发”" in seen(answer)
        html_valid(answer.text)
        if "why" in sent:
            assert sent["why"] in answer.text
        stored = Issue.objects.get(pk=signed.pk)
        assert (stored.published_at, bool(stored.signed_off_at)) == (None, True)

    def test_what_came_out_anew_is_not_withdrawn_from_an_old_page(
        self, client, signed, chief, colleague
    ):
        publication.publish(signed, by=chief)
        sent = {"step": "withdraw", "why": "有误", **release_page(signed)}
        client.force_login(chief)
        assert client.post(f"{DESK}/{signed.pk}/release/", sent).status_code == 302
        publication.sign_off(signed, by=colleague)
        publication.publish(signed, by=colleague)
        answer = client.post(f"{DESK}/{signed.pk}/release/", sent)
        assert (answer.status_code, "有误" in answer.text) == (409, True)
        assert Issue.objects.get(pk=signed.pk).is_published

    def test_every_form_of_the_page_fires_once(self, client, signed, chief):
        client.force_login(chief)
        page = client.get(f"{DESK}/{signed.pk}/release/").text
        forms = [form for form in page.split("<form")[1:] if 'name="step"' in form]
        assert len(forms) == 4
        assert all("data-once" in form.split(">", 1)[0] for form in forms)
