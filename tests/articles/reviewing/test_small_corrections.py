"""A small correction stands beside the passes; whoever passed confirms it."""

import pytest
from django.utils import timezone

from articles import authorship
from articles.models import Article, Notice
from articles.reviewing import approvals, deputies, editing
from articles.reviewing.workflow import NotAllowed
from servicejournal import record
from servicejournal.roles import Role
from tests.articles.reviewing.office import Office
from tests.factories import a_user, an_issue, shown
from tests.pages import plain_words, seen

pytestmark = pytest.mark.django_db
Status = Article.Status


class TestSmallCorrections:
    """文字订正."""

    @pytest.fixture
    def office(self):
        office = Office(3)
        assert office.change(office.first, small=True) == Status.ACCEPTED
        office.article.refresh_from_db()
        return office

    def confirm(self, office, by):
        return approvals.confirm(office.article, by=by, digest=office.article.digest())

    def test_they_wait_for_the_final_reviewer_and_leave_the_state(self, office):
        assert approvals.awaits_confirmation(office.article)
        review = self.confirm(office, office.final)
        assert (review.stage, review.digest) == ("final", office.article.digest())
        assert not approvals.awaits_confirmation(office.article)

    def test_the_final_reviewer_sees_the_change_by_character_and_confirms_by_a_click(
        self, office, client, html_valid
    ):
        client.force_login(office.final)
        address = f"/admin/articles/article/{office.article.pk}/review/"
        page = client.get(address)
        assert "<ins" in page.text
        assert "（改）" in page.text
        html_valid(page.text)
        data = {"action": "confirm", **shown(office.article)}
        assert client.post(address, data).status_code == 302
        assert not approvals.awaits_confirmation(office.article)

    def test_only_who_may_make_the_final_review_confirms(self, office):
        others = [a_user(role) for role in set(Role) - {Role.CHIEF_EDITOR}]
        for person in (office.first, office.second, *others, a_user()):
            with pytest.raises(NotAllowed, match="主编"):
                self.confirm(office, person)
        assert approvals.awaits_confirmation(office.article)

    def test_nor_does_a_chief_who_wrote_it_or_made_another_review_of_it(self, office):
        other = a_user(Role.CHIEF_EDITOR)
        facts = {"stage": "first", "decision": "pass", "round": 1, "digest": "0" * 64}
        office.article.reviews.create(**facts, reviewer=other)
        with pytest.raises(NotAllowed, match="三审须由不同的人完成"):
            self.confirm(office, other)
        author = office.article.authorships.get().author
        author.user = office.final
        author.save()
        with pytest.raises(NotAllowed, match="不能审自己的稿件"):
            self.confirm(office, office.final)

    def test_what_is_as_it_was_passed_is_not_confirmed_nor_what_is_out(self, office):
        with pytest.raises(NotAllowed, match="没有改动，不用确认"):
            self.confirm(Office(3), a_user(Role.CHIEF_EDITOR))
        issue = an_issue(published=True)
        Article.objects.filter(pk=office.article.pk).update(issue=issue, position=1)
        with pytest.raises(NotAllowed, match="已经刊出"):
            self.confirm(office, office.final)

    def test_what_was_changed_again_meanwhile_is_not_confirmed(self, office):
        digest = office.article.digest()
        office.change(office.first, small=True, title="又改了一次")
        with pytest.raises(NotAllowed, match="又被改动过"):
            approvals.confirm(office.article, by=office.final, digest=digest)

    def test_a_manuscript_in_an_issue_stays_there_while_it_is_proofread(self):
        office = Office(3)
        Article.objects.filter(pk=office.article.pk).update(issue=an_issue(), position=1)
        assert office.change(office.first) == Status.ACCEPTED
        office.article.refresh_from_db()
        assert approvals.awaits_confirmation(office.article)

    def test_what_is_more_than_a_slip_of_the_pen_goes_through_the_reviews(self):
        office = Office(3)
        with pytest.raises(NotAllowed, match="不算文字订正"):
            office.change(
                office.first, small=True, body="<p>" + "整段重新写过的文字。" * 9 + "</p>"
            )
        assert Article.objects.get(pk=office.article.pk).status == Status.ACCEPTED

    @pytest.mark.parametrize(
        ("struck_out", "written", "is_small"),
        [
            (0, 60, True),
            (60, 0, True),
            (30, 30, True),
            (0, 61, False),
            (61, 0, False),
            (30, 31, False),
        ],
    )
    def test_they_are_sixty_characters_at_the_most(self, struck_out, written, is_small):
        """Written and struck out together."""
        stays = "雨停了，门口还放着一把伞。" * 20
        office = Office(3, body=f"<p>{'旧' * struck_out}{stays}</p>")
        body = f"<p>{stays}{'新' * written}</p>"
        if is_small:
            assert office.change(office.first, small=True, title=office.article.title, body=body)
        else:
            with pytest.raises(NotAllowed, match="改动了 61 个字，超过 60 个"):
                office.change(office.first, small=True, title=office.article.title, body=body)
        article = Article.objects.get(pk=office.article.pk)
        assert (article.status, article.body == body) == (Status.ACCEPTED, is_small)

    def test_nor_are_they_more_in_an_issue_and_a_larger_change_waits_there_for_the_chief(self):
        """Nobody is stuck while an issue is proofread: without the tick it goes through."""
        office = Office(3)
        Article.objects.filter(pk=office.article.pk).update(issue=an_issue(), position=1)
        body = "<p>" + "整段重新写过的文字。" * 9 + "</p>"
        with pytest.raises(NotAllowed, match=r"不算文字订正.*留在本期，等终审人"):
            office.change(office.first, small=True, body=body)
        assert office.change(office.first, body=body) == Status.ACCEPTED
        article = Article.objects.get(pk=office.article.pk)
        assert (article.body, article.issue_id is None) == (body, False)
        assert record.of(article).first().verb == "改动清样"
        assert approvals.awaits_confirmation(article)
        approvals.confirm(article, by=office.final, digest=article.digest())
        assert not approvals.awaits_confirmation(article)

    @pytest.mark.parametrize("placed", [False, True])
    def test_many_small_ones_are_no_small_one(self, placed):
        """What waits for one confirmation is counted together, in an issue too."""
        stays = "雨停了，门口还放着一把伞。" * 20
        office = Office(3, body=f"<p>{stays}</p>")
        if placed:
            Article.objects.filter(pk=office.article.pk).update(issue=an_issue(), position=1)
        title = office.article.title
        body = f"<p>{stays}{'甲' * 40}</p>"
        assert office.change(office.first, small=True, title=title, body=body) == Status.ACCEPTED
        more = f"<p>{stays}{'甲' * 40}{'乙' * 21}</p>"
        with pytest.raises(NotAllowed, match="连同终审以后还没有确认的改动，这次改动了 61 个字"):
            office.change(office.first, small=True, title=title, body=more)
        article = Article.objects.get(pk=office.article.pk)
        approvals.confirm(article, by=office.final, digest=article.digest())
        assert office.change(office.first, small=True, title=title, body=more) == Status.ACCEPTED

    @pytest.mark.parametrize("where", ["change", "review/edit"])
    @pytest.mark.parametrize("placed", [False, True])
    def test_the_forms_say_so_and_keep_what_was_typed(self, client, where, placed, html_valid):
        office = Office(3)
        if placed:
            Article.objects.filter(pk=office.article.pk).update(issue=an_issue(), position=1)
        article = Article.objects.get(pk=office.article.pk)
        client.force_login(office.first)
        sent = {"title": article.title, "body": "<p>" + "重新写过的文字。" * 9 + "</p>"}
        sent |= {"section": article.section_id, "base": article.digest(), "small": "on"}
        sent |= {"authorships-TOTAL_FORMS": 0, "authorships-INITIAL_FORMS": 0}
        answer = client.post(f"/admin/articles/article/{article.pk}/{where}/", sent)
        assert "不算文字订正" in answer.text
        assert "重新写过的文字。" in answer.text
        assert Article.objects.get(pk=article.pk).body == article.body
        if where == "review/edit":  # the other is Django's own page
            html_valid(answer.text)
        del sent["small"]
        client.post(f"/admin/articles/article/{article.pk}/{where}/", sent)
        stored = Article.objects.get(pk=article.pk)
        assert "重新写过的文字。" in stored.body
        assert (stored.status == Status.ACCEPTED) == placed

    def test_any_number_of_suggestions_is_taken_in_an_issue(self):
        office = Office(3)
        names = "东南西北春夏秋冬梅兰竹菊山水云月风花雪雨金木火土江河湖海松柏桃李天地日星"
        body = "<p>" + "".join(f"{name}边的灯亮着,{name}边的人在。" for name in names) + "</p>"
        article = Article.objects.get(pk=office.article.pk)
        article.issue, article.position, article.body = an_issue(), 1, body
        article.save()
        safe = editing.checking.check(article).safe
        assert sum(len(each.places) for each in safe) > editing.MOST_CORRECTED / 2
        found = {each.anchor for each in safe}
        assert editing.apply_suggestions(article, found, by=office.first, base=article.digest())
        changed = Article.objects.get(pk=article.pk)
        assert "," not in changed.body
        editing.undo_suggestions(changed, by=office.first, base=changed.digest())
        assert Article.objects.get(pk=article.pk).body == body

    def test_before_the_final_pass_a_small_change_is_a_change_like_any_other(self):
        office = Office(2)
        assert office.change(office.first, small=True) == Status.FIRST_REVIEW


class TestWaitingToBeConfirmed:
    """Nobody has to come upon it: it stands in 等您处理, and in a notice."""

    def changed(self, **facts) -> Office:
        office = Office(3)
        office.change(office.first, small=True, **facts)
        office.article.refresh_from_db()
        return office

    def notices(self, user) -> list[str]:
        return [each.subject for each in Notice.objects.filter(recipient=user, kind="confirm")]

    def waiting(self, client, user) -> str:
        client.force_login(user)
        return seen(client.get("/admin/")).partition("全部资料")[0]

    def test_it_waits_for_the_chief_until_it_is_confirmed(self, client):
        office = self.changed()
        words = self.waiting(client, office.final)
        assert office.article.title in words
        assert "待确认改动" in words
        assert office.article.title not in self.waiting(client, office.second)
        approvals.confirm(office.article, by=office.final, digest=office.article.digest())
        assert office.article.title not in self.waiting(client, office.final)

    def test_in_an_issue_too_however_large_it_is(self, client):
        office = Office(3)
        Article.objects.filter(pk=office.article.pk).update(issue=an_issue(), position=1)
        office.change(office.first, title="重写", body="<p>" + "整段重新写过的文字。" * 9 + "</p>")
        assert "重写" in self.waiting(client, office.final)
        assert self.notices(office.final) == ["请您确认改动：《重写》"]

    def test_not_for_a_chief_who_wrote_it_nor_for_one_who_passed_another_stage(self, client):
        office = self.changed()
        mine, second = a_user(Role.CHIEF_EDITOR), a_user(Role.CHIEF_EDITOR)
        author = office.article.authorships.get().author
        author.user = mine
        author.save()
        facts = {"stage": "second", "decision": "pass", "round": 1, "digest": "0" * 64}
        office.article.reviews.create(**facts, reviewer=second)
        for chief in (mine, second):
            assert office.article.title not in self.waiting(client, chief)

    def test_what_is_signed_off_is_out_or_as_it_was_passed_does_not_wait(self, client):
        office = self.changed()
        office.change(office.first, title=office.article.title.replace("（改）", ""), small=True)
        assert "待确认改动" not in self.waiting(client, office.final)
        other = self.changed()
        issue = an_issue(published=True)
        Article.objects.filter(pk=other.article.pk).update(issue=issue, position=1)
        assert "待确认改动" not in self.waiting(client, other.final)

    def test_whoever_may_confirm_is_told_once_for_each_text_and_nobody_else(self):
        office = self.changed()
        deputy = a_user(Role.EDITOR)
        assert self.notices(office.final) == [f"请您确认改动：《{office.article.title}》"]
        assert self.notices(office.first) == self.notices(office.second) == []
        notice = Notice.objects.get(recipient=office.final)
        assert notice.path == f"/admin/articles/article/{office.article.pk}/review/"
        deputies.grant(
            deputy, "final", starts=timezone.localdate(), ends=timezone.localdate(),
            by=office.final, why="出差",
        )  # fmt: skip
        office.change(office.first, small=True, title="又改")
        assert len(self.notices(office.final)) == 2
        assert self.notices(deputy) == ["请您确认改动：《又改》"]
        approvals.confirm(Article.objects.get(), by=deputy, digest=Article.objects.get().digest())
        assert record.of(office.article).first().what["deputy"]

    def test_where_nobody_may_those_who_can_appoint_somebody_are_told(self, client):
        office = Office(3)
        author = office.article.authorships.get().author
        author.user = office.final
        author.save()
        administrator = a_user(Role.ADMINISTRATOR)
        office.change(office.first, small=True)
        told = [f"没有人能确认改动：《{office.article.title}（改）》"]
        assert self.notices(administrator) == self.notices(office.final) == told
        client.force_login(office.final)
        page = client.get(f"/admin/articles/article/{office.article.pk}/review/")
        assert "终审 现在没有人" in seen(page)
        assert 'href="/admin/articles/deputy/"' in page.text

    def test_a_changed_byline_is_in_view_too(self, client):
        office = Office(3)
        article = Article.objects.get(pk=office.article.pk)
        names = (authorship.Byline("何晓棠"),)
        editing.revise(
            article,
            by=office.first,
            base=article.digest(),
            small=True,
            also=lambda: authorship.sign(article, names),
        )
        client.force_login(office.final)
        page = client.get(f"/admin/articles/article/{article.pk}/review/").text
        since = page.partition('class="since"')[2].partition("</form>")[0]
        words = plain_words(since).split()
        for told in ("署名", "何晓棠", "高志远"):
            assert told in words

    def test_the_number_of_queries_does_not_grow(self, django_assert_num_queries):
        chief = a_user(Role.CHIEF_EDITOR)
        for _ in range(2):
            self.changed()
            with django_assert_num_queries(4):
                assert approvals.to_confirm_by(chief)
