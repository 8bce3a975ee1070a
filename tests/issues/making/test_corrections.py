"""更正: each is the next edition, changes one thing, and comes with a reason."""

import pytest

from articles.authorship import Byline
from articles.models import Branch, Notice
from articles.reviewing import editing
from issues.exports import progress
from issues.making import corrections, proposals, withdrawals
from issues.making.publication import NotAllowed
from issues.models import Correction, Issue, ProposedCorrection
from servicejournal.models import Masthead, Record
from servicejournal.roles import Role
from tests.factories import a_picture, a_section, a_user
from tests.pages import link, seen

pytestmark = pytest.mark.django_db(transaction=True)

LONG = f"<p>{'灯一直亮到天明。' * 12}</p>"


@pytest.fixture
def senior():
    return a_user(Role.SENIOR_EDITOR)


@pytest.fixture
def lamp(out):
    return out.articles.get(title="一盏灯")


def correct(article, by, **changes):
    base = corrections.base_of(article)
    return corrections.correct(article, by=by, base=base, reason="写错了。", **changes)


class TestAnArticle:
    def test_byline_is_corrected_in_every_output(self, lamp, chief, client):
        branch = Branch.objects.named("临港支行")
        correct(lamp, chief, bylines=(Byline("江帆", branch), Byline("林晓岚")))
        assert lamp.byline == "临港支行 江帆　林晓岚"
        words = seen(client.get(lamp.get_absolute_url()))
        assert "◎ 临港支行 江帆 林晓岚" in words
        assert "更正" in words
        assert "江帆" in seen(client.get(branch.get_absolute_url()))

    def test_section_is_corrected_and_the_article_moves_in_print(self, lamp, chief, client):
        correct(lamp, chief, section=a_section("service-echoes"))
        words = seen(client.get(lamp.issue.get_absolute_url()))
        assert words.index("两把椅子") < words.index("服务回声 Service echoes 一盏灯")
        assert lamp.section == a_section("service-echoes")

    def test_a_new_picture_comes_in_and_the_old_one_is_no_longer_public(self, lamp, chief, client):
        first, second = a_picture(by=chief), a_picture(by=chief)
        for picture in (first, second):
            figure = f'<figure><img src="{picture.get_absolute_url()}" alt="灯"></figure>'
            correct(lamp, chief, body=f"<p>灯亮着。</p>{figure}")
        shown = client.get(second.get_absolute_url())
        assert shown.status_code == 200
        shown.close()
        assert client.get(first.get_absolute_url()).status_code == 410

    def test_nothing_else_that_the_desk_did_since_comes_out_with_it(self, lamp, chief, client):
        Masthead.objects.update(name="另一个刊名")
        other = lamp.issue.articles.get(title="两把椅子")
        other.title = "三把椅子"
        other.save()
        Branch.objects.filter(name="东岭支行").update(name="改名支行")
        correct(lamp, chief, kicker="新年")
        words = seen(client.get(lamp.issue.get_absolute_url()))
        assert "新年" in words
        for later in ("另一个刊名", "三把椅子", "改名支行"):
            assert later not in words

    def test_its_writer_is_told_once_for_each(self, lamp, chief):
        correct(lamp, chief, kicker="新年")
        correct(lamp, chief, kicker="元旦")
        told = Notice.objects.filter(kind="corrected")
        assert [notice.recipient for notice in told] == [lamp.contributor] * 2

    def test_over_another_section_than_the_one_that_was_opened_it_is_stale(self, lamp, chief):
        base = corrections.base_of(lamp)
        correct(lamp, chief, section=a_section("service-echoes"))
        with pytest.raises(editing.Stale):
            corrections.correct(lamp, by=chief, base=base, reason="晚了。", kicker="新年")

    def test_html_is_cleaned_where_it_comes_in(self, lamp, chief, client):
        correct(lamp, chief, body='<p onclick="x()">灯<script>alert(1)</script></p>')
        assert "onclick" not in lamp.body
        assert "<script>alert" not in client.get(lamp.get_absolute_url()).text


class TestTwoAtOnce:
    @staticmethod
    def while_files_are_made(act):
        """Watches the making of an edition: once its files are there, the other one is faster."""
        waiting = [act]

        def watch(step: str, percent: int) -> None:
            if percent == 95 and waiting:
                waiting.pop()()

        return progress.watched(watch)

    def test_of_two_articles_both_stand(self, lamp, chief, senior):
        chairs = lamp.issue.articles.get(title="两把椅子")
        with self.while_files_are_made(lambda: correct(chairs, senior, title="三把椅子")):
            correct(lamp, chief, title="两盏灯")
        standing = Issue.objects.get(pk=lamp.issue_id).standing
        assert {"两盏灯", "三把椅子"} <= {each.title for each in standing.printed.all()}
        assert Correction.objects.count() == 2
        assert standing.number == 3

    def test_of_one_article_the_slower_is_refused(self, lamp, chief, senior):
        again = type(lamp).objects.get(pk=lamp.pk)
        faster = self.while_files_are_made(lambda: correct(again, senior, title="三盏灯"))
        with faster, pytest.raises(editing.Stale):
            correct(lamp, chief, title="两盏灯")
        assert [each.title for each in Issue.objects.get(pk=lamp.issue_id).articles.all()].count(
            "三盏灯"
        ) == 1
        assert Correction.objects.count() == 1


class TestWhoMay:
    def test_a_slip_of_the_pen_is_the_senior_editors(self, lamp, senior):
        assert correct(lamp, senior, kicker="新年").edition.number == 2

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda: {"body": LONG}, "超过 60 个"),
            (lambda: {"section": a_section("service-echoes")}, "换栏目"),
            (lambda: {"bylines": tuple(Byline(f"作者{n}{'长' * 30}") for n in (1, 2))}, "超过"),
        ],
    )
    def test_more_is_the_chief_editors(self, lamp, senior, chief, change, said):
        with pytest.raises(corrections.TooLarge, match=said):
            correct(lamp, senior, **change())
        assert not Correction.objects.exists()
        assert correct(lamp, chief, **change())

    def test_another_picture_is_the_chief_editors(self, lamp, senior):
        picture = a_picture(by=senior)
        body = f'{lamp.body}<figure><img src="{picture.get_absolute_url()}" alt=""></figure>'
        with pytest.raises(corrections.TooLarge, match="换图片"):
            correct(lamp, senior, body=body)


@pytest.mark.parametrize("body", ["", "<p> </p>", "<p>&nbsp;</p>"])
def test_an_empty_text_is_no_correction(lamp, senior, chief, body):
    for by in (senior, chief):
        with pytest.raises(NotAllowed, match="正文是空的"):
            correct(lamp, by, body=body)


class TestProposals:
    @pytest.fixture
    def proposal(self, lamp, senior) -> ProposedCorrection:
        base = corrections.base_of(lamp)
        section = a_section("service-echoes")
        bylines = (Byline("江帆", Branch.objects.named("临港支行")),)
        changes = {"body": LONG, "section": section, "bylines": bylines}
        return proposals.propose(lamp, by=senior, base=base, reason="写错了。", **changes)

    def test_readers_see_nothing_of_it_until_it_is_confirmed(self, proposal, lamp, chief, client):
        before = client.get(lamp.get_absolute_url()).content
        assert "天明" not in before.decode()
        proposals.confirm(proposal, by=chief)
        words = seen(client.get(lamp.get_absolute_url()))
        assert "灯一直亮到天明" in words
        assert "服务回声" in words
        assert "临港支行 江帆" in words
        proposal.refresh_from_db()
        assert proposal.correction == Correction.objects.get()

    def test_the_chief_editor_is_told_and_finds_it_on_the_first_page(
        self, chief, proposal, client, senior
    ):
        (told,) = chief.notices.filter(kind="confirm")
        assert told.path == f"/admin/issues/issue/proposal/{proposal.pk}/"
        client.force_login(senior)
        assert "等您确认的更正" not in client.get("/admin/").text
        client.force_login(chief)
        assert f'href="{told.path}"' in client.get("/admin/").text

    def test_only_the_chief_editor_confirms_or_refuses(self, proposal, senior):
        for verb in (proposals.confirm, lambda p, by: proposals.refuse(p, by=by, why="不")):
            with pytest.raises(NotAllowed, match="角色"):
                verb(proposal, by=senior)

    def test_one_is_decided_once(self, proposal, chief):
        proposals.refuse(proposal, by=chief, why="不用改。")
        with pytest.raises(NotAllowed, match="已经有了决定"):
            proposals.confirm(proposal, by=chief)
        stale = ProposedCorrection.objects.get(pk=proposal.pk)
        stale.decided_at = None
        with pytest.raises(NotAllowed, match="已经有了决定"):
            proposals.refuse(stale, by=chief, why="再说一次")

    def test_a_refusal_says_why(self, proposal, chief):
        with pytest.raises(NotAllowed, match="理由"):
            proposals.refuse(proposal, by=chief, why="  ")

    def test_a_second_one_waits_for_the_first(self, proposal, lamp, senior):
        base = corrections.base_of(lamp)
        with pytest.raises(NotAllowed, match="等主编确认"):
            proposals.propose(lamp, by=senior, base=base, reason="还有。", kicker="新年")

    def test_who_proposed_it_may_think_again_and_nobody_else(self, proposal, senior, chief):
        with pytest.raises(NotAllowed, match="提出的人"):
            proposals.take_back(proposal, by=chief)
        proposals.take_back(proposal, by=senior)
        assert proposal.decided_by == senior

    def test_a_text_that_changed_meanwhile_is_not_written_over(self, proposal, lamp, chief):
        correct(lamp, chief, kicker="新年")
        with pytest.raises(editing.Stale):
            proposals.confirm(proposal, by=chief)
        proposal.refresh_from_db()
        assert proposal.decided_at is None

    def test_one_made_from_a_text_that_changed_meanwhile_is_not_kept(self, lamp, senior, chief):
        base = corrections.base_of(lamp)
        correct(lamp, chief, kicker="新年")
        with pytest.raises(editing.Stale):
            proposals.propose(lamp, by=senior, base=base, reason="写错了。", body=LONG)
        assert not ProposedCorrection.objects.exists()

    def test_what_was_not_confirmed_is_still_there_to_go_on_with(
        self, proposal, chief, senior, client, lamp
    ):
        proposals.refuse(proposal, by=chief, why="不用改。")
        client.force_login(senior)
        page = client.get(f"/admin/issues/issue/proposal/{proposal.pk}/")
        assert "天明" in seen(page)
        on = link(page, "用这一份接着改")
        assert "天明" in client.get(on).text
        assert f'value="{proposal.base}"' in client.get(on).text

    def test_of_an_article_that_was_taken_back_is_shown_and_decided(
        self, proposal, chief, client, lamp
    ):
        withdrawals.withdraw_article(lamp, by=chief, why="作者来信。", is_told=False)
        client.force_login(chief)
        address = f"/admin/issues/issue/proposal/{proposal.pk}/"
        assert "已经撤下" in seen(client.get(address))
        refused = client.post(address, {"step": "confirm"})
        assert refused.status_code == 422
        assert "恢复刊出以后才能更正" in seen(refused)
        assert client.post(address, {"step": "refuse", "why": "长" * 301}).status_code == 422
        assert client.post(address, {"step": "refuse", "why": "撤下了。"}).status_code == 302

    def test_what_happened_is_in_the_record(self, proposal, chief):
        proposals.confirm(proposal, by=chief)
        verbs = [row.verb for row in Record.objects.order_by("-pk")[:4]]
        assert {"提出更正", "更正", "确认更正"} <= set(verbs)


class TestCoverAndColophon:
    def correct(self, issue, chief, **changes):
        base = corrections.base_of_facts(Issue.objects.get(pk=issue.pk))
        return corrections.correct_facts(issue, by=chief, base=base, reason="电话。", **changes)

    def test_come_out_anew_with_the_drawn_cover(self, out, chief, client):
        self.correct(out, chief, telephone="0431-1", cover_lines=("一盏灯",))
        words = seen(client.get(out.get_absolute_url()))
        assert "电话 0431-1" in words
        assert "本期：电话。" in words
        assert "一盏灯" in Issue.objects.get(pk=out.pk).standing.cover_svg
        assert out.cover_lines == "一盏灯"

    def test_are_the_chief_editors_alone(self, out, senior):
        with pytest.raises(NotAllowed, match="角色"):
            self.correct(out, senior, telephone="0431-1")

    def test_over_other_facts_than_those_that_were_opened_it_is_refused(self, out, chief):
        base = corrections.base_of_facts(Issue.objects.get(pk=out.pk))
        self.correct(out, chief, website="www.example.com")
        with pytest.raises(corrections.FactsChanged, match="有了更正"):
            corrections.correct_facts(out, by=chief, base=base, reason="电话。", telephone="1")

    def test_a_corrected_article_since_stands_in_nobodys_way(self, out, lamp, chief):
        base = corrections.base_of_facts(Issue.objects.get(pk=out.pk))
        correct(lamp, chief, kicker="新年")
        corrections.correct_facts(out, by=chief, base=base, reason="电话。", telephone="1")
        standing = Issue.objects.get(pk=out.pk).standing
        assert "新年" in {each.kicker for each in standing.printed.all()}

    def test_while_an_article_is_corrected_both_stand(self, out, lamp, chief):
        with TestTwoAtOnce.while_files_are_made(lambda: correct(lamp, chief, kicker="新年")):
            self.correct(out, chief, telephone="0431-1")
        assert Issue.objects.get(pk=out.pk).telephone == "0431-1"
        assert Correction.objects.count() == 2

    def test_without_a_change_nothing_happens(self, out, chief):
        with pytest.raises(NotAllowed, match="没有变化"):
            self.correct(out, chief, telephone=out.telephone)
        assert out.editions.count() == 1
