"""版权页: whom the record names in it, what the law wants in it, and how it is corrected."""

from datetime import date

import pytest

from issues.exports import archive, book
from issues.making import corrections, preflight, withdrawals
from issues.models import Issue, Making
from servicejournal.models import Masthead
from tests.factories import made
from tests.pages import plain_words

pytestmark = pytest.mark.django_db

WHOLE = {
    "permit": "（示）内资字第0101号",
    "notice": "内部资料，免费交流",
    "distributed_to": "全行员工",
    "printed_by": "示范印务有限公司",
    "printed_on": date(2026, 8, 20),
    "copies": 3000,
    "compiled_by": "示范农商银行党群工作部",
}


def blocked(issue: Issue) -> dict[str, str]:
    found = preflight.check(Issue.objects.get(pk=issue.pk))
    return {each.anchor: each.message for each in found if each.blocks and each.where == "facts"}


def state(issue: Issue, **facts: object) -> None:
    Issue.objects.filter(pk=issue.pk).update(**facts)


class TestWhatTheRecordSays:
    def test_who_passed_the_texts_and_who_read_the_proofs_are_named_once_each(self, ready):
        face = book.face_of(ready)
        first = ready.articles.get(title="一盏灯").reviews.get(stage="first").reviewer.name
        assert first in face.editors.split("　")
        readers = [each.proofreader.name for each in ready.proofs.all()]
        assert face.proofreaders.split("　") == list(dict.fromkeys(readers))

    def test_a_finished_proof_is_not_made_stale_by_the_name_that_it_adds(self, ready):
        digest = archive.digest(book.of(ready))
        last = ready.proofs.get(round=3)
        named = book.face_of(ready).proofreaders
        last.delete()
        assert book.face_of(ready).proofreaders != named
        assert archive.digest(book.of(ready)) == digest

    def test_what_an_editor_typed_goes_before_it(self, ready):
        ready.editors = "责编甲"
        assert book.face_of(ready).editors == "责编甲"


class TestWhatTheLawWants:
    def test_of_a_publication_that_is_none_of_the_internal_ones_nothing_stops(self, ready):
        assert blocked(ready) == {}

    def test_each_missing_line_stops_with_the_way_to_its_field(self, ready, client, chief):
        Masthead.objects.update_or_create(pk=1, defaults={"is_internal": True})
        state(ready, compiled_by="")
        assert set(blocked(ready)) == {f"id_{name}" for name in WHOLE}
        client.force_login(chief)
        page = client.get(f"/admin/issues/issue/{ready.pk}/release/").text
        assert f'href="/admin/issues/issue/{ready.pk}/change/#id_permit"' in page
        assert "版权页没有准印证号，内部资料性出版物必须写明，请补上。" in page
        state(ready, **WHOLE)
        assert blocked(ready) == {}
        state(ready, notice="内部资料")
        assert list(blocked(ready)) == ["id_notice"]


class TestCorrected:
    def correct(self, issue, chief, client, **changes):
        client.force_login(chief)
        address = f"/admin/issues/issue/{issue.pk}/facts/"
        form = client.get(address).context["form"]
        sent = {name: form[name].value() or "" for name in form.fields}
        answer = client.post(address, {**sent, "reason": "补上。", **changes})
        made()
        return answer

    def test_every_line_of_it_and_an_earlier_edition_brings_back_what_it_said(
        self, out, chief, client
    ):
        named = out.standing.face["editors"]
        assert named
        changes = {"copies": "3000", "printed_on": "2026-08-20", "editors": "责编甲　责编乙"}
        self.correct(out, chief, client, **changes)
        assert Making.objects.get(verb="facts").problem == ""
        words = " ".join(plain_words(client.get(out.get_absolute_url()).text).split())
        for said in ("印数 3000 册", "印刷日期 2026年8月20日", "责任编辑 责编甲 责编乙"):
            assert said in words
        current = Issue.objects.get(pk=out.pk)
        assert (current.copies, current.printed_on) == (3000, date(2026, 8, 20))

        withdrawals.restore(current, 1, by=chief, why="填错了")

        back = Issue.objects.get(pk=out.pk)
        assert (back.copies, back.printed_on, back.editors) == (None, None, "")
        assert back.standing.face["editors"] == named

    def test_one_that_says_the_same_changes_nothing(self, out, chief, client):
        self.correct(out, chief, client)
        assert Making.objects.filter(verb="facts", problem="").count() == 0
        assert out.editions.count() == 1

    def test_an_order_of_the_version_before_is_still_made_from_the_same(self, out):
        """It was reckoned without the lines that came since; they say nothing yet."""
        assert corrections.base_of_facts(Issue(theme="雨")) == (
            "509128c49f0dba51fd8df35a72d452f4334239468c6cc48815f204af3080dc77"
        )

    def test_an_edition_of_the_version_before_reads_as_it_did(self, out, client):
        """It knows none of the lines that came since."""
        edition = out.standing
        for name in ("permit", "notice", "distributed_to", "printed_by", "printed_on", "copies"):
            del edition.facts[name]
        edition.face = {
            name: said
            for name, said in edition.face.items()
            if not name.startswith("cover_") or name == "cover_file"
        }
        for name in ("editors", "proofreaders", "address"):
            del edition.face[name]
        edition.save()
        page = client.get(out.get_absolute_url())
        assert page.status_code == 200
        assert "二维码" not in page.text
        assert book.of_edition(edition).permit == ""
        assert book.face_in(edition).editors == ""
