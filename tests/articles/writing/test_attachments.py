"""The Word files that manuscripts came in: kept, tied to their manuscript, swept when unused."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import word
from articles.models import Article, Attachment
from articles.writing import attachments, word_files
from servicejournal import files, record
from tests.articles.docx import docx, p
from tests.articles.filling_in import a_draft, handed_in, posted
from tests.factories import a_user

pytestmark = pytest.mark.django_db

WHOLE = docx(p("柜台里外"))


class TestNames:
    @pytest.mark.parametrize(
        ("sent", "shown"),
        [
            ("../../etc/雨伞.docx", "雨伞.docx"),
            ("C:\\稿件\\雨伞.DOC", "雨伞.docx"),
            ("雨\u202e伞\r\nX: y.docx", "雨伞 X y.docx"),
            (".docx", "docx.docx"),
            ("龑" * 200 + ".docx", "龑" * 50 + "…龑龑龑.docx"),
        ],
    )
    def test_names_are_made_safe(self, sent, shown):
        assert attachments.saved_name(sent) == shown


class TestClaiming:
    def save(self, client, *tokens, path="/submit/"):
        return client.post(path, posted(attachment=" ".join(map(str, tokens))))

    def test_ties_the_file_to_the_manuscript_and_records_it(self, signed_in, writer):
        kept = attachments.keep(WHOLE, "屋檐下的灯.docx", by=writer)
        self.save(signed_in, kept.token)
        article = Article.objects.get()
        assert list(article.attachments.all()) == [kept]
        row = record.of(article).get(verb="附上原稿")
        assert (row.actor_pk, row.what["file"]) == (writer.pk, "屋檐下的灯.docx")

    def test_takes_several(self, signed_in, writer):
        kept = [attachments.keep(WHOLE, f"{number}.docx", by=writer) for number in range(3)]
        self.save(signed_in, *(each.token for each in kept))
        assert Article.objects.get().attachments.count() == 3

    def test_takes_the_last_ten_of_more(self, signed_in, writer):
        kept = [attachments.keep(WHOLE, f"{number}.docx", by=writer) for number in range(11)]
        self.save(signed_in, *(each.token for each in kept))
        assert set(Article.objects.get().attachments.all()) == set(kept[1:])

    def test_never_takes_anothers(self, signed_in):
        kept = attachments.keep(WHOLE, "a.docx", by=a_user())
        self.save(signed_in, kept.token)
        assert not Article.objects.get().attachments.exists()

    def test_never_takes_it_from_another_manuscript(self, signed_in, writer):
        kept = attachments.keep(WHOLE, "a.docx", by=writer)
        first = a_draft(writer, attachments=(kept.token,))
        self.save(signed_in, kept.token)
        assert list(first.attachments.all()) == [kept]

    def test_nothing_is_tied_to_what_is_locked(self, writer):
        kept, article = attachments.keep(WHOLE, "a.docx", by=writer), handed_in(writer)
        attachments.claim(article, [kept.token], by=writer)
        assert not article.attachments.exists()

    @pytest.mark.parametrize("sent", ["x", "\x00", "' OR 1=1", "0" * 36, "-" * 10_000])
    def test_other_words_are_no_token(self, signed_in, sent):
        response = signed_in.post("/submit/", posted(attachment=sent))
        assert response.status_code == 302
        assert not Article.objects.get().attachments.exists()


class TestHowMany:
    def test_a_day_has_an_end(self, writer):
        for number in range(attachments.MAX_A_DAY):
            attachments.keep(WHOLE, f"{number}.docx", by=writer)
        with pytest.raises(word.WordRefused, match="明天再导入"):
            word_files.bring_in(SimpleUploadedFile("一.docx", WHOLE), by=writer)
        assert attachments.too_many_today(a_user()) == ""
        Attachment.objects.first().delete()
        assert attachments.too_many_today(writer) == ""
        assert attachments.keep(WHOLE, "最后一个.docx", by=writer)
        assert "50 个文件" in attachments.too_many_today(writer)
        Attachment.objects.update(uploaded_at=timezone.now() - timedelta(days=1))
        assert attachments.too_many_today(writer) == ""


class TestSweeping:
    @pytest.fixture
    def old(self, writer) -> Attachment:
        kept = attachments.keep(WHOLE, "旧.docx", by=writer)
        Attachment.objects.update(uploaded_at=timezone.now() - timedelta(days=31))
        return kept

    def test_removes_what_nobody_saved_and_its_file_late(self, writer, old, capsys):
        fresh = attachments.keep(WHOLE, "新.docx", by=writer)
        call_command("sweep_attachments", "--delete")
        assert list(Attachment.objects.all()) == [fresh]
        assert files.discarded() == {old.file.name}
        assert "没有用到的原稿 1 个" in capsys.readouterr().out

    def test_only_counts_unless_told_otherwise(self, old, capsys):
        call_command("sweep_attachments")
        assert default_storage.exists(old.file.name)
        assert "什么也没有删" in capsys.readouterr().out

    def test_never_takes_a_manuscripts(self, writer, old):
        a_draft(writer, attachments=(old.token,))
        assert attachments.sweep(for_good=True) == (0, 0)

    @pytest.mark.parametrize("days", [0, 1, -1, 40_000])
    def test_refuses_days_that_make_no_sense(self, days):
        with pytest.raises(CommandError, match="2 到 36500"):
            call_command("sweep_attachments", days=days)
