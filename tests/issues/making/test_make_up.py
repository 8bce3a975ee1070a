"""Making up an issue: manuscripts in, in their order, out again."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Notice
from issues import contents
from issues.making import make_up, publication
from issues.making.publication import NotAllowed, Stale
from issues.models import Issue
from servicejournal import record
from servicejournal.roles import Role
from tests.factories import a_section, a_user, accepted, an_article, an_issue, signed_by
from tests.pages import seen

pytestmark = pytest.mark.django_db


def titles(issue: Issue) -> list[str]:
    return [article.title for article in contents.of(issue).articles]


def arrange(issue: Issue, order: make_up.Order, *, by) -> None:
    """From a page that shows the issue as it is."""
    make_up.arrange(issue, order, by=by, made_from=make_up.order_of(issue))


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
        arrange(ready, [(two.pk, here.pk), (one.pk, here.pk)], by=editor)
        assert titles(ready) == ["两把椅子", "一盏灯"]
        arrange(ready, [(one.pk, here.pk), (two.pk, other.pk)], by=editor)
        assert [(part.section, len(part.articles)) for part in contents.of(ready).sections] == [
            (here, 1),
            (other, 1),
        ]

    def test_arranging_what_somebody_else_changed_is_refused(self, ready, editor):
        _one, two = contents.of(ready).articles
        page = make_up.order_of(ready)
        make_up.take_out(two, by=a_user(Role.EDITOR, name="何静"))
        with pytest.raises(Stale, match=r"何静 .* 改过目录（移出），您这一次没有保存"):
            make_up.arrange(ready, page[::-1], by=editor, made_from=page)
        assert titles(ready) == ["一盏灯"]

    def test_the_order_that_somebody_else_saved_is_not_written_over(self, ready, editor):
        """The set is the same: today's code looked at nothing else."""
        page, here = make_up.order_of(ready), a_section("service-emotion").pk
        arrange(ready, page[::-1], by=a_user(Role.EDITOR, name="何静"))
        with pytest.raises(Stale, match="何静"):
            make_up.arrange(ready, [(pk, here) for pk, _ in page], by=editor, made_from=page)
        assert titles(ready) == ["两把椅子", "一盏灯"]

    def test_several_are_placed_in_the_order_in_which_they_come(self, ready, editor):
        lot = [accepted(title=title) for title in ("丙", "甲", "丁", "乙")]
        make_up.place(lot, ready, by=editor)
        assert titles(ready) == ["一盏灯", "两把椅子", "丙", "甲", "丁", "乙"]

    def test_what_somebody_else_placed_is_said(self, ready, editor):
        article = accepted(title="三号窗口")
        make_up.place([article], an_issue(), by=a_user(Role.EDITOR, name="何静"))
        with pytest.raises(NotAllowed, match="已由何静编入"):
            make_up.place([article], ready, by=editor)

    def test_what_somebody_else_took_out_is_said(self, ready, editor):
        article = ready.articles.get(title="一盏灯")
        make_up.take_out(Article.objects.get(pk=article.pk), by=a_user(Role.EDITOR, name="何静"))
        with pytest.raises(Stale, match="已由何静移出，已经不在本期"):
            make_up.take_out(article, by=editor)

    @pytest.mark.parametrize(
        ("spoilt", "said"),
        [
            (lambda order: [order[0], *order], "和本期的不一样"),
            (lambda order: order[:1], "和本期的不一样"),
            (lambda order: [order[0], (order[1][0], 10**6)], "有的栏目已不存在"),
        ],
    )
    def test_an_order_that_is_not_whole_changes_nothing(self, ready, editor, spoilt, said):
        order = [(article.pk, article.section_id) for article in contents.of(ready).articles]
        with pytest.raises(NotAllowed, match=said):
            arrange(ready, spoilt(order[::-1]), by=editor)
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
            lambda: arrange(issue, order, by=editor),
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


class TestAStepOfTheBoard:
    def move(self, issue, articles, to=None, *, by, before=None, seen=None):
        seen = make_up.order_of(issue) if seen is None else seen
        pks = [article.pk for article in articles]
        make_up.move(issue, pks, to=to, before=before, by=by, made_from=seen)

    def test_from_the_pile_before_another_and_on_to_another_section_and_back(self, ready, editor):
        one, two = contents.of(ready).articles
        three, other = accepted(title="三号窗口"), a_section("service-emotion")
        self.move(ready, [three], a_section(), before=two.pk, by=editor)
        assert titles(ready) == ["一盏灯", "三号窗口", "两把椅子"]
        self.move(ready, [three, one], other, by=editor)
        assert [(part.section, [a.title for a in part.articles]) for part in
                contents.of(ready).sections] == [
            (a_section(), ["两把椅子"]), (other, ["三号窗口", "一盏灯"]),
        ]  # fmt: skip
        self.move(ready, [three, two], by=editor)
        assert titles(ready) == ["一盏灯"]
        assert set(Article.objects.placeable()) == {three, two}
        verbs = list(record.of(ready).values_list("verb", flat=True))[:3]
        assert verbs == ["移出", "编排", "编入"]
        step = make_up.undoable(ready, editor)
        make_up.undo(ready, by=editor, step=step.pk)
        assert sorted(titles(ready)) == ["一盏灯", "三号窗口", "两把椅子"]

    def test_one_made_from_another_order_changes_nothing_and_says_who(self, ready, editor):
        one, two = contents.of(ready).articles
        seen = make_up.order_of(ready)
        self.move(ready, [two], a_section(), before=one.pk, by=a_user(Role.EDITOR, name="何静"))
        with pytest.raises(Stale, match="何静"):
            self.move(ready, [one], by=editor, seen=seen)
        assert titles(ready) == ["两把椅子", "一盏灯"]

    def test_where_nothing_moves_nothing_is_recorded(self, ready, editor):
        one, _two = contents.of(ready).articles
        before = record.of(ready).count()
        self.move(ready, [one], a_section(), before=_two.pk, by=editor)
        assert record.of(ready).count() == before

    def test_what_stands_elsewhere_or_is_not_accepted_is_refused(self, ready, editor):
        elsewhere = an_article(issue=an_issue())
        for article in (elsewhere, an_article(status="final_review", section=a_section())):
            with pytest.raises(NotAllowed, match="不能编进本期"):
                self.move(ready, [article], a_section(), by=editor)
        with pytest.raises(NotAllowed, match="您的角色不能"):
            self.move(ready, [accepted()], a_section(), by=a_user(Role.AUDITOR))


class TestTheWayBack:
    """撤销: one's own last step."""

    def undo(self, issue, by):
        step = make_up.undoable(issue, by)
        make_up.undo(issue, by=by, step=step.pk if step else 0)

    def test_what_was_taken_out_stands_where_it_stood(self, ready, editor):
        before = make_up.order_of(ready)
        make_up.take_out(ready.articles.get(title="一盏灯"), by=editor)
        self.undo(ready, editor)
        assert make_up.order_of(ready) == before

    def test_so_does_what_was_moved_and_what_was_placed_is_out_again(self, ready, editor):
        before = make_up.order_of(ready)
        arrange(ready, [(pk, a_section("service-emotion").pk) for pk, _ in before], by=editor)
        self.undo(ready, editor)
        assert make_up.order_of(ready) == before
        lot = [accepted(), accepted()]
        make_up.place(lot, ready, by=editor)
        self.undo(ready, editor)
        assert make_up.order_of(ready) == before
        assert set(Article.objects.placeable()) == set(lot)

    def test_it_is_recorded(self, ready, editor):
        make_up.take_out(ready.articles.get(title="一盏灯"), by=editor)
        self.undo(ready, editor)
        row = record.of(ready).first()
        assert (row.verb, row.actor_pk, row.what["titles"]) == (
            "撤销移出", editor.pk, ["一盏灯"],
        )  # fmt: skip

    def test_step_after_step_leads_back(self, ready, editor):
        stood = [make_up.order_of(ready)]
        for article in contents.of(ready).articles:
            make_up.take_out(article, by=editor)
            stood.append(make_up.order_of(ready))
        for before in stood[-2::-1]:
            self.undo(ready, editor)
            assert make_up.order_of(ready) == before
        assert make_up.undoable(ready, editor).verb == "编入"  # which filled the issue

    def test_only_ones_own_last_step_and_nobody_after_it(self, ready, editor, chief):
        make_up.take_out(ready.articles.get(title="一盏灯"), by=editor)
        step = make_up.undoable(ready, editor).pk
        for by in (chief, a_user(Role.EDITOR)):
            with pytest.raises(Stale, match="又有变化"):
                make_up.undo(ready, by=by, step=step)
        make_up.place([accepted(title="三号窗口")], ready, by=chief)
        with pytest.raises(Stale, match="又有变化"):
            make_up.undo(ready, by=editor, step=step)
        assert titles(ready) == ["两把椅子", "三号窗口"]

    def test_pressed_twice_it_goes_back_one_step(self, ready, editor):
        for article in contents.of(ready).articles:
            make_up.take_out(article, by=editor)
        step = make_up.undoable(ready, editor).pk
        make_up.undo(ready, by=editor, step=step)
        with pytest.raises(Stale):
            make_up.undo(ready, by=editor, step=step)
        assert titles(ready) == ["两把椅子"]

    def test_what_stands_in_another_issue_by_now_stays_there(self, ready, editor):
        article = ready.articles.get(title="一盏灯")
        make_up.take_out(article, by=editor)
        other = an_issue()
        make_up.place([article], other, by=a_user(Role.EDITOR, name="何静"))
        with pytest.raises(NotAllowed, match="已由何静编入，放不回原处"):
            self.undo(ready, editor)
        assert titles(other) == ["一盏灯"]

    def test_after_the_signing_off_there_is_no_way_back(self, ready, editor, chief):
        make_up.take_out(ready.articles.get(title="一盏灯"), by=editor)
        step = make_up.undoable(ready, editor).pk
        signed_by(chief, ready)
        assert make_up.undoable(ready, editor) is None
        with pytest.raises(NotAllowed, match="撤回签发"):
            make_up.undo(ready, by=editor, step=step)

    def test_a_writer_who_was_not_told_yet_is_not_told(self, ready, editor):
        article = accepted(contributor=a_user(email="shen@example.com"))
        make_up.place([article], ready, by=editor)
        assert Notice.objects.filter(article=article, kind="placed").exists()
        self.undo(ready, editor)
        assert not Notice.objects.filter(article=article, kind="placed").exists()
        make_up.place([article], ready, by=editor)
        Notice.objects.update(not_before=timezone.now())
        make_up.take_out(Article.objects.get(pk=article.pk), by=editor)
        assert Notice.objects.filter(article=article, kind="placed").exists()


class TestThePage:
    def sent(self, issue, order=None, **more):
        """What the form sends where this order was made of the present one."""
        present = make_up.order_of(issue)
        data = {"seen": " ".join(f"{pk}:{section}" for pk, section in present), **more}
        data["article"] = [pk for pk, _ in order or present]
        for place, (pk, section) in enumerate(order or present, start=1):
            data[f"section-{pk}"], data[f"place-{pk}"] = section, place
        return data

    @pytest.fixture
    def address(self, client, editor, ready):
        client.force_login(editor)
        return f"/admin/issues/issue/{ready.pk}/board/"

    def test_a_stale_order_is_refused_with_both_in_view_and_saved_when_seen(
        self, client, address, ready, html_valid
    ):
        make_up.place([accepted(title="三号窗口")], ready, by=a_user(Role.EDITOR))
        one, two, three = make_up.order_of(ready)
        mine, theirs = self.sent(ready, [three, one, two], save=1), [two, one, three]
        arrange(ready, theirs, by=a_user(Role.EDITOR, name="何静"))
        answer = client.post(address, mine)
        assert answer.status_code == 409
        html_valid(answer.text)
        told = seen(answer)
        assert "何静" in told
        assert "您这一次没有保存" in told
        now, yours = told.split("您排的目录")
        assert [now.index(title) for title in titles(ready)] == sorted(
            now.index(title) for title in titles(ready)
        )
        wanted = ["三号窗口", "一盏灯", "两把椅子"]
        assert sorted(wanted, key=yours.index) == wanted
        assert make_up.order_of(ready) == theirs
        again = self.sent(ready, [three, one, two], save=1)
        assert f'value="{again["seen"]}"' in answer.text
        client.post(address, again)
        assert titles(ready) == wanted

    def test_what_somebody_took_out_or_placed_meanwhile_is_in_neither_lost(
        self, client, address, ready
    ):
        mine = self.sent(ready, make_up.order_of(ready)[::-1], save=1)
        other = a_user(Role.EDITOR)
        make_up.take_out(ready.articles.get(title="一盏灯"), by=other)
        make_up.place([accepted(title="三号窗口")], ready, by=other)
        answer = client.post(address, mine)
        assert answer.status_code == 409
        assert titles(ready) == ["两把椅子", "三号窗口"]
        yours = seen(answer).split("您排的目录")[1]
        assert yours.index("两把椅子") < yours.index("三号窗口")

    def test_who_moved_nothing_is_not_refused_for_what_others_moved(self, client, address, ready):
        article = accepted(title="三号窗口")
        page = self.sent(ready, place=1, chosen=[article.pk])
        arrange(ready, make_up.order_of(ready)[::-1], by=a_user(Role.EDITOR))
        assert client.post(address, page).status_code == 302
        assert titles(ready) == ["两把椅子", "一盏灯", "三号窗口"]

    def test_chosen_manuscripts_keep_the_order_of_the_page(self, client, address, ready):
        lot = [accepted(title=title) for title in ("丙", "甲", "乙")]
        page = client.get(address).text.split('id="placed"')[0]
        chosen = [int(pk) for pk in re.findall(r'name="chosen" value="(\d+)"', page)]
        assert chosen == [article.pk for article in lot]
        client.post(address, self.sent(ready, place=1, chosen=chosen))
        assert titles(ready) == ["一盏灯", "两把椅子", "丙", "甲", "乙"]

    def test_what_cannot_be_placed_stays_ticked(self, client, address, ready):
        gone, there = accepted(title="已编走"), accepted(title="还在")
        page = self.sent(ready, place=1, chosen=[gone.pk, there.pk])
        make_up.place([gone], an_issue(), by=a_user(Role.EDITOR))
        answer = client.post(address, page)
        assert answer.status_code == 422
        assert f'value="{there.pk}" checked' in answer.text

    def test_a_step_is_undone_by_its_button(self, client, address, ready, html_valid):
        article = ready.articles.get(title="一盏灯")
        client.post(address, self.sent(ready, take_out=article.pk))
        page = client.get(address)
        assert "移出《一盏灯》" in seen(page)
        html_valid(page.text)
        step = re.search(r'name="undo" value="(\d+)"', page.text)[1]
        assert client.post(address, {"undo": step}).status_code == 302
        assert titles(ready) == ["一盏灯", "两把椅子"]
        assert client.post(address, {"undo": step}).status_code == 409

    def test_numbers_that_were_typed_stay_where_one_is_missing(self, client, address, ready):
        one, two = make_up.order_of(ready)
        page = self.sent(ready, save=1) | {f"place-{one[0]}": "7", f"place-{two[0]}": ""}
        answer = client.post(address, page)
        assert answer.status_code == 422
        assert f'name="place-{one[0]}" value="7"' in answer.text
