"""Pictures over HTTP: who may send them, who may see them, who may keep them."""

import json

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from articles.models import Picture
from articles.pictures import pixels, renditions, taking
from tests.articles.filling_in import a_draft
from tests.articles.pictures.test_pixels import FILES, a_png
from tests.articles.post_office import worker_runs
from tests.factories import (
    a_next_edition,
    a_picture,
    a_user,
    an_article,
    an_issue,
    printed_anew,
)

pytestmark = pytest.mark.django_db


class TestUploading:
    def upload(self, client, data: bytes | None = None, **headers):
        file = SimpleUploadedFile("柜台.png", a_png() if data is None else data)
        return client.post("/pictures/", {"upload": file}, headers=headers)

    def test_answers_as_the_editor_expects(self, signed_in, writer):
        response = self.upload(signed_in)
        picture = Picture.objects.get()
        assert response.status_code == 201
        assert json.loads(response.content) == {
            "uploaded": 1,
            "fileName": "柜台.png",
            "url": picture.get_absolute_url(),
        }
        assert (picture.uploaded_by, picture.article) == (writer, None)

    @pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"GIF89a" + bytes(20)])
    def test_a_refused_file_is_a_4xx_with_a_sentence(self, signed_in, data):
        response = self.upload(signed_in, data)
        assert response.status_code in (400, 422)
        answer = json.loads(response.content)
        assert answer["uploaded"] == 0
        assert "请" in answer["error"]["message"]
        assert not Picture.objects.exists()

    def test_nothing_sent_is_a_sentence_too(self, signed_in):
        response = signed_in.post("/pictures/")
        assert response.status_code == 400
        assert "没有收到文件" in json.loads(response.content)["error"]["message"]

    def test_strangers_upload_nothing(self, client):
        response = self.upload(client)
        assert response.status_code == 403
        assert "登录" in json.loads(response.content)["error"]["message"]
        assert not Picture.objects.exists()

    def test_an_iphones_picture_is_taken_whatever_it_is_called(self, signed_in):
        response = self.upload(signed_in, (FILES / "turned.heic").read_bytes())
        assert response.status_code == 201
        picture = Picture.objects.get()
        assert (picture.width, picture.height) == (64, 96)

    def test_the_days_limit_is_a_sentence(self, signed_in, writer):
        Picture.objects.bulk_create(
            Picture(uploaded_by=writer, file=f"pictures/x/{n}.jpg", width=1, height=1)
            for n in range(taking.MAX_A_DAY)
        )
        response = self.upload(signed_in)
        assert response.status_code == 422
        assert "请明天再传" in json.loads(response.content)["error"]["message"]

    def test_needs_the_token(self, writer):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(writer)
        response = self.upload(strict)
        assert response.status_code == 403
        assert json.loads(response.content)["uploaded"] == 0
        strict.get("/submit/")
        token = strict.cookies["csrftoken"].value
        assert self.upload(strict, **{"X-CSRFToken": token}).status_code == 201


class TestSeeingPictures:
    def paths(self, picture: Picture) -> list[str]:
        names = ("", "480.webp", "480.avif", "thumbnail.webp")
        return [f"{picture.get_absolute_url()}{name}" for name in names]

    def get(self, client, path: str, **how):
        response = client.get(path, **how)
        if response.streaming:
            response.getvalue()  # read to its end, the file is closed
        return response

    def statuses(self, client, picture) -> list[int]:
        return [self.get(client, path).status_code for path in self.paths(picture)]

    @pytest.mark.parametrize(("state", "at_the_desk"), [("draft", 404), ("submitted", 200)])
    def test_before_publication_are_for_the_writer_and_what_is_sent_for_the_desk(
        self, client, writer, state, at_the_desk
    ):
        picture = a_picture(an_article(contributor=writer, status=state))
        assert self.statuses(client, picture) == [404] * 4
        for user, status in [(a_user(), 404), (writer, 200), (a_user("editor"), at_the_desk)]:
            client.force_login(user)
            assert self.statuses(client, picture) == [status] * 4

    @pytest.fixture
    def shown(self) -> Picture:
        """In an article that is out."""
        article = an_article(issue=an_issue(published=True))
        picture = a_picture(article)
        article.body = f'<figure><img src="{picture.get_absolute_url()}" alt=""></figure>'
        article.save()
        printed_anew(article.issue)
        return picture

    def test_of_a_published_article_are_for_everybody_and_kept_for_half_a_minute(
        self, client, shown
    ):
        picture = shown
        types = ["image/jpeg", "image/webp", "image/avif", "image/webp"]
        for path, type in zip(self.paths(picture), types, strict=True):
            response = self.get(client, path)
            assert response.status_code == 200
            assert response["Content-Type"] == type
            assert response["Cache-Control"] == "public, max-age=30, s-maxage=30"
            assert response["X-Content-Type-Options"] == "nosniff"
            seen = {"If-None-Match": response["ETag"]}
            assert self.get(client, path, headers=seen).status_code == 304

    def test_that_were_taken_out_of_a_text_that_is_out_are_gone(self, client, shown):
        shown.article.body = "<p>没有图了。</p>"
        shown.article.save()
        assert self.get(client, shown.get_absolute_url()).status_code == 200
        printed_anew(shown.article.issue)
        assert self.statuses(client, shown) == [404] * 4

    def test_that_readers_held_by_an_earlier_edition_are_gone_for_good(self, client, shown):
        """410, so that caches drop their copies at once; and a stranger to a members' journal is
        not even told that there was one."""
        shown.article.body = "<p>没有图了。</p>"
        shown.article.save()
        a_next_edition(shown.article.issue)
        assert self.statuses(client, shown) == [410] * 4
        answer = self.get(client, shown.get_absolute_url())
        assert (answer.text, answer["Cache-Control"]) == ("这张图片已经撤下。\n", "no-cache")
        with override_settings(READER_ACCESS="members"):
            assert self.statuses(client, shown) == [404] * 4
        client.force_login(shown.uploaded_by)
        assert self.statuses(client, shown) == [200] * 4

    def test_of_a_members_journal_are_for_members_and_kept_by_nobody(self, client, settings, shown):
        picture = shown
        settings.READER_ACCESS = "members"
        assert self.statuses(client, picture) == [404] * 4
        client.force_login(a_user())
        assert self.get(client, picture.get_absolute_url())["Cache-Control"] == "private, no-store"

    def test_before_publication_no_cache_keeps_them(self, signed_in, writer):
        picture = a_picture(a_draft(writer))
        for path in self.paths(picture):
            assert self.get(signed_in, path)["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize("width", [0, 1, 479, 481, 960, 10**9])
    def test_there_are_no_other_widths(self, signed_in, writer, width):
        picture = a_picture(a_draft(writer))
        for suffix in pixels.RENDITIONS:
            path = f"{picture.get_absolute_url()}{width}.{suffix}"
            assert signed_in.get(path).status_code == 404

    def test_there_are_no_other_kinds_and_nothing_is_posted(self, signed_in, writer):
        picture = a_picture(a_draft(writer))
        assert signed_in.get(f"{picture.get_absolute_url()}480.jpg").status_code == 404
        assert [signed_in.post(path).status_code for path in self.paths(picture)] == [405] * 4

    def test_until_a_rendition_is_made_the_picture_stands_in_and_nobody_keeps_it(
        self, client, shown
    ):
        path = f"{shown.get_absolute_url()}480.avif"
        default_storage.delete(renditions.path(shown, 480, "avif"))
        response = self.get(client, path)
        assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
        assert response["Cache-Control"] == "private, no-store"
        assert "ETag" not in response
        worker_runs()
        response = self.get(client, path)
        assert response["Content-Type"] == "image/avif"
        assert "ETag" in response

    def test_a_file_that_is_gone_is_a_404_and_is_logged(self, signed_in, writer, caplog):
        picture = a_picture(a_draft(writer))
        default_storage.delete(picture.file.name)
        for suffix in pixels.RENDITIONS:
            default_storage.delete(renditions.path(picture, 480, suffix))
        assert self.statuses(signed_in, picture) == [404] * 4
        assert len([row for row in caplog.records if "is not there" in row.message]) == 4
