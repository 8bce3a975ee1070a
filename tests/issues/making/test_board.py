"""The board: pages that texts take, the flat plan, the plan, and what two editors see."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, HouseTerm
from issues import contents
from issues.exports import book, outputs, pdf
from issues.making import make_up
from issues.making.board import cards, flat, measuring, plans, view
from issues.making.publication import NotAllowed, Stale
from issues.models import FindingCount, Issue, LaidPage, LaidPart, PagePlan
from servicejournal import record
from servicejournal.roles import Role
from tests.factories import (
    a_call,
    a_picture,
    a_section,
    a_user,
    accepted,
    an_article,
    an_issue,
)
from tests.pages import seen

pytestmark = pytest.mark.django_db
LONG = "".join(f"<p>{'柜台内外的一件小事，写得很慢，也很细。' * 12}</p>" for _ in range(9))
SHORT = f"<p>{'一件小事。' * 40}</p>"


def laid(article: Article, issue: Issue) -> LaidPart:
    card = next(c for c in cards.of(issue).all if c.article == article)
    assert card.laid
    return card.laid


@pytest.fixture
def editor(client):
    user = a_user(Role.EDITOR, name="周以宁")
    client.force_login(user)
    return user


@pytest.fixture
def address(ready, editor) -> str:
    return f"/admin/issues/issue/{ready.pk}/board/"


class TestMeasures:
    """By the compositor, as it sets the issue; nothing here is a guess."""

    def test_the_flat_plan_has_the_pages_of_the_pdf_and_a_move_draws_only_what_changed(
        self, editor
    ):
        issue = an_issue(theme="灯")
        emotion = a_section("service-emotion")
        picture = a_picture()
        long = an_article(title="长文", issue=issue, body=LONG + LONG)
        shown = an_article(title="有图", issue=issue)
        shown.pictures.add(picture)
        shown.body = f'{LONG}<figure><img src="/pictures/{picture.token}/" alt="灯"></figure>'
        shown.save()
        brief = an_article(title="短文", issue=issue, body=SHORT)
        feeling = an_article(title="情思", issue=issue, body=LONG, section=emotion)
        an_article(title="卷首", issue=issue, section=a_section("preamble"))
        waiting = accepted(title="待编的", body=SHORT, section=emotion)
        measuring.measure.call(issue.pk)

        deck = cards.of(issue)
        plan = flat.of(issue, deck)
        printed = pdf.render(book.of(issue), book.face_of(issue), outputs.read, deck.faces)
        assert plan.total == printed.pages
        begins = next(page.number for page in plan.pages if "长文" in page.titles)
        assert begins == printed.starts[1]
        assert laid(shown, issue).figures == 1
        assert laid(brief, issue).is_short
        run = next(part for part in plan.parts if brief in [c.article for c in part.cards])
        assert [card.article for card in run.cards] == [long, shown, brief]
        told = [(each.card.article.title, why) for each in plan.filled for why in each.steps]
        assert told == [(each.title, each.words) for each in printed.filled]
        assert told
        assert laid(long, issue).pages >= 2
        assert laid(waiting, issue).pages == 1

        before = set(LaidPart.objects.values_list("pk", flat=True))
        order = make_up.order_of(issue)
        make_up.move(issue, [waiting.pk], to=emotion, before=feeling.pk, by=editor, made_from=order)
        measuring.measure.call(issue.pk)
        anew = set(LaidPart.objects.values_list("pk", flat=True)) - before
        assert len(anew) == 2  # the section, and the front with its contents
        assert flat.of(issue, cards.of(issue)).total

    def test_a_nearly_empty_page_says_what_would_fill_it(self, editor):
        issue = an_issue()
        text = LONG
        an_article(title="差一点", issue=issue, body=text)
        accepted(title="接一篇", body=SHORT)
        part = LaidPart.objects.create
        deck = cards.of(issue)
        for card in deck.all:
            part(digest=card.text, pages=2, fill=0.2, is_short=card.article.title == "接一篇")
        deck = cards.of(issue)
        for each in flat.of(issue, deck).parts:
            made = part(digest=each.digest, pages=2)
            for number, fill in ((1, 1.0), (2, 0.2 if each.kind == "run" else 0.0)):
                LaidPage.objects.create(
                    part=made, number=number, fill=fill, right_first=b"r", left_first=b"l"
                )
        marked = {page.number: (page.mark, page.hint) for page in flat.of(issue, deck).marked}
        assert marked[2] == ("白页", "放一幅整页图，或调换前面的次序。")
        mark, hint = marked[4]
        assert mark == "近空"
        assert re.search(r"还空约 1\d\d0 字，可以配一张图、提一句引语，或接排《接一篇》", hint)

    def test_a_measure_belongs_to_the_text_that_was_measured(self, ready):
        article = contents.of(ready).articles[0]
        texts = [cards.of(ready).placed[0].text]
        article.body = LONG
        article.save()
        texts.append(cards.of(ready).placed[0].text)
        signed = article.authorships.get()
        signed.author_name = "别名"
        signed.save()
        texts.append(cards.of(ready).placed[0].text)
        assert len(set(texts)) == 3

    def test_what_nobody_looked_at_for_long_is_forgotten(self):
        old = timezone.now() - timedelta(days=61)
        LaidPart.objects.create(digest="a" * 64, pages=1, begun_at=old)
        kept = LaidPart.objects.create(digest="b" * 64, pages=1)
        assert measuring.forget_the_old() == 1
        assert list(LaidPart.objects.all()) == [kept]

    def test_two_workers_do_not_measure_the_same_and_one_that_died_is_replaced(self):
        assert measuring._claim("c" * 64)
        assert not measuring._claim("c" * 64)
        LaidPart.objects.update(begun_at=timezone.now() - timedelta(minutes=3))
        assert measuring._claim("c" * 64)
        assert not measuring._claim("c" * 64)

    def test_findings_are_counted_anew_when_the_houses_words_change(self, ready):
        deck = cards.of(ready)
        measuring._count(deck.all)
        assert all(card.findings for card in cards.of(ready).all)
        HouseTerm.objects.create(word="小事", preferred="要事", level="block")
        assert not any(card.findings for card in cards.of(ready).all)
        measuring._count(cards.of(ready).all)
        assert [card.findings.blocking for card in cards.of(ready).placed] == [1, 1]
        assert FindingCount.objects.count() == 4


class TestThePage:
    def test_a_card_says_what_an_editor_decides_by(self, client, address, ready, html_valid):
        other = an_issue(year=ready.year, number=53)
        signed = [("东岭支行", "高志远")]
        for _ in range(2):
            an_article(issue=other, authors=signed)
        waiting = accepted(title="三号窗口", authors=signed, call=a_call(theme="冬天"))
        for card in cards.of(ready).all:
            LaidPart.objects.create(digest=card.text, pages=3, fill=0.25, figures=2)
        measuring._count(cards.of(ready).all)
        page = client.get(address)
        html_valid(page.text)
        card = re.search(rf'<li data-article="{waiting.pk}">.*?</li>', page.text, re.DOTALL)[0]
        told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", card))
        for words in ("三号窗口", "东岭支行 高志远", "3 页", "末页 25%", "图 2", "应征“冬天”",
                      "单位今年 2", "作者今年 2"):  # fmt: skip
            assert words in told

    def test_what_is_not_measured_yet_is_being_measured_and_not_guessed(self, client, address):
        told = seen(client.get(address))
        assert "正在量" in told
        assert not re.search(r"\d+ 页", told.split("台版图")[0])

    def test_the_pile_is_looked_through_by_each_of_its_filters(self, client, address, ready):
        section = a_section("service-emotion")
        call = a_call(theme="冬天")
        month = timezone.now() - timedelta(days=40)
        odd = accepted(
            title="要找的", section=section, call=call, stage_since=month,
            authors=[("西山支行", "沈青")], body=LONG,
        )  # fmt: skip
        other = an_issue(year=ready.year, number=53)
        for _ in range(2):
            an_article(issue=other, authors=[("南桥支行", "白描")])
        accepted(title="另一篇", authors=[("南桥支行", "白描")])
        branch = odd.authorships.get().branch_id
        for asked in (
            f"section={section.pk}", f"branch={branch}", "age=30", "length=1500-3000",
            f"call={call.pk}", "branch_times=0", "author_times=1",
        ):  # fmt: skip
            pile = client.get(f"{address}?{asked}").text.split('id="waiting"')[1]
            pile = pile.split('id="placed"')[0]
            assert "要找的" in pile, asked
            assert "另一篇" not in pile, asked

    def test_the_number_of_queries_does_not_grow(self, client, address, ready):
        counts = set()
        for _ in range(2):
            with CaptureQueriesContext(connection) as page:
                client.get(address)
            with CaptureQueriesContext(connection) as state:
                client.get(f"{address}state/")
            counts.add((len(page), len(state)))
            for n in range(3):
                an_article(issue=ready, authors=[("某支行", f"某人{n}")])
                accepted(authors=[("别的支行", f"别人{n}")])
        assert len(counts) == 1
        assert max(*counts) <= 40

    def test_several_are_moved_together_without_a_script(self, client, address, ready):
        one, two = contents.of(ready).articles
        three = accepted(title="三号窗口")
        data = {"seen": " ".join(f"{pk}:{at}" for pk, at in make_up.order_of(ready)), "move": 1}
        emotion = a_section("service-emotion")
        chosen = [two.pk, three.pk]
        client.post(address, {**data, "chosen": chosen, "to": emotion.pk})
        assert list(emotion.articles.filter(issue=ready).order_by("position")) == [two, three]
        assert client.post(address, {**data, "chosen": [one.pk], "to": "pile"}).status_code == 409
        data["seen"] = " ".join(f"{pk}:{at}" for pk, at in make_up.order_of(ready))
        client.post(address, {**data, "chosen": [one.pk, two.pk], "to": "pile"})
        assert contents.of(ready).articles == (three,)
        told = seen(client.post(address, {**data, "chosen": [one.pk], "to": ""}))
        assert "请先选要移到哪个栏目" in told

    def test_the_old_address_leads_there_with_what_was_sent(self, client, address, ready):
        answer = client.post(address.replace("board", "make-up"), {"place": 1})
        assert (answer.status_code, answer.headers["Location"]) == (307, address)


class TestSteps:
    def step(self, client, address, order, **what):
        written = " ".join(f"{pk}:{section}" for pk, section in order)
        return client.post(f"{address}step/", {"seen": written, **what})

    def test_a_step_is_saved_and_brings_the_board_anew(self, client, address, ready):
        one, two = contents.of(ready).articles
        answer = self.step(
            client, address, make_up.order_of(ready),
            articles=two.pk, to=a_section().pk, before=one.pk,
        )  # fmt: skip
        told = answer.json()
        assert contents.of(ready).articles == (two, one)
        assert told["seen"] == f"{two.pk}:{a_section().pk} {one.pk}:{a_section().pk}"
        assert "撤销编排" in told["parts"]["undo"]
        undo = re.search(r'name="undo" value="(\d+)"', told["parts"]["undo"])[1]
        self.step(client, address, make_up.order_of(ready), undo=undo)
        assert contents.of(ready).articles == (one, two)

    def test_a_step_brings_what_may_lead_now_and_what_may_still_be_placed(
        self, client, address, ready
    ):
        """Else the page's other forms are sent from what is not there any more."""
        moved, waiting = accepted(title="三号窗口"), accepted(title="四封信")
        without = accepted(title="没有栏目", section=None)
        order = make_up.order_of(ready)
        told = self.step(client, address, order, articles=moved.pk, to=a_section().pk).json()
        assert "三号窗口" in told["parts"]["leads"]
        assert told["placeable"] == str(waiting.pk)
        assert without.pk in told["pile"]

    def test_who_leads_is_seen_by_others(self, client, address, ready, editor):
        version = view.version_of(ready)
        one = contents.of(ready).articles[0]
        make_up.lead_with(ready, [one.pk], by=editor, made_from=[])
        told = client.get(f"{address}state/?version={version}")
        assert f'value="{one.pk}" selected' in told.json()["parts"]["leads"]

    def test_a_stale_one_is_refused_with_both_orders_and_nothing_is_lost(
        self, client, address, ready
    ):
        one, two = contents.of(ready).articles
        order, here = make_up.order_of(ready), a_section().pk
        other = a_user(Role.EDITOR, name="何静")
        three = accepted(title="三号窗口")
        make_up.place([three], ready, by=other)
        sent = {"articles": two.pk, "to": here, "before": one.pk}
        answer = self.step(client, address, order, **sent)
        told = answer.json()
        assert answer.status_code == 409
        assert "何静" in told["said"]
        assert told["now"] == [
            {"section": "服务管理", "titles": ["一盏灯", "两把椅子", "三号窗口"]}
        ]
        assert told["yours"] == [{"section": "服务管理", "titles": ["两把椅子", "一盏灯"]}]
        assert contents.of(ready).articles == (one, two, three)
        again = json.loads(json.dumps(sent)) | {"seen": told["seen"]}
        assert client.post(f"{address}step/", again).status_code == 200
        assert contents.of(ready).articles == (two, one, three)

    def test_what_others_did_is_seen_and_nothing_is_sent_while_nothing_happened(
        self, client, address, ready
    ):
        version = client.get(f"{address}state/").json()["version"]
        same = client.get(f"{address}state/?version={version}")
        assert (same.status_code, same.content) == (204, b"")
        make_up.place([accepted(title="三号窗口")], ready, by=a_user(Role.EDITOR))
        told = client.get(f"{address}state/?version={version}").json()
        assert len(told["seen"].split()) == 3

    def test_a_measure_that_came_in_is_seen_too(self, client, address, ready):
        version = view.version_of(ready)
        LaidPart.objects.create(digest="d" * 64)
        assert view.version_of(ready) == version  # begun is not made
        LaidPart.objects.update(pages=2)
        assert view.version_of(ready) != version

    def test_steps_are_the_editors_alone(self, client, address, ready):
        client.force_login(a_user(Role.AUDITOR))
        page = LaidPage.objects.create(
            part=LaidPart.objects.create(digest="e" * 64, pages=1),
            number=1, fill=1, right_first=b"r", left_first=b"l",
        )  # fmt: skip
        sheet = f"/admin/issues/issue/board/sheets/{page.pk}/left.webp"
        for path in (address, f"{address}state/", sheet):
            assert client.get(path).status_code == 403
        assert client.post(f"{address}step/", {}).status_code == 403
        client.force_login(a_user(Role.EDITOR))
        answer = client.get(sheet)
        assert (answer.content, answer.headers["Content-Type"]) == (b"l", "image/webp")
        assert "immutable" in answer.headers["Cache-Control"]


class TestThePlan:
    """设想"""

    def test_pages_by_section_and_for_the_whole_stand_beside_what_is_there(
        self, client, address, ready
    ):
        section = a_section()
        client.post(address, {"plan": 1, "plan_seen": "", "plan-0": "32", f"plan-{section.pk}": 6})
        assert plans.of(ready) == {0: 32, section.pk: 6}
        told = seen(client.get(address))
        assert "设想 32" in told
        assert "设想 6 页" in told
        assert record.of(ready).first().verb == "设想"

    def test_an_old_page_does_not_write_over_it_and_odd_numbers_are_refused(
        self, client, address, ready, editor
    ):
        plans.set_pages(ready, {0: 24}, by=editor, made_from="")
        with pytest.raises(Stale, match="有人改过"):
            plans.set_pages(ready, {0: 32}, by=editor, made_from="")
        for typed in ("0", "401", "许多", "-4"):
            data = {"plan": 1, "plan_seen": "0:24", "plan-0": typed}
            assert client.post(address, data).status_code == 422
        assert plans.of(ready) == {0: 24}
        with pytest.raises(NotAllowed):
            plans.set_pages(ready, {0: 8}, by=a_user(Role.AUDITOR), made_from="0:24")
        assert PagePlan.objects.count() == 1
