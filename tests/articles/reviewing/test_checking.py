"""校对辅助 at the desk: found, let stand with a reason, taken into the text and back again."""

import pytest
from django.db import IntegrityError, transaction

from articles.models import Article, Author, HouseTerm, Waiver
from articles.proofreading import Level
from articles.reviewing import checking, editing, workflow
from articles.writing import second_look
from servicejournal import record
from servicejournal.roles import EDITORIAL, Role
from tests.articles.filling_in import a_draft
from tests.factories import a_user, an_article, an_author
from tests.pages import seen

pytestmark = pytest.mark.django_db

WRONG = "<p>他说,请坐。<strong>雨停了</strong>,伞还在。</p>"
FORBIDDEN = "<p>这款产品保本保收益，请放心购买。</p>"


def in_review(body: str = WRONG, status: str = "first_review", **facts) -> Article:
    return an_article(body=body, status=status, **facts)


@pytest.fixture
def editor(client):
    user = a_user(Role.EDITOR, name="程砚")
    client.force_login(user)
    return user


def act(client, article, **data):
    data = {"digest": Article.objects.get(pk=article.pk).digest(), **data}
    address = f"/admin/articles/article/{article.pk}/findings/"
    return client.post(address, data, follow=True)


def anchors(article: Article) -> list[str]:
    return [each.anchor for each in checking.check(article).open]


class TestTheHousesWords:
    def test_are_found_with_their_form_and_reason(self):
        HouseTerm.objects.create(
            word="我司", preferred="我行", level="error", why="本刊用“我行”。", variants="咱司\n"
        )
        found = checking.check(in_review("<p>我司和咱司都来了人。</p>")).open
        ours = [(each.quote, each.suggestion, each.level) for each in found if each.rule == "H01"]
        assert ours == [("我司", "我行", Level.ERROR), ("咱司", "我行", Level.ERROR)]

    def test_retired_ones_are_not(self):
        HouseTerm.objects.create(word="我司", level="error", retired=True)
        assert not checking.check(in_review("<p>我司来了人。</p>")).open


class TestTaking:
    def test_one_suggestion_changes_exactly_that_place_and_is_undone(self, client, editor):
        article = in_review()
        first = anchors(article)[0]
        page = act(client, article, apply=first)
        assert "采纳了 1 处建议" in seen(page)
        assert Article.objects.get(pk=article.pk).body == WRONG.replace("说,", "说，")
        assert "撤销刚才的采纳" in seen(page)
        back = act(client, article, undo=1)
        assert "已撤销" in seen(back)
        assert Article.objects.get(pk=article.pk).body == WRONG

    def test_all_safe_ones_by_one_click_also_beside_tags(self, client, editor):
        article = in_review()
        act(client, article, apply_safe=1)
        assert Article.objects.get(pk=article.pk).body == WRONG.replace(",", "，")

    def test_over_a_newer_text_nothing_is_written(self, client, editor):
        article = in_review()
        stale = article.digest()
        editing.revise(article, by=editor, base=stale, title="新的题目")
        page = act(client, article, apply_safe=1, digest=stale)
        assert "改动了这篇稿件。请看过现在的文本，再按一次。" in seen(page)
        assert Article.objects.get(pk=article.pk).body == WRONG

    def test_what_was_changed_since_is_not_undone(self, client, editor):
        article = in_review()
        act(client, article, apply_safe=1)
        fresh = Article.objects.get(pk=article.pk)
        editing.revise(fresh, by=editor, base=fresh.digest(), title="新的题目")
        assert "不能撤销" in seen(act(client, article, undo=1))

    def test_before_the_last_pass_a_taken_suggestion_voids_what_was_passed(self, client):
        chief, editor = a_user(Role.CHIEF_EDITOR), a_user(Role.EDITOR)
        article = in_review(status="final_review")
        client.force_login(editor)
        act(client, article, apply_safe=1)
        assert Article.objects.get(pk=article.pk).status == "first_review"
        assert not chief.manuscripts.exists()


class TestLettingStand:
    def test_here_with_a_reason_that_is_kept_and_taken_back(self, client, editor):
        article = in_review()
        first = anchors(article)[0]
        refused = act(client, article, waive=first)
        assert "请写明忽略的理由" in seen(refused)
        page = act(client, article, waive=first, **{f"reason-{first}": "引文如此"})
        assert "程砚：引文如此" in seen(page)
        assert first not in anchors(article)
        assert record.of(article).first().why == "引文如此"
        act(client, article, take_back=Waiver.objects.get().pk)
        assert first in anchors(article)
        assert Waiver.objects.count() == 1

    def test_a_word_everywhere(self, client, editor):
        HouseTerm.objects.create(word="我司", level="warn")
        one, two = in_review("<p>我司来了人。</p>"), in_review("<p>后来我司又来了人。</p>")
        (anchor,) = anchors(one)
        act(client, one, waive_everywhere=anchor, **{f"reason-{anchor}": "客户的话"})
        assert anchors(one) == anchors(two) == []

    def test_what_must_not_go_out_only_where_it_stands(self, client, editor):
        article = in_review(FORBIDDEN)
        anchor = checking.check(article).blocking[0].anchor
        reason = {f"reason-{anchor}": "反诈宣传里引用的话"}
        page = act(client, article, waive_everywhere=anchor, **reason)
        assert "只能逐处放行" in seen(page)
        act(client, article, waive=anchor, **reason)
        assert record.of(article).first().verb == "放行"

    @pytest.mark.parametrize("odd", ["", "x" * 200, "\x00", "龑"])
    def test_what_is_not_there_is_said(self, client, editor, odd):
        article = in_review()
        for name in ("waive", "apply", "take_back"):
            assert act(client, article, **{name: odd}).status_code in (200, 404)
        assert Article.objects.get(pk=article.pk).body == WRONG

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.CONTRIBUTOR])
    def test_others_do_neither(self, client, role):
        client.force_login(a_user(role))
        article = in_review()
        assert act(client, article, apply_safe=1).status_code in (200, 403)
        assert Article.objects.get(pk=article.pk).body == WRONG
        with pytest.raises(checking.NotAllowed):
            checking.waive(article, anchors(article)[0], by=a_user(role), reason="x")

    @pytest.mark.parametrize("role", sorted(set(Role) - EDITORIAL))
    def test_no_verb_is_for_who_is_no_editor(self, role):
        article, other = in_review(), a_user(role)
        anchor = anchors(article)[0]
        waiver = checking.waive(article, anchor, by=a_user(Role.EDITOR), reason="引文如此")
        with pytest.raises(checking.NotAllowed, match="您的角色不能"):
            checking.take_back(waiver, article, by=other)
        assert anchor not in anchors(article)
        for everywhere in (False, True):
            with pytest.raises(checking.NotAllowed, match="您的角色不能"):
                checking.waive(
                    article, anchors(article)[0], by=other, reason="x", everywhere=everywhere
                )
        assert Waiver.objects.get() == waiver
        base = article.digest()
        with pytest.raises(workflow.NotAllowed, match="您的角色不能"):
            editing.apply_suggestions(article, set(anchors(article)), by=other, base=base)
        assert Article.objects.get(pk=article.pk).body == WRONG

    def test_nobody_undoes_what_another_took(self):
        article, one, two = in_review(), a_user(Role.EDITOR), a_user(Role.EDITOR)
        editing.apply_suggestions(article, set(anchors(article)), by=one, base=article.digest())
        article.refresh_from_db()
        with pytest.raises(workflow.NotAllowed, match="不能撤销"):
            editing.undo_suggestions(article, by=two, base=article.digest())
        editing.undo_suggestions(article, by=one, base=article.digest())
        assert Article.objects.get(pk=article.pk).body == WRONG


class TestAcceptance:
    def test_what_must_not_go_out_keeps_a_manuscript_from_being_accepted(self, editor):
        chief = a_user(Role.CHIEF_EDITOR)
        article = in_review(FORBIDDEN, status="final_review")
        with pytest.raises(workflow.NotAllowed, match="不得刊出的内容"):
            workflow.decide(article, "pass", by=chief)
        for finding in checking.check(article).blocking:
            checking.waive(article, finding.anchor, by=editor, reason="反诈宣传")
        workflow.decide(article, "pass", by=chief)
        assert Article.objects.get(pk=article.pk).status == "accepted"

    def test_it_keeps_nobody_from_sending_it_back(self):
        article = in_review(FORBIDDEN, status="final_review")
        workflow.decide(article, "return", by=a_user(Role.CHIEF_EDITOR), opinion="请改。")


def test_a_writer_is_shown_what_is_surely_wrong_before_handing_in(client, html_valid):
    writer = a_user()
    article = a_draft(writer, body="<p>他说,请坐。</p>" + "<p>第二天的事，后面再说。</p>" * 8)
    client.force_login(writer)
    page = client.get(f"/submissions/{article.pk}/hand-in/")
    assert "提交之前，请看看这几处" in seen(page)
    html_valid(page.text)


def test_a_writer_is_shown_a_dozen_and_told_how_many_more_there_are():
    article = in_review("<p>他看见了契入点。</p>" * 14)
    look = second_look.at(article)
    assert (len(look.shown), look.more) == (12, 2)
    article.body = "<p>他看见了契入点。</p>" * 12
    look = second_look.at(article)
    assert (len(look.shown), look.more) == (12, 0)


def test_the_review_page_with_findings_is_valid(client, editor, html_valid):
    HouseTerm.objects.create(word="<b>", level="warn", why="<i>&")
    article = in_review(WRONG + FORBIDDEN + "<p>&lt;b&gt; 来了</p>")
    html_valid(client.get(f"/admin/articles/article/{article.pk}/review/").text)


def test_a_waiver_is_whole_in_the_database():
    facts = {"rule": "P01", "quote": "x", "level": "fix", "by": a_user(), "reason": "y"}
    article = in_review()
    for broken in ({"reason": ""}, {"quote": ""}, {"article": article, "anchor": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Waiver.objects.create(**{**facts, **broken})


SLIP = "<p>老人看了宣船活动，高兴得很。</p>"


def suspects(article: Article) -> list:
    return [each for each in checking.check(article).open if each.level is Level.SUSPECT]


class TestSuspectedCharacters:
    def test_are_taken_by_one_click(self, client, editor):
        article = in_review(SLIP)
        (found,) = suspects(article)
        assert (found.quote, found.suggestion) == ("宣船", "宣传")
        page = act(client, article, apply=found.anchor)
        assert "采纳了 1 处建议" in seen(page)
        assert Article.objects.get(pk=article.pk).body == SLIP.replace("宣船", "宣传")

    def test_stand_in_a_group_of_their_own_with_a_button_to_teach(self, client, editor):
        page = client.get(f"/admin/articles/article/{in_review(SLIP).pk}/review/")
        words = seen(page)
        assert "疑似别字" in words
        assert "不是错字" in words
        assert "不是错字" not in seen(
            client.get(f"/admin/articles/article/{in_review(FORBIDDEN).pk}/review/")
        )

    def test_once_taught_the_house_keeps_the_word_and_is_silent_everywhere(self, client, editor):
        one, other = in_review(SLIP), in_review(SLIP.replace("老人", "大妈"))
        page = act(client, one, teach=suspects(one)[0].anchor)
        assert "已记入本刊词表，以后不再提示“宣船”" in seen(page)
        assert suspects(one) == suspects(other) == []
        term = HouseTerm.objects.get()
        assert (term.word, term.level, term.preferred) == ("宣船", "right", "")
        assert record.of(one).first().verb == "认可写法"

    def test_a_word_out_of_use_is_suspected_again_and_may_be_taught_again(self, client, editor):
        article = in_review(SLIP)
        checking.teach(article, suspects(article)[0].anchor, by=editor)
        HouseTerm.objects.update(retired=True)
        (found,) = suspects(article)
        checking.teach(article, found.anchor, by=editor)
        assert suspects(article) == []
        assert HouseTerm.objects.get().retired is False

    def test_a_word_that_the_list_calls_wrong_is_not_made_right_by_a_click(self, client, editor):
        HouseTerm.objects.create(word="宣船", level="info")
        article = in_review(SLIP)
        (found,) = suspects(article)
        page = act(client, article, teach=found.anchor)
        assert "本刊词表里已有“宣船”" in seen(page)
        assert HouseTerm.objects.get().level == "info"

    def test_nothing_else_is_taught(self, client, editor):
        article = in_review(FORBIDDEN)
        page = act(client, article, teach=anchors(article)[0])
        assert "这条提示已经不在了" in seen(page)
        assert not HouseTerm.objects.exists()

    def test_a_reviewer_of_no_desk_teaches_nothing(self):
        article = in_review(SLIP)
        with pytest.raises(checking.NotAllowed):
            checking.teach(article, suspects(article)[0].anchor, by=a_user(Role.CONTRIBUTOR))
        assert not HouseTerm.objects.exists()

    def test_the_writer_is_not_bothered_with_them(self):
        assert not second_look.at(in_review(SLIP)).findings

    def test_what_is_right_has_no_other_form(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            HouseTerm.objects.create(word="宣船", level="right", preferred="宣传")


#: One of each weight: a mobile number; a day that was another; two of three; a word that ages.
FOUR = (
    "<p>请打13812345678找她。2023年5月1日（星期二）开门，走访了三个网点：城东、城西。</p>"
    "<p>近日，厅堂换了门垫。</p>"
)


def test_the_review_page_groups_by_weight_and_counts_what_it_lists(client, editor):
    page = client.get(f"/admin/articles/article/{in_review(FOUR).pk}/review/")
    text = seen(page)
    places = [text.index(f"{name} 1 处") for name in ("必须改", "确有错误", "疑似", "体例建议")]
    assert places == sorted(places)
    assert "校对辅助 4 处" in text
    assert page.text.count("data-finding") == 4


def test_what_one_click_mends_stands_behind_the_errors_of_its_group(client, editor):
    article = in_review("<p>他说,请坐。2023年5月1日（星期二）开门。</p>")
    page = client.get(f"/admin/articles/article/{article.pk}/review/")
    assert "确有错误 2 处" in seen(page)
    assert page.text.index("<mark>二</mark>") < page.text.index("<mark>,</mark>")


def test_a_writer_is_shown_what_must_go_and_what_is_surely_wrong_and_no_more(client):
    writer = a_user()
    article = a_draft(writer, body=FOUR + "<p>第二天的事，后面再说。</p>" * 8)
    client.force_login(writer)
    for page in ("hand-in", "edit"):
        text = seen(client.get(f"/submissions/{article.pk}/{page}/"))
        assert "文中有这些客户和个人信息" in text
        assert "确有错误 1 处" in text
        assert "疑似" not in text
        assert "体例建议" not in text


class TestNamesOfTheHouse:
    def found(self, body: str) -> list[tuple[str, str | None]]:
        rows = checking.check(in_review(body)).open
        return [(each.quote, each.suggestion) for each in rows if each.rule in ("H02", "H03")]

    def test_a_branch_and_an_author_written_nearly_right_are_likely(self):
        an_author("高志远", "东岭支行")
        assert self.found("<p>东岭分行换了门垫，东岭支行高志元看见了。</p>") == [
            ("东岭分行", "东岭支行"),
            ("高志元", "高志远"),
        ]

    def test_what_was_a_name_once_is_right(self):
        author = an_author("高志远", "东岭支行")
        author.branch.former.create(name="东岭分理处")
        author.former.create(name="高志元")
        assert self.found("<p>东岭分理处换了门垫，东岭支行高志元看见了。</p>") == []

    def test_a_closed_branch_is_right_and_never_suggested(self):
        author = an_author("高志远", "东岭支行")
        author.branch.retired = True
        author.branch.save()
        assert self.found("<p>东岭支行和东岭分行都换了门垫。</p>") == []

    def test_the_questions_do_not_grow_with_the_lists(self, django_assert_num_queries):
        article = in_review()
        for name in ("东岭支行", "南湖支行", "滨河支行"):
            an_author("高志远", name)
            with django_assert_num_queries(5):  # one of them for the byline
                checking.check(article)


class TestReadOnce:
    def test_a_text_that_did_not_change_is_not_read_again(self):
        article = in_review()
        checking.check(article)
        before = checking._proofread_once.cache_info()
        assert checking.check(article).open
        after = checking._proofread_once.cache_info()
        assert (after.hits - before.hits, after.misses - before.misses) == (1, 0)

    def test_a_word_of_the_house_counts_at_once(self):
        article = in_review("<p>大堂副理来了。</p>")
        assert not checking.check(article).open
        term = HouseTerm.objects.create(word="大堂副理", level="error")
        assert [each.quote for each in checking.check(article).open] == ["大堂副理"]
        term.delete()
        assert not checking.check(article).open


def test_a_habit_of_a_text_is_one_line_with_all_its_places(client, editor):
    article = in_review("<p>甲来,乙来,丙来,丁来,戊来。</p>")
    page = client.get(f"/admin/articles/article/{article.pk}/review/")
    assert "全文 4 处，一并处理" in seen(page)
    (anchor,) = anchors(article)
    act(client, article, apply=anchor)
    assert Article.objects.get(pk=article.pk).body == "<p>甲来，乙来，丙来，丁来，戊来。</p>"


def test_a_habit_let_stand_is_let_stand_at_every_place_until_it_is_taken_back(client, editor):
    article = in_review("<p>甲来,乙来,丙来,丁来,戊来。</p>")
    (anchor,) = anchors(article)
    waiver = checking.waive(article, anchor, by=editor, reason="照录原文")
    article.body = "<p>甲来,乙来,丙来。</p>"
    assert not checking.check(article).open
    checking.take_back(waiver, article, by=editor)
    assert len(checking.check(article).open) == 2


class TestWhoWroteIt:
    """Nobody lets their own text out."""

    @pytest.fixture
    def own(self, editor):
        return in_review(FORBIDDEN, contributor=editor)

    def test_does_not_let_stand_what_must_not_go_out(self, client, editor, own):
        anchor = checking.check(own).blocking[0].anchor
        page = client.get(f"/admin/articles/article/{own.pk}/review/")
        assert "请同事来放行" in seen(page)
        assert "放行此处" not in seen(page)
        answer = act(client, own, waive=anchor, **{f"reason-{anchor}": "反诈宣传"})
        assert "请同事来放行" in seen(answer)
        assert not Waiver.objects.exists()

    def test_is_stopped_under_a_name_in_the_byline_too(self, editor):
        article = in_review(FORBIDDEN, authors=[("东岭支行", "程砚")])
        Author.objects.filter(name="程砚").update(user=editor)
        anchor = checking.check(article).blocking[0].anchor
        with pytest.raises(checking.NotAllowed, match="请同事来放行"):
            checking.waive(article, anchor, by=editor, reason="反诈宣传")

    def test_has_colleagues_who_do(self, own):
        anchor, *others = (each.anchor for each in checking.check(own).blocking)
        checking.waive(own, anchor, by=a_user(Role.EDITOR), reason="反诈宣传")
        assert [each.anchor for each in checking.check(own).blocking] == others

    def test_lets_stand_what_is_only_a_doubt(self, editor):
        own = in_review(contributor=editor)
        checking.waive(own, anchors(own)[0], by=editor, reason="照录")
