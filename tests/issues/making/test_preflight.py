"""What stands in the way of publication, and what an editor should look at before it."""

import pytest

from articles.models import Article
from issues.making import make_up, page_checks, preflight
from issues.making.board import cards, flat, plans
from issues.models import FindingCount, Issue, LaidPart
from servicejournal.roles import Role
from tests.factories import a_picture, a_section, a_user, accepted, an_issue, release_page

pytestmark = pytest.mark.django_db


class TestPreflight:
    def messages(self, issue):
        return {finding.message: finding.blocks for finding in preflight.check(issue)}

    def test_an_empty_issue_is_blocked(self):
        found = self.messages(an_issue())
        assert found["本期还没有文章，请先编入已采用的稿件。"] is True
        assert found["没有出刊日期，请在“本期信息”里填写。"] is True

    def test_a_missing_review_blocks_and_says_which(self, ready, editor):
        make_up.place([accepted("first", "final", title="三号窗口")], ready, by=editor)
        assert self.messages(ready)["“三号窗口”缺复审。"] is True

    def test_reviews_of_an_earlier_round_count_for_nothing(self, ready):
        article = ready.articles.get(title="一盏灯")
        Article.objects.filter(pk=article.pk).update(round=2)
        assert self.messages(ready)["“一盏灯”缺初审、复审、终审。"] is True

    def test_a_review_by_its_own_writer_blocks_also_where_they_are_tied_to_it_afterwards(
        self, ready
    ):
        """Unlinked, passed, linked again: what was passed by then does not go out."""
        article = ready.articles.get(title="一盏灯")
        reviewer = article.reviews.get(stage="second").reviewer
        message = "“一盏灯”的复审是作者自己作的，请移出本期，“重新审稿”。"
        assert message not in self.messages(ready)
        author = article.authorships.get().author
        author.user = reviewer
        author.save()
        assert self.messages(ready)[message] is True
        author.user = None
        author.save()
        assert self.messages(ready)[message] is True
        facts = {"stage": "second", "decision": "pass", "round": 1, "digest": article.digest()}
        article.reviews.create(**facts, reviewer=a_user())
        assert message not in self.messages(ready)

    def test_a_text_changed_after_the_final_review_blocks_until_it_is_confirmed(self, ready):
        article = ready.articles.get(title="一盏灯")
        article.title = "一盏旧灯"
        article.save()
        assert self.messages(ready)["“一盏旧灯”在终审之后有改动，请终审人确认。"] is True

    def test_a_cover_line_that_was_a_title_says_what_it_is_called_now(self, ready):
        ready.cover_lines = "一盏灯"
        ready.save()
        article = ready.articles.get(title="一盏灯")
        article.title = "一盏旧灯"
        article.save()
        told = "要目“一盏灯”是《一盏旧灯》以前的标题，请改成现在的。"
        assert self.messages(ready)[told] is False

    @pytest.mark.parametrize(
        ("words", "blocks"),
        [("数字待补。", True), ("Lorem ipsum dolor", True), ("此处插图", True), ("客户XXX", False),
         ("等待补贴发放", None)],
    )  # fmt: skip
    def test_what_was_to_be_filled_in_later_does_not_go_out(self, ready, words, blocks):
        Article.objects.filter(title="一盏灯").update(standfirst=words)
        told = [each for text, each in self.messages(ready).items() if "没填的地方" in text]
        assert told == ([] if blocks is None else [blocks])

    def test_one_title_on_every_line_blocks_and_twice_is_pointed_out(self, ready, editor):
        make_up.place([accepted(title="一盏灯")], ready, by=editor)
        assert self.messages(ready)["有 2 篇文章同题：“一盏灯”。"] is False
        make_up.place([accepted(title="一盏灯")], ready, by=editor)
        assert self.messages(ready)["有 3 篇文章同题：“一盏灯”。"] is True

    def test_an_article_of_pictures_is_one_and_its_pictures_want_captions(self, ready, editor):
        article = accepted(title="窗口一日", body="<p></p>")
        picture = a_picture(article)
        article.body = f'<figure><img src="/pictures/{picture.token}/" alt="窗口"></figure>'
        article.save()
        make_up.place([article], ready, by=editor)
        found = self.messages(ready)
        assert "“窗口一日”没有正文。" not in found
        assert found["“窗口一日”有 1 张图片没有图说。"] is False

    def test_pages_are_checked_by_their_measures_and_the_plan(self, client, ready, chief):
        wide = a_picture(article := ready.articles.get(title="一盏灯"))  # 640 pixels
        article.section = a_section("preamble")
        article.body += f'<figure><img src="/pictures/{wide.token}/" alt="灯"></figure>'
        article.save()
        assert "版面还在画，白页、近空的页和页数画好才知道。" in self.pages(ready)
        for card in cards.of(ready).all:
            LaidPart.objects.create(digest=card.text, pages=2)
        for part in flat.of(ready, cards.of(ready)).parts:
            made = LaidPart.objects.create(digest=part.digest, pages=3)
            for number, fill in ((1, 1), (2, 1), (3, 0.1 if part.kind == "run" else 1)):
                made.sheets.create(number=number, fill=fill, right_first=b"r", left_first=b"l")
        plans.set_pages(ready, {0: 12}, by=chief, made_from="")
        front = LaidPart.objects.filter(digest=flat.of(ready, cards.of(ready)).parts[0].digest)
        front.update(pages=None)  # it is drawn anew, and may become longer
        assert not [each for each in self.pages(ready) if each.startswith("第 ")]
        front.update(pages=3)
        found = self.pages(ready)
        assert found[0].startswith("第 6 页近空（排到 10%）：还空约 1740 字")
        assert found[1:] == [
            "全期 9 页，不是四的倍数，再加 3 页，或减几页。",
            "全期排了 9 页，设想是 12 页。",
            "“一盏灯”的第 1 张图印出来只有 55 ppi，会发虚，请换一张大的。",
        ]
        client.force_login(chief)
        page = client.get(f"/admin/issues/issue/{ready.pk}/release/").text
        assert f'href="/admin/issues/issue/{ready.pk}/board/#page-6"' in page
        assert f'href="/admin/issues/issue/{ready.pk}/board/#plan"' in page

    def test_what_cannot_be_set_or_must_not_go_out_stops_the_signature(self, client, ready, chief):
        for card in cards.of(ready).all:
            LaidPart.objects.create(digest=card.text, problem="版面没有排成，请管理员看日志。")
            FindingCount.objects.create(digest=card.house, open=2, blocking=1)
        found = [each for each in page_checks.check(ready) if each.blocks]
        title = cards.of(ready).placed[0].article.title
        assert found[0].message.startswith(f"“{title}”排不成版，")
        assert found[0].article.title == title
        assert f"“{title}”里有 1 处不得刊出的内容，请改正，或写明理由放行。" in [
            each.message for each in found
        ]
        client.force_login(chief)
        page = client.get(f"/admin/issues/issue/{ready.pk}/release/").text
        assert f"“{title}”排不成版，" in page
        told = {"step": "sign_off", **release_page(ready)}
        answer = client.post(f"/admin/issues/issue/{ready.pk}/release/", told, follow=True)
        assert "排不成版" in answer.text
        assert not ready.editions.exists()

    def test_links_that_lead_nowhere_are_named_with_their_words(self, ready):
        article, other = ready.articles.all()[:2]
        own = f'<a href="/articles/{other.pk}/">同一期</a>'
        wrong = (
            '<a href="/articles/999999/">没有的文章</a>，<a href="http://待补/">以后补</a>，'
            '<a href="https://www.example.org/a">好的</a>，<a href="mailto:desk">信箱</a>'
        )
        article.body += f"<p>见{own}，{wrong}。</p>"
        article.save()
        said = [each for each in self.messages(ready) if "打不开" in each]
        assert said == [
            f"“{article.title}”里“没有的文章”的链接打不开：/articles/999999/。",
            f"“{article.title}”里“以后补”的链接打不开：http://待补/。",
            f"“{article.title}”里“信箱”的链接打不开：mailto:desk。",
        ]

    def test_titles_that_the_contents_must_break_are_named_once(self, ready):
        article = ready.articles.first()
        assert not [each for each in self.pages(ready) if "折行" in each]
        article.title = "关于进一步做好网点厅堂适老化服务并请各支行逐项对照落实的几点体会"
        article.save()
        assert f"目录里要折行的标题：“{article.title}”。" in self.pages(ready)

    def pages(self, issue):
        return [finding.message for finding in page_checks.check(issue)]

    def test_a_cover_line_that_is_no_title_is_pointed_out(self, ready):
        ready.cover_lines = "一盏灯\n四把椅子"
        ready.save()
        found = self.messages(ready)
        assert "要目“四把椅子”与本期任何一篇文章的标题都不同。" in found
        assert not any("一盏灯" in message for message in found)

    def test_characters_without_type_are_pointed_out(self, ready):
        article = ready.articles.get(title="一盏灯")
        article.body = "<p>他姓\ue123，名龑。</p>"
        article.save()
        message = "“一盏灯”里的“\ue123”没有字体可用，PDF 里印成〓。"
        assert self.messages(ready)[message] is False

    def test_missing_fonts_are_pointed_out(self, ready, settings, tmp_path):
        settings.FONT_DIR = str(tmp_path)
        assert any(message.startswith("这一期不会有 PDF") for message in self.messages(ready))

    def test_a_supplement_is_not_asked_for_a_running_number_but_about_one(self):
        facts = {"year": 2026, "kind": "supplement", "after": 0}
        without = an_issue(number=1, **facts)
        assert not any("总期号" in message for message in self.messages(without))
        counted = an_issue(number=2, running_number=66, **facts)
        said = "增刊一般不占总期号，这一期带着总第66期，请核对。"
        assert self.messages(counted)[said] is False

    @pytest.mark.parametrize(("running", "is_told"), [(61, False), (62, False), (63, True)])
    def test_behind_a_joint_issue_one_running_number_may_be_skipped(self, running, is_told):
        an_issue(year=2026, number=3, last_number=4, running_number=60)
        an_issue(year=2026, number=1, kind="extra", after=4, running_number=999)
        fifth = an_issue(year=2026, number=5, running_number=running)
        told = [message for message in self.messages(fifth) if "不相连" in message]
        assert told == (["总期号与2026年第3–4期的总第60期不相连。"] if is_told else [])

    def test_a_wrong_running_number_leads_to_where_it_is_mended(self, client):
        an_issue(published=True, year=2026, number=1, running_number=40)
        issue = an_issue(articles=1, year=2026, number=2, running_number=39)
        client.force_login(a_user(Role.CHIEF_EDITOR))
        page = client.get(f"/admin/issues/issue/{issue.pk}/release/").text
        line = page.split("总期号应大于", 1)[1].split("</li>")[0]
        assert f"/admin/issues/issue/{issue.pk}/change/" in line

    def test_a_running_number_that_goes_back_blocks(self, ready):
        an_issue(year=1981, number=1, running_number=70)
        ready.year = 1999
        ready.save()
        assert self.messages(ready)["总期号应大于1981年第1期的总第70期。"] is True

    @pytest.mark.parametrize(
        ("last", "said"),
        [
            (67, "总期号应大于1981年第1期的总第67期。"),
            (65, None),
            (64, "总期号与1981年第1期的总第64期不相连。"),
        ],
    )
    def test_a_running_number_follows_the_last_by_one(self, ready, last, said):
        an_issue(year=1981, number=1, running_number=last)
        ready.year = 1999
        ready.save()
        found = [words for words in self.messages(ready) if words.startswith("总期号")]
        assert found == ([said] if said else [])

    def test_the_number_of_queries_does_not_grow_with_the_issue(
        self, ready, editor, django_assert_num_queries
    ):
        with django_assert_num_queries(18):
            preflight.check(Issue.objects.get(pk=ready.pk))
        make_up.place([accepted() for _ in range(3)], ready, by=editor)
        with django_assert_num_queries(18):
            preflight.check(Issue.objects.get(pk=ready.pk))
