"""服务回声: what readers write, what the desk does with it, and what then stands at the article."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, Notice
from issues.echoes import deciding, forgetting, helpful, sending
from issues.making import withdrawals
from issues.models import DailyCount, DailySalt, Echo, HelpfulToday, Issue
from issues.reading import store
from issues.reminders import ROUNDS
from servicejournal import record
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_issue
from tests.pages import seen

pytestmark = pytest.mark.django_db

WORDS = "我们网点也有这样一位老人，\n读完我把椅子往门口挪了一米。"
OUR_PAGE = {"Sec-Fetch-Site": "same-origin", "User-Agent": "Mozilla/5.0 一台电脑"}


@pytest.fixture
def article() -> Article:
    issue = an_issue(published=True)
    return an_article(issue=issue, title="把椅子挪近一米")


def a_letter(article: Article, words: str = WORDS) -> Echo:
    return sending.send(article.pk, name="林晓", branch="南湖支行", words=words)


def page_of(article: Article) -> str:
    return f"/articles/{article.pk}/letters/"


def write(client, article: Article, **typed):
    told = {"words": WORDS, "name": "林晓", "branch": "", "website": "", **typed}
    return client.post(page_of(article), told)


class TestWriting:
    def test_a_letter_is_kept_back_with_nothing_of_who_sent_it(self, client, article):
        answer = write(client, article)
        # The thanks stand at the top of what the browser goes to, and not above it.
        assert (answer.status_code, answer["Location"]) == (302, f"{page_of(article)}#main")
        letter = Echo.objects.get()
        assert (letter.words, letter.name, letter.status) == (WORDS, "林晓", "waiting")
        kept = {field.name for field in Echo._meta.concrete_fields}
        assert not kept & {"address", "account", "user", "email", "by"}
        assert "椅子往门口" not in seen(client.get(article.get_absolute_url()))
        answer = client.get(page_of(article))
        assert answer["Cache-Control"] == "private, no-store"
        assert "椅子往门口" not in seen(answer)

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            ("", "请写几句话"),
            ("好！", "至少 5 个字"),
            ("长" * 1001, "最多 1000 字"),
            ("请打我的手机13800138000，我姓林。", "请删去"),
            ("我的身份证号11010119900307663X，请查。", "请删去"),
        ],
    )
    def test_what_cannot_be_printed_comes_back_with_what_to_do(self, client, article, words, told):
        answer = write(client, article, words=words)
        assert answer.status_code == 422
        assert told in seen(answer)
        assert words in answer.text
        assert not Echo.objects.exists()

    def test_the_page_is_valid_with_and_without_letters_and_words(
        self, client, article, html_valid
    ):
        html_valid(write(client, article, words="好！").text)
        deciding.pass_on(a_letter(article), by=a_user(Role.EDITOR))
        html_valid(client.get(page_of(article)).text)
        html_valid(client.get(article.get_absolute_url()).text)

    def test_a_number_in_the_name_is_found_too(self, client, article):
        assert write(client, article, name="林13800138000").status_code == 422

    def test_a_program_that_fills_in_everything_is_thanked_and_not_kept(self, client, article):
        assert write(client, article, website="https://example.com").status_code == 302
        assert not Echo.objects.exists()

    def test_sent_twice_it_is_one_letter(self, client, article):
        write(client, article)
        write(client, article)
        assert Echo.objects.count() == 1

    def test_one_address_writes_so_many_an_hour_and_loses_no_word(self, client, article):
        for number in range(10):
            assert write(client, article, words=f"{WORDS}{number}").status_code == 302
        answer = write(client, article, words="第十一封也写得很长")
        assert answer.status_code == 429
        assert "第十一封也写得很长" in answer.text

    def test_nobody_writes_about_what_is_not_out_or_was_taken_back(self, client, article):
        chief = a_user(Role.CHIEF_EDITOR)
        waiting = an_article(status="submitted")
        assert client.get(page_of(waiting)).status_code == 404
        passed = a_letter(article)
        deciding.pass_on(passed, by=chief)
        withdrawals.withdraw(Issue.objects.get(), by=chief, why="要重做")
        for address in (page_of(article), article.get_absolute_url()):
            answer = client.get(address)
            assert answer.status_code == 410, address
            assert "椅子往门口" not in seen(answer)
        assert write(client, article).status_code == 410
        assert not Echo.objects.waiting().exists()


class TestTheDesk:
    def test_what_is_passed_stands_at_once_on_the_stored_page(self, client, article):
        letter, editor = a_letter(article), a_user(Role.EDITOR)
        shown = article.get_absolute_url()
        client.get(shown)
        before = Issue.objects.get().standing_id
        deciding.pass_on(letter, by=editor)
        assert "椅子往门口" in seen(client.get(shown))
        assert "南湖支行 林晓" in seen(client.get(shown))
        assert store.get(store.state(), store.name_of(shown)) is not None
        assert Issue.objects.get().standing_id == before
        told = record.of(letter).get()
        assert (told.verb, told.what["after"]) == ("处理读者来信", "已登出")
        notice = Notice.objects.get(kind=Notice.Kind.ECHO)
        assert notice.recipient == article.contributor
        deciding.take_down(letter, by=editor, why="作者来说不妥")
        assert "椅子往门口" not in seen(client.get(shown))

    def test_the_slower_of_two_is_told(self, client, article):
        letter = a_letter(article)
        deciding.refuse(letter, by=a_user(Role.EDITOR), why="不谈文章")
        client.force_login(a_user(Role.EDITOR))
        page = f"/admin/issues/echo/{letter.pk}/change/"
        answer = client.post(page, {"step": "pass"})
        assert answer.status_code == 409
        assert "已经处理过这封来信" in seen(answer)
        assert "不谈文章" in seen(answer)

    def test_a_reason_is_given_for_what_is_not_shown(self, client, article):
        letter = a_letter(article)
        client.force_login(a_user(Role.EDITOR))
        page = f"/admin/issues/echo/{letter.pk}/change/"
        answer = client.post(page, {"step": "refuse", "why": " "})
        assert (answer.status_code, "理由" in seen(answer)) == (422, True)
        assert client.post(page, {"step": "refuse", "why": "不谈文章"}).status_code == 302
        letter.refresh_from_db()
        assert (letter.status, letter.why) == ("refused", "不谈文章")

    def test_nobody_chooses_letters_about_their_own_manuscript(self, client, article):
        letter, editor = a_letter(article), a_user(Role.EDITOR)
        Article.objects.filter(pk=article.pk).update(contributor=editor)
        with pytest.raises(deciding.NotAllowed, match="您自己的文章"):
            deciding.pass_on(letter, by=editor)
        with pytest.raises(deciding.NotAllowed, match="角色"):
            deciding.pass_on(letter, by=a_user(Role.AUDITOR))
        client.force_login(editor)
        assert "等您看的读者来信" not in seen(client.get("/admin/"))
        client.force_login(a_user(Role.EDITOR))
        assert "等您看的读者来信（1）" in seen(client.get("/admin/"))

    def test_the_best_become_a_draft_that_names_its_source(self, client, article):
        letter, editor = a_letter(article), a_user(Role.EDITOR)
        deciding.pass_on(letter, by=editor)
        client.force_login(editor)
        page = f"/admin/issues/echo/{letter.pk}/change/"
        assert client.post(page, {"step": "make"}).status_code == 302
        letter.refresh_from_db()
        made = letter.manuscript
        assert made is not None
        assert (made.status, made.contributor) == ("draft", editor)
        assert made.section.slug == "service-echoes"
        assert "椅子往门口" in made.body
        assert f"谈《{article.title}》，刊于{article.issue}" in made.body
        assert [each.author_name for each in made.authorships.all()] == ["林晓"]
        assert client.post(page, {"step": "make"}).status_code == 409
        assert Article.objects.filter(section__slug="service-echoes").count() == 1

    def test_the_list_asks_the_same_of_one_letter_and_of_many(
        self, client, article, django_assert_max_num_queries
    ):
        client.force_login(a_user(Role.EDITOR))
        for number in range(8):
            a_letter(article, f"{WORDS}{number}")
        client.get("/admin/issues/echo/")
        with django_assert_max_num_queries(12):
            assert "读完我把椅子" in seen(client.get("/admin/issues/echo/"))

    @pytest.mark.parametrize(
        "broken",
        [
            {"status": "passed"},
            {"why": "没有人说的"},
            {"status": "refused", "decided_at": timezone.now()},
            {"words": ""},
        ],
    )
    def test_a_decision_is_whole_or_absent(self, article, broken):
        letter = a_letter(article)
        with pytest.raises(IntegrityError), transaction.atomic():
            Echo.objects.filter(pk=letter.pk).update(**broken)


class TestRefusedLongAgo:
    @pytest.fixture
    def refused(self, article) -> Echo:
        letter = a_letter(article)
        deciding.refuse(letter, by=a_user(Role.EDITOR, name="何静"), why="说的是别家银行的事")
        self._ago(Echo.objects.filter(pk=letter.pk), days=731)
        return letter

    def _ago(self, letters, *, days: int) -> None:
        letters.update(decided_at=timezone.now() - timedelta(days=days))

    def test_words_and_who_wrote_them_go_why_it_was_refused_stays(self, refused):
        assert dict(ROUNDS)["清理没有登的旧来信"]() == 1
        refused.refresh_from_db()
        assert (refused.name, refused.branch, refused.words) == ("", "", "（已清理）")
        assert (refused.status, refused.why) == ("refused", "说的是别家银行的事")
        row = record.of(refused).get(verb="清理没有登的来信")
        assert (row.actor, row.why) == ("系统", "没有登已满 730 天")
        assert row.subject == "一位读者谈《把椅子挪近一米》"
        assert forgetting.sweep() == 0

    def test_one_that_was_passed_waits_or_was_refused_lately_is_left(self, article, refused):
        self._ago(Echo.objects.filter(pk=refused.pk), days=729)
        passed = deciding.pass_on(a_letter(article, "另一封信，说的是夏天。"), by=a_user("editor"))
        self._ago(Echo.objects.filter(pk=passed.pk), days=731)
        waiting = a_letter(article, "第三封信，还没有人看。")
        Echo.objects.filter(pk=waiting.pk).update(at=timezone.now() - timedelta(days=731))
        assert forgetting.sweep() == 0
        assert not Echo.objects.filter(words="（已清理）").exists()

    def test_the_rule_may_be_off_and_the_command_shows_first(self, refused, settings, capsys):
        settings.REJECTED_DAYS = 0
        assert forgetting.sweep() == 0
        call_command("sweep_rejected", "--days=730")
        assert "谈《把椅子挪近一米》" in (told := capsys.readouterr().out)
        assert "来信 1 封。什么也没有删" in told
        refused.refresh_from_db()
        assert refused.words == WORDS


class TestHelpful:
    def press(self, client, article, **more):
        headers = {**OUR_PAGE, **more.pop("headers", {})}
        return client.post(f"/articles/{article.pk}/helpful/", more, headers=headers)

    def test_counts_once_for_a_reader_and_day(self, client, article):
        plain = {"Accept": "text/plain"}
        assert "记下了" in self.press(client, article, headers=plain).text
        assert "已经记过" in self.press(client, article, headers=plain).text
        other = self.press(client, article, headers={**plain, "User-Agent": "另一台"})
        assert "记下了" in other.text
        assert DailyCount.objects.get(kind="helpful").number == 2

    def test_keeps_nothing_by_which_anybody_could_try_who_it_was(self, article):
        yesterday = timezone.localdate() - timedelta(days=1)
        helpful.mark(DailyCount.Kind.HELPFUL, article.pk, reader="address 10.0.0.9 某浏览器")
        kept = [*HelpfulToday.objects.values_list("mark", flat=True)]
        assert "10.0.0.9" not in str(kept)
        DailySalt.objects.update(day=yesterday)
        HelpfulToday.objects.update(day=yesterday)
        helpful.mark(DailyCount.Kind.HELPFUL, article.pk, reader="address 10.0.0.9 某浏览器")
        assert DailySalt.objects.get().day == timezone.localdate()
        now = [*HelpfulToday.objects.values_list("mark", flat=True)]
        assert len(now) == 1
        assert now != kept

    def test_is_said_from_our_own_pages_of_what_is_shown(self, client, article):
        letter = a_letter(article)
        foreign = self.press(client, article, headers={"Sec-Fetch-Site": "cross-site"})
        assert foreign.status_code == 403
        assert self.press(client, article, echo=letter.pk).status_code == 404
        deciding.pass_on(letter, by=a_user(Role.EDITOR))
        assert self.press(client, article, echo=letter.pk).status_code == 302
        assert DailyCount.objects.get().kind == "echo"
        assert "有帮助 1" in seen(client.get(page_of(article)))
