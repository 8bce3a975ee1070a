"""From accepted manuscripts to what readers hold."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.bodies import html
from articles.models import Article
from articles.reviewing import approvals, editing
from issues.making import corrections, preflight, proofs, publication, withdrawals
from issues.making.publication import NotAllowed
from issues.models import Edition, Issue
from servicejournal import record
from servicejournal.models import Masthead
from servicejournal.roles import Role
from tests.factories import a_picture, a_user, an_article, an_issue, proofread
from tests.issues.making.written import everything

pytestmark = pytest.mark.django_db


class TestPublishing:
    def test_readers_see_the_issue_only_when_it_is_published(self, ready, chief):
        publication.sign_off(ready, by=chief)
        assert not Issue.objects.published().exists()
        assert not Article.objects.published().exists()
        publication.publish(ready, by=chief)
        assert list(Issue.objects.published()) == [ready]
        assert Article.objects.published().count() == 2

    def test_a_scheduled_issue_comes_out_by_itself(self, ready, chief):
        publication.sign_off(ready, by=chief)
        publication.publish(ready, by=chief, at=timezone.now() + timedelta(hours=2))
        assert ready.state == "定时发布"
        assert not Issue.objects.published().exists()
        Issue.objects.update(published_at=timezone.now())
        assert Issue.objects.published().exists()

    @pytest.mark.parametrize("ago", [timedelta(days=400), timedelta(seconds=1)])
    def test_nothing_is_dated_back_before_readers_could_see_it(self, ready, chief, ago):
        publication.sign_off(ready, by=chief)
        began = timezone.now()
        publication.publish(ready, by=chief, at=began - ago)
        assert began <= Issue.objects.published().get().published_at <= timezone.now()

    def test_a_schedule_is_kept_to_the_moment(self, ready, chief):
        at = timezone.now() + timedelta(hours=2)
        publication.sign_off(ready, by=chief)
        publication.publish(ready, by=chief, at=at)
        assert Issue.objects.get(pk=ready.pk).published_at == at

    def test_only_the_chief_editor_signs_off_and_publishes(self, ready, editor):
        for verb in (publication.sign_off, publication.publish):
            with pytest.raises(NotAllowed, match="您的角色不能"):
                verb(ready, by=editor)

    def test_without_signing_off_nothing_is_published(self, ready, chief):
        with pytest.raises(NotAllowed, match="请先签发"):
            publication.publish(ready, by=chief)

    def test_what_the_desk_changes_after_the_signing_off_does_not_come_out(
        self, client, ready, chief
    ):
        article = ready.articles.first()
        signed = html.text(article.body)
        edition = publication.sign_off(ready, by=chief)
        article.body = "<p>签发之后添了一句。</p>"
        article.save()
        Masthead.objects.update(name="另一个刊名")
        assert publication.publish(ready, by=chief) == edition
        page = client.get(article.get_absolute_url()).text
        assert signed in page
        assert "签发之后添了一句" not in page
        assert "另一个刊名" not in page
        with edition.archive.open() as file:
            whole = ZipFile(BytesIO(file.read())).read("issue.json").decode()
        assert "签发之后添了一句" not in whole

    def test_what_preflight_blocks_is_not_signed_off(self, chief):
        with pytest.raises(NotAllowed, match="没有出刊日期"):
            publication.sign_off(an_issue(), by=chief)

    def test_what_is_out_is_not_signed_off_and_what_is_not_is_not_withdrawn(self, ready, chief):
        with pytest.raises(NotAllowed, match="没有发布，不用撤下"):
            withdrawals.withdraw(ready, by=chief, why="署名有误")
        publication.sign_off(ready, by=chief)
        publication.publish(ready, by=chief)
        with pytest.raises(NotAllowed, match="已发布"):
            publication.sign_off(ready, by=chief)

    def test_a_signature_stands_until_it_is_taken_back(self, ready, chief):
        """Of two who sign off at once, one signs and the other is told."""
        other = a_user(Role.CHIEF_EDITOR)
        publication.sign_off(ready, by=chief)
        with pytest.raises(NotAllowed, match=f"已由{chief}签发"):
            publication.sign_off(ready, by=other)
        assert Issue.objects.get().signed_off_by == chief
        publication.take_back_sign_off(ready, by=chief, why="交给同事")
        publication.sign_off(ready, by=other)
        assert Issue.objects.get().signed_off_by == other

    def test_what_came_to_block_before_the_signing_off_is_not_signed_off(self, ready, chief):
        ready.articles.filter(title="一盏灯").update(round=2)
        with pytest.raises(NotAllowed, match="“一盏灯”缺初审"):
            publication.sign_off(ready, by=chief)
        assert not Edition.objects.exists()
        assert Issue.objects.get(pk=ready.pk).state == "编辑中"

    def test_what_would_block_after_the_signing_off_does_not_keep_it_from_coming_out(
        self, ready, chief
    ):
        """The chief editor answers for the edition, which is there."""
        edition = publication.sign_off(ready, by=chief)
        ready.articles.filter(title="一盏灯").update(round=2)
        assert publication.publish(ready, by=chief) == edition
        assert Issue.objects.published().get() == ready

    def test_a_schedule_is_taken_back_and_signed_off_anew(self, ready, chief):
        publication.sign_off(ready, by=chief)
        publication.publish(ready, by=chief, at=timezone.now() + timedelta(hours=2))
        with pytest.raises(NotAllowed, match=r"还没有到发布的时间.*撤回签发"):
            withdrawals.withdraw(ready, by=chief, why="换一篇")
        publication.take_back_sign_off(ready, by=chief, why="换一篇")
        assert Issue.objects.get(pk=ready.pk).state == "编辑中"
        with pytest.raises(NotAllowed, match="请先签发"):
            publication.publish(ready, by=chief)

    def test_publishing_twice_makes_one_edition(self, ready, chief):
        publication.sign_off(ready, by=chief)
        publication.publish(ready, by=chief)
        with pytest.raises(NotAllowed, match="发布，不用再发布"):
            publication.publish(ready, by=chief)
        assert ready.editions.count() == 1

    def test_the_edition_holds_what_was_published_and_its_hash(self, ready, chief):
        article = ready.articles.first()
        picture = a_picture(article)
        article.body = (
            f'<p>正文。</p><figure><img src="/pictures/{picture.token}/" alt="灯"></figure>'
        )
        article.save()
        approvals.confirm(article, by=chief, digest=article.digest())
        proofread(ready)
        publication.sign_off(ready, by=chief)
        edition = publication.publish(ready, by=chief)
        with edition.archive.open() as file:
            archive = ZipFile(BytesIO(file.read()))
        whole = json.loads(archive.read("issue.json"))
        assert whole["format"] == 1
        assert [each["title"] for each in whole["articles"]] == ["一盏灯", "两把椅子"]
        assert f"pictures/{picture.token}.jpg" in archive.namelist()

    def test_every_output_of_an_edition_says_the_same(self, ready, chief):
        publication.sign_off(ready, by=chief)
        edition = publication.publish(ready, by=chief)
        names = [edition.archive.name, edition.pdf.name, edition.epub.name]
        stem = f"editions/{ready.year}-{ready.number:02d}/1-{edition.sha256[:12]}"
        assert names == [f"{stem}.zip", f"{stem}.pdf", f"{stem}.epub"]
        with edition.pdf.open() as file:
            assert file.read(5) == b"%PDF-"
        assert edition.without_pdf == ""
        assert "<text" in edition.cover_svg
        assert "<text" not in edition.outlined.drawing

    def test_without_fonts_the_issue_comes_out_and_says_why_it_has_no_pdf(
        self, ready, chief, settings, tmp_path
    ):
        settings.FONT_DIR = str(tmp_path)
        publication.sign_off(ready, by=chief)
        edition = publication.publish(ready, by=chief)
        assert not edition.pdf
        assert "没有找到思源宋体" in edition.without_pdf
        assert edition.epub
        assert list(Issue.objects.published()) == [ready]

    def test_a_picture_that_is_gone_stops_it_and_is_named(self, ready, chief):
        article = ready.articles.get(title="一盏灯")
        picture = a_picture(article)
        article.body += f'<figure><img src="/pictures/{picture.token}/" alt="灯"></figure>'
        article.save()
        approvals.confirm(article, by=chief, digest=article.digest())
        proofread(ready)
        master = Path(picture.file.path)
        data = master.read_bytes()
        master.unlink()
        with pytest.raises(NotAllowed, match="《一盏灯》里有一张图片的文件读不出来"):
            publication.sign_off(ready, by=chief)
        assert not Edition.objects.exists()
        assert Issue.objects.get(pk=ready.pk).state == "编辑中"

        master.write_bytes(data)
        publication.sign_off(ready, by=chief)
        master.unlink()
        assert publication.publish(ready, by=chief).number == 1

    def test_publishing_makes_nothing_and_only_dates(self, ready, chief, media):
        def files() -> dict[Path, bytes]:
            return {each: each.read_bytes() for each in media.rglob("*") if each.is_file()}

        edition, made = publication.sign_off(ready, by=chief), files()
        before = Edition.objects.values().get()
        assert (before["out_since"], ready.published_at) == (None, None)
        publication.publish(ready, by=chief)
        assert files() == made
        assert Issue.objects.get(pk=ready.pk).standing == edition
        assert Edition.objects.values().get() == {**before, "out_since": ready.published_at}

    def test_the_same_issue_gives_the_same_files_whichever_edition(self, ready, chief):
        archives = []
        for _ in range(2):
            publication.sign_off(ready, by=chief)
            edition = publication.publish(ready, by=chief)
            with edition.archive.open() as file:
                archives.append(ZipFile(BytesIO(file.read())))
            withdrawals.withdraw(ready, by=chief, why="换封面")
        first, second = archives
        assert first.namelist() == second.namelist()
        differing = {n for n in first.namelist() if first.read(n) != second.read(n)}
        assert differing == {"edition.json", "sha256.txt"}

    def test_a_withdrawn_issue_is_gone_for_readers_and_its_edition_kept(self, ready, chief):
        publication.sign_off(ready, by=chief)
        publication.publish(ready, by=chief)
        with pytest.raises(NotAllowed, match="理由"):
            withdrawals.withdraw(ready, by=chief, why=" ")
        withdrawals.withdraw(ready, by=chief, why="署名有误")
        assert not Issue.objects.published().exists()
        assert ready.editions.count() == 1
        assert record.of(ready).first().why == "署名有误"


class TestCorrecting:
    @pytest.fixture
    def out(self, desk) -> Article:
        return Article.objects.get(title="一盏灯")

    def test_a_correction_changes_the_text_and_makes_the_next_edition(self, out, chief):
        correction = corrections.correct(
            out,
            by=chief,
            base=corrections.base_of(out),
            reason="“廿”应为“二十”。",
            body="<p>二十年。</p>",
        )
        assert Article.objects.get(pk=out.pk).body == "<p>二十年。</p>"
        assert (correction.edition.number, correction.reason) == (2, "“廿”应为“二十”。")

    def test_a_correction_without_reason_or_change_leaves_everything(self, out, chief):
        with pytest.raises(NotAllowed, match="更正说明"):
            corrections.correct(
                out, by=chief, base=corrections.base_of(out), reason="", body="<p>新。</p>"
            )
        with pytest.raises(NotAllowed, match="没有变化"):
            corrections.correct(
                out, by=chief, base=corrections.base_of(out), reason="笔误", title=out.title
            )
        assert out.issue.editions.count() == 1

    def test_the_second_of_two_corrections_does_not_write_over_the_first(self, out, chief):
        opened, mine = corrections.base_of(out), Article.objects.get(pk=out.pk)
        corrections.correct(out, by=chief, base=opened, reason="年份有误。", body="<p>二十年。</p>")
        before = everything()
        with pytest.raises(editing.Stale) as refused:
            corrections.correct(mine, by=chief, base=opened, reason="题目有误。", title="两盏灯")
        assert everything() == before
        newest = refused.value.article
        assert (newest.title, newest.body) == ("一盏灯", "<p>二十年。</p>")
        corrections.correct(
            mine, by=chief, base=corrections.base_of(newest), reason="题目有误。", title="两盏灯"
        )
        stored = Article.objects.get(pk=out.pk)
        assert (stored.title, stored.body) == ("两盏灯", "<p>二十年。</p>")
        assert stored.length == newest.length

    def test_nothing_blocks_what_is_out_and_was_corrected_until_it_is_withdrawn(self, out, chief):
        issue = Issue.objects.get(pk=out.issue_id)
        corrections.correct(
            out,
            by=chief,
            base=corrections.base_of(out),
            reason="年份有误。",
            body="<p>二十年。</p>",
        )
        assert preflight.check(issue) == []
        assert not approvals.awaits_confirmation(out)
        assert not proofs.of(issue).stale
        withdrawals.withdraw(issue, by=chief, why="署名有误")
        found = [finding.message for finding in preflight.check(issue) if finding.blocks]
        assert found == [
            "“一盏灯”在终审之后有改动，请终审人确认。",
            "三校之后有改动，请核对改动之处，再做一次三校。",
        ]
        assert approvals.awaits_confirmation(Article.objects.get(pk=out.pk))

    def test_what_is_not_out_is_not_corrected(self, editor, chief):
        scheduled = an_issue(published=True, published_at=timezone.now() + timedelta(hours=1))
        for article in (an_article(), an_article(issue=scheduled)):
            with pytest.raises(NotAllowed, match="还没有刊出"):
                corrections.correct(
                    article,
                    by=chief,
                    base=corrections.base_of(article),
                    reason="笔误",
                    title="新题",
                )


class TestRulesInTheDatabase:
    def refused(self, write):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()

    def test_one_issue_per_year_and_number_and_per_running_number(self):
        an_issue(year=2026, number=1, running_number=60)
        self.refused(lambda: an_issue(year=2026, number=1))
        self.refused(lambda: an_issue(year=2026, number=2, running_number=60))

    def test_a_published_issue_has_a_date_a_signature_and_somebody_who_published_it(self, chief):
        issue, now = an_issue(), timezone.now()
        rows = Issue.objects.filter(pk=issue.pk)
        self.refused(lambda: rows.update(published_at=now))
        self.refused(lambda: rows.update(published_at=now, published_by=chief))
        self.refused(lambda: rows.update(signed_off_at=now))
        self.refused(lambda: rows.update(signed_off_at=now, signed_off_by=chief))
        signature = {"signed_off_at": now, "signed_off_by": chief, "signed_off_digest": "a" * 64}
        self.refused(lambda: rows.update(**signature))
        edition = Edition.objects.create(issue=issue, number=1, made_by=chief)
        self.refused(lambda: rows.update(standing=edition))
        assert rows.update(**signature, standing=edition) == 1

    def test_one_position_per_section_and_issue(self, ready):
        self.refused(lambda: ready.articles.update(position=1))

    def test_an_article_in_an_issue_is_accepted(self, ready):
        self.refused(lambda: ready.articles.update(status="held"))

    def test_an_article_in_an_issue_has_a_place(self, ready):
        self.refused(lambda: ready.articles.update(position=None))

    def test_a_decision_is_whole(self):
        article, reviewer = an_article(status="first_review"), a_user()
        facts = {"stage": "first", "decision": "pass", "reviewer": reviewer}
        self.refused(lambda: article.reviews.create(**facts))
        self.refused(lambda: article.reviews.create(**facts | {"digest": "a", "decision": ""}))
        self.refused(lambda: article.reviews.create(**facts | {"digest": "a", "reviewer": None}))
        self.refused(lambda: article.reviews.create(**facts | {"digest": "a", "decided_at": None}))
