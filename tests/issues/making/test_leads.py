"""头条：which articles lead an issue, and in what order."""

import pytest

from issues import contents
from issues.making import make_up
from issues.making.publication import NotAllowed, Stale
from servicejournal import record
from tests.factories import a_section, a_user, accepted
from tests.issues.making.orders_of import lead_with
from tests.pages import seen

pytestmark = pytest.mark.django_db


class TestLeads:
    """头条: one or two articles that the page of the issue shows large."""

    def test_two_may_lead_and_others_take_their_place(self, ready, editor):
        one, two = contents.of(ready).articles
        lead_with(ready, two, one, by=editor)
        assert make_up.leads_of(ready) == [two.pk, one.pk]
        lead_with(ready, one, by=editor)
        assert make_up.leads_of(ready) == [one.pk]
        assert record.of(ready).filter(verb="定头条").count() == 2

    def test_what_cannot_lead_is_refused_with_a_sentence(self, ready, editor):
        one, _two = contents.of(ready).articles
        foreword = accepted(title="开头的话", section=a_section("preamble"))
        make_up.place([foreword], ready, by=editor)
        for wrong in ([one, one], [foreword], [accepted(title="还没编入的")]):
            with pytest.raises(NotAllowed, match="头条"):
                lead_with(ready, *wrong, by=editor)
        with pytest.raises(NotAllowed, match="角色"):
            lead_with(ready, one, by=a_user())
        assert make_up.leads_of(ready) == []

    def test_choosing_from_an_old_page_is_refused(self, ready, editor):
        one, two = contents.of(ready).articles
        lead_with(ready, one, by=editor)
        with pytest.raises(Stale, match="有人改过头条"):
            make_up.lead_with(ready, [two.pk], by=editor, made_from=[])

    def test_a_lead_that_is_taken_out_leads_again_when_that_is_undone(self, ready, editor):
        one, two = contents.of(ready).articles
        lead_with(ready, one, two, by=editor)
        make_up.take_out(one, by=editor)
        assert make_up.leads_of(ready) == [two.pk]
        make_up.undo(ready, by=editor, step=make_up.undoable(ready, editor).pk)
        assert make_up.leads_of(ready) == [one.pk, two.pk]

    def test_a_step_of_the_board_takes_a_lead_along_and_its_undo_brings_it_back(
        self, ready, editor
    ):
        """To the pile, or to the preamble, which does not lead."""
        one, two = contents.of(ready).articles
        lead_with(ready, one, two, by=editor)
        for to in (None, a_section("preamble")):
            order = make_up.order_of(ready)
            make_up.move(ready, [one.pk], to=to, by=editor, made_from=order)
            assert make_up.leads_of(ready) == [two.pk]
            make_up.undo(ready, by=editor, step=make_up.undoable(ready, editor).pk)
            assert make_up.leads_of(ready) == [one.pk, two.pk]

    def test_who_leads_now_is_not_undone_with_a_step(self, ready, editor):
        one, two = contents.of(ready).articles
        lead_with(ready, one, by=editor)
        order = make_up.order_of(ready)
        make_up.move(ready, [one.pk], to=None, by=editor, made_from=order)
        lead_with(ready, two, by=editor)
        make_up.undo(ready, by=editor, step=make_up.undoable(ready, editor).pk)
        assert make_up.leads_of(ready) == [two.pk]

    def test_the_page_keeps_leads_and_refuses_those_of_an_old_one(self, client, ready, editor):
        one, two = contents.of(ready).articles
        client.force_login(editor)
        page = f"/admin/issues/issue/{ready.pk}/board/"
        assert "头条" in client.get(page).text
        typed = {"seen_leads": "", "lead": [two.pk, one.pk], "leads": "1"}
        assert client.post(page, typed).status_code == 302
        assert make_up.leads_of(ready) == [two.pk, one.pk]
        stale = client.post(page, {**typed, "lead": [one.pk, ""]})
        assert stale.status_code == 409
        assert "现在的头条：《两把椅子》《一盏灯》" in seen(stale)
        assert f'<option value="{one.pk}" selected>一盏灯' in stale.text
        assert make_up.leads_of(ready) == [two.pk, one.pk]
