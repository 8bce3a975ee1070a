"""What stands in the way of publication, and what an editor should look at before it."""

import pytest

from articles.models import Article
from issues.making import make_up, preflight
from issues.models import Issue
from tests.factories import a_user, accepted, an_issue

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
        with django_assert_num_queries(15):
            preflight.check(Issue.objects.get(pk=ready.pk))
        make_up.place([accepted() for _ in range(3)], ready, by=editor)
        with django_assert_num_queries(15):
            preflight.check(Issue.objects.get(pk=ready.pk))
