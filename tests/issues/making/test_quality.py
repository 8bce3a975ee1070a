"""差错率 before signing, and 质检: what chance drew, the faults a person found, the rate."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from articles.models import Article
from articles.proofreading.weights import Kind
from issues.making import error_rate, quality, uncertainty
from issues.making.quality import Entry, NotAllowed, Stale
from issues.models import Issue, QualityCheck, QualityFault
from servicejournal import record
from servicejournal.roles import EDITORIAL, Role
from tests.factories import a_user, an_article, an_issue
from tests.pages import seen

pytestmark = pytest.mark.django_db

CLEAN = "<p>" + "雨下了一上午，门垫换了三回，谁也没有滑倒。" * 40 + "</p>"


@pytest.fixture
def issue() -> Issue:
    issue = an_issue(date=date(2026, 12, 18), articles=3)
    Article.objects.filter(issue=issue).update(body=CLEAN, length=840)
    return issue


@pytest.fixture
def editor(client):
    user = a_user(Role.EDITOR, name="程砚")
    client.force_login(user)
    return user


def wrong(article: Article, **facts) -> Entry:
    return Entry(**{"article": article.pk, "kind": Kind.CHARACTERS, "quote": "门殿"} | facts)


def address(issue: Issue) -> str:
    return f"/admin/issues/issue/{issue.pk}/quality/"


# The rate of the open findings -----------------------------


class TestTheRateBeforeSigning:
    def test_it_counts_what_is_surely_wrong_by_its_weight(self, issue):
        article = issue.articles.first()
        article.body = CLEAN + "<p>2023年5月1日（星期二）开门，他说,请坐。</p>"
        article.save()
        rate = error_rate.of(issue)
        assert rate.certain.faults == Decimal("1.1")
        assert rate.rate == Decimal("1.1") * 10_000 / rate.characters
        assert not rate.passes

    def test_doubts_are_told_apart_and_habits_do_not_count(self, issue):
        article = issue.articles.first()
        article.body = CLEAN + "<p>近日走访了三个网点：城东、城西。</p>"
        article.save()
        rate = error_rate.of(issue)
        assert (rate.certain.faults, rate.likely.faults) == (0, 1)

    def test_a_fault_on_the_cover_counts_double(self, issue):
        issue.cover_lines = "迫不急待的早晨"
        issue.save()
        rate = error_rate.of(issue)
        assert (rate.certain.faults, rate.certain.cover) == (2, 1)

    def test_the_same_fault_in_four_articles_counts_three_times(self, issue):
        an_article(issue=issue, position=9, status="accepted")
        for article in issue.articles.all():
            article.body = CLEAN + "<p>大家迫不急待。</p>"
            article.save()
        assert error_rate.of(issue).certain.faults == 3

    def test_the_questions_do_not_grow_with_the_issue(
        self, issue, django_assert_num_queries, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(12) as first:
            error_rate.of(issue)
        for position in range(10, 14):
            an_article(issue=issue, position=position, status="accepted")
        with django_assert_num_queries(len(first)):
            error_rate.of(issue)

    def test_the_release_page_says_it_and_how_it_came_about(
        self, client, editor, issue, html_valid
    ):
        article = issue.articles.first()
        article.body = CLEAN + "<p>大家迫不急待。他说,请坐。</p>"
        article.save()
        page = client.get(f"/admin/issues/issue/{issue.pk}/release/")
        text = seen(page)
        said = f"按计算方法约{error_rate.of(issue).rate:.1f}/10,000，超过了万分之二"
        assert said in text.replace(" ", "")
        assert "标点 1 0.1 0.1" in text
        assert "《期刊编校差错率计算方法》" in text
        html_valid(page.text)

    def test_of_what_is_out_and_of_nothing_there_is_none(self):
        assert error_rate.of(an_issue()) is None
        assert error_rate.of(an_issue(published=True, articles=1)) is None


# Chance -----------------------------


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.390), (100, 81.364, 121.627)],
)
def test_limits_are_garwoods(count, low, high):
    found = uncertainty.limits([Decimal(1)] * count)
    assert found == pytest.approx((low, high), abs=0.001)


def test_limits_of_light_faults_reckon_with_a_heavier_one():
    low, high = uncertainty.limits([Decimal("0.1")] * 10)
    assert low == pytest.approx(0.4795, abs=0.001)
    assert 1.8390 < high < 18.390
    assert uncertainty.limits([Decimal("0.1")])[1] > 3


# 质检 by a person -----------------------------


class TestDrawing:
    def test_the_same_seed_draws_the_same(self, issue):
        editor = a_user(Role.EDITOR)
        drawn = []
        for _ in range(2):
            check = quality.draw(issue, by=editor, wanted=900, seed=7)
            drawn.append([text["article"] for text in check.drawn])
            quality.drop(check, by=editor, seen=quality.state(check))
        assert drawn[0] == drawn[1]
        assert len(drawn[0]) == 2
        assert check.characters == 1680

    def test_everything_is_drawn_where_enough_is_asked_for(self, issue):
        check = quality.draw(issue, by=a_user(Role.EDITOR), wanted=100_000)
        assert check.is_whole
        assert check.edition is None

    def test_it_is_in_the_record_with_its_seed(self, issue):
        check = quality.draw(issue, by=a_user(Role.EDITOR))
        row = record.of(issue)[0]
        assert (row.verb, row.what["seed"]) == ("抽取质检", check.seed)

    def test_what_is_out_is_drawn_from_its_edition_and_stays_with_it(self, issue_out):
        article = issue_out.articles.first()
        Article.objects.filter(pk=article.pk).update(title="后来改的题目")
        check = quality.draw(issue_out, by=a_user(Role.EDITOR), wanted=100_000)
        assert check.edition == issue_out.standing
        assert "后来改的题目" not in {text["title"] for text in check.drawn}

    def test_one_at_a_time(self, issue):
        editor = a_user(Role.EDITOR)
        quality.draw(issue, by=editor)
        with pytest.raises(NotAllowed, match="还没有完成"):
            quality.draw(issue, by=editor)

    @pytest.mark.parametrize("role", Role)
    def test_only_editors_draw(self, issue, role):
        person = a_user(role)
        if role in EDITORIAL:
            quality.draw(issue, by=person)
        else:
            with pytest.raises(NotAllowed, match="质检由编辑来做"):
                quality.draw(issue, by=person)


@pytest.fixture
def issue_out() -> Issue:
    return an_issue(published=True, articles=2)


class TestFaults:
    @pytest.fixture
    def check(self, issue) -> QualityCheck:
        return quality.draw(issue, by=a_user(Role.EDITOR), wanted=100_000)

    def enter(self, check, **facts) -> QualityFault:
        article = check.issue.articles.first()
        entry = wrong(article, **facts)
        return quality.enter(check, entry, by=a_user(Role.EDITOR), seen=quality.state(check))

    @pytest.mark.parametrize(
        ("facts", "weight"),
        [
            ({"right": "门垫"}, "1"),
            ({"quote": "滑到了又滑到", "right": "滑倒了又滑倒"}, "2"),
            ({"kind": Kind.MARK, "quote": "，，"}, "0.1"),
            ({"kind": Kind.FACT, "is_double": True}, "2"),
            ({"kind": Kind.MARK, "weight": Decimal("0.5")}, "0.5"),
        ],
    )
    def test_a_fault_weighs_what_the_method_says_or_the_checker(self, check, facts, weight):
        assert self.enter(check, **facts).weight == Decimal(weight)

    def test_the_rate_is_of_what_was_read_and_whole_has_no_doubt(self, check):
        self.enter(check)
        found = quality.result(check, check.faults.standing())
        assert found.rate == Decimal(10_000) / check.characters
        assert found.low == found.high == found.rate

    def test_a_part_has_its_limits(self, issue):
        check = quality.draw(issue, by=a_user(Role.EDITOR), wanted=100)
        found = quality.result(check, [])
        assert (found.rate, found.low) == (0, 0)
        assert float(found.high) == pytest.approx(3.689 * 10_000 / 840, rel=0.001)
        assert found.passes
        assert not found.is_sure

    def test_the_same_fault_counts_three_times_at_most(self, check):
        for _ in range(4):
            self.enter(check, right="门垫")
        found = quality.result(check, check.faults.standing())
        assert (found.places, found.counted, found.faults) == (4, 3, 3)

    def test_what_was_struck_stays_and_counts_no_more(self, check):
        fault = self.enter(check)
        quality.strike(fault, by=a_user(Role.EDITOR), seen=quality.state(check))
        assert quality.result(check, check.faults.standing()).faults == 0
        assert check.faults.count() == 1

    def test_an_article_that_was_not_drawn_is_refused(self, check):
        entry = wrong(an_article(status="accepted"))
        with pytest.raises(NotAllowed, match="不在抽到的里面"):
            quality.enter(check, entry, by=a_user(Role.EDITOR), seen=quality.state(check))

    def test_an_old_page_enters_and_finishes_nothing(self, check):
        old = quality.state(check)
        self.enter(check)
        article = check.issue.articles.first()
        editor = a_user(Role.EDITOR)
        with pytest.raises(Stale, match="记下了“门殿”"):
            quality.enter(check, wrong(article), by=editor, seen=old)
        with pytest.raises(Stale):
            quality.finish(check, by=editor, seen=old)
        quality.finish(check, by=editor, seen=quality.state(check))
        with pytest.raises(Stale, match="完成"):
            quality.finish(check, by=editor, seen=quality.state(check))

    def test_finished_it_is_by_name_and_in_the_record_with_its_rate(self, check):
        editor = a_user(Role.EDITOR, name="程砚")
        self.enter(check)
        found = quality.finish(check, by=editor, words="别字少", seen=quality.state(check))
        check.refresh_from_db()
        assert (check.finished_by, check.words) == (editor, "别字少")
        row = record.of(check.issue)[0]
        assert (row.verb, row.what["rate"], row.why) == ("完成质检", f"{found.rate:.1f}", "别字少")

    @pytest.mark.parametrize("role", [role for role in Role if role not in EDITORIAL])
    def test_only_editors_enter_and_finish(self, check, role):
        person, now = a_user(role), quality.state(check)
        with pytest.raises(NotAllowed, match="质检由编辑来做"):
            quality.enter(check, wrong(check.issue.articles.first()), by=person, seen=now)
        with pytest.raises(NotAllowed, match="质检由编辑来做"):
            quality.finish(check, by=person, seen=now)


def test_a_check_and_its_faults_are_whole_in_the_database(issue):
    editor = a_user(Role.EDITOR)
    facts = {"issue": issue, "seed": 1, "drawn": [], "drawn_by": editor}
    for broken in (
        {"characters": 0, "whole": 0},
        {"characters": 5, "whole": 4},
        {"characters": 5, "whole": 5, "finished_by": editor},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            QualityCheck.objects.create(**facts | broken)
    check = QualityCheck.objects.create(**facts, characters=5, whole=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        QualityCheck.objects.create(**facts, characters=5, whole=5)
    told = {"inspection": check, "article": issue.articles.first(), "entered_by": editor}
    whole = {"kind": "mark", "quote": "，，", "weight": Decimal("0.1")}
    for broken in ({"quote": ""}, {"weight": 0}, {"weight": 9}, {"kind": "other"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            QualityFault.objects.create(**told, **whole | broken)


class TestThePage:
    def post(self, client, issue, **data):
        check = issue.quality_checks.first()
        shown = {"check_shown": check.pk, "seen": quality.state(check)} if check else {}
        return client.post(address(issue), shown | data, follow=True)

    def test_from_drawing_to_the_release_page(self, client, editor, issue, html_valid):
        html_valid(client.get(address(issue)).text)
        page = self.post(client, issue, step="draw", wanted=100_000)
        assert "抽到 3 篇，2520 字" in seen(page)
        article = issue.articles.first()
        page = self.post(
            client, issue, step="enter", article=article.pk, kind="characters", quote="门<b>殿"
        )
        assert "记下了“门<b>殿”，计错 1" in seen(page)
        html_valid(page.text)
        page = self.post(client, issue, step="finish", words="还行")
        assert "质检完成，差错率 4.0/10,000" in seen(page)
        html_valid(page.text)
        text = seen(client.get(f"/admin/issues/issue/{issue.pk}/release/"))
        assert "4.0/10,000 · 全期都查了 · 超过万分之二，不合格" in text

    def test_an_old_page_is_refused_and_keeps_what_was_typed(self, client, editor, issue):
        self.post(client, issue, step="draw", wanted=100_000)
        check, article = issue.quality_checks.get(), issue.articles.first()
        old = quality.state(check)
        quality.enter(check, wrong(article), by=a_user(Role.EDITOR, name="苏晚晴"), seen=old)
        typed = {"article": article.pk, "kind": "mark", "quote": "，，", "right": "，"}
        page = client.post(
            address(issue), {"step": "enter", "check_shown": check.pk, "seen": old, **typed}
        )
        assert page.status_code == 409
        assert "苏晚晴记下了“门殿”" in seen(page)
        assert 'value="，，"' in page.text
        assert check.faults.count() == 1

    def test_a_check_that_was_dropped_meanwhile_keeps_what_was_typed(self, client, editor, issue):
        self.post(client, issue, step="draw")
        check = issue.quality_checks.get()
        now = quality.state(check)
        quality.drop(check, by=editor, seen=now)
        article = issue.articles.first().pk
        typed = {"step": "enter", "article": article, "kind": "mark", "quote": "，，"}
        page = client.post(address(issue), {"check_shown": check.pk, "seen": now, **typed})
        assert page.status_code == 409
        assert "已经作废" in seen(page)
        assert "，，" in page.text

    def test_a_fault_without_its_words_is_refused_in_a_sentence(self, client, editor, issue):
        self.post(client, issue, step="draw")
        page = self.post(client, issue, step="enter", kind="mark", right="，")
        assert page.status_code == 422
        assert "请照抄错的那几个字。" in seen(page)

    def test_who_may_not_act_is_told_so_and_others_do_not_see_it(self, client, issue):
        client.force_login(a_user(Role.AUDITOR))
        page = client.get(address(issue))
        assert "质检由编辑来做，您的角色只能看。" in seen(page)
        assert 'value="draw"' not in page.text
        client.force_login(a_user())
        assert client.get(address(issue)).status_code in (302, 403)

    def test_the_questions_do_not_grow_with_checks_and_faults(
        self, client, editor, issue, django_assert_num_queries, django_assert_max_num_queries
    ):
        article = issue.articles.first()

        def one_more(faults: int) -> None:
            check = quality.draw(issue, by=editor, wanted=100_000)
            for n in range(faults):
                entry = wrong(article, quote=f"门殿{n}")
                quality.enter(check, entry, by=editor, seen=quality.state(check))
            quality.finish(check, by=editor, seen=quality.state(check))

        one_more(1)
        client.get(address(issue))
        with django_assert_max_num_queries(30) as first:
            client.get(address(issue))
        one_more(3)
        with django_assert_num_queries(len(first)):
            client.get(address(issue))
