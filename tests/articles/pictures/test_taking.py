"""Pictures of manuscripts: taken, counted, claimed, dressed for a page."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from articles.bodies import tree
from articles.models import Picture
from articles.pictures import dressing, pixels, renditions, taking
from servicejournal import errands, files
from tests.articles.pictures.test_pixels import FILES, a_png, encoded
from tests.articles.post_office import worker_runs
from tests.factories import a_picture, a_user, an_article


def test_a_file_over_the_limit_is_not_even_read():
    class Huge(ContentFile):
        def read(self, *args):
            raise AssertionError("read")

    huge = Huge(b"")
    huge.size = pixels.MAX_BYTES + 1
    with pytest.raises(pixels.PictureRefused, match="20 MB"):
        taking.take_file(huge, by=None)


@pytest.mark.django_db
class TestTaking:
    def take(self, data: bytes) -> Picture:
        return taking.take(data, by=a_user())

    def stored(self, picture: Picture) -> bytes:
        with picture.file.open() as file:
            return file.read()

    def test_nothing_of_the_sent_file_but_its_pixels_is_kept(self):
        exif = Image.Exif()
        exif[0x010F] = "SecretCamera"
        exif.get_ifd(0x8825)[1] = "N"
        sent = encoded(Image.new("RGB", (40, 20)), "JPEG", exif=exif, comment=b"SecretNote")
        sent += b"<script>alert(1)</script>PK\x03\x04"
        kept = self.stored(self.take(sent))
        for trace in (b"SecretCamera", b"SecretNote", b"<script", b"PK\x03\x04"):
            assert trace in sent
            assert trace not in kept
        assert not Image.open(BytesIO(kept)).getexif()

    def test_the_file_is_named_by_us(self):
        picture = self.take(a_png())
        assert picture.file.name == (f"pictures/{picture.token.hex[:2]}/{picture.token}/master.jpg")

    def test_width_and_height_are_those_of_the_master(self):
        picture = self.take(a_png(5000, 1000))
        assert (picture.width, picture.height) == (3600, 720)
        assert Image.open(BytesIO(self.stored(picture))).size == (3600, 720)

    @pytest.mark.parametrize(
        ("width", "widths"),
        [(1, [1]), (200, [200]), (480, [480]), (481, [480]), (2000, [480, 960, 1600])],
    )
    def test_each_rendition_that_a_page_names_is_made_by_the_worker(self, width, widths):
        picture = self.take(a_png(width, 300))
        assert renditions.widths(picture.width) == widths
        worker_runs()
        for each in widths:
            for suffix in pixels.RENDITIONS:
                path = renditions.path(picture, each, suffix)
                with default_storage.open(path) as file:
                    rendition = Image.open(file)
                    assert (rendition.format, rendition.width) == (suffix.upper(), each)

    def test_nothing_of_an_iphones_file_but_its_pixels_is_kept(self):
        sent = (FILES / "position.heic").read_bytes()
        picture = self.take(sent)
        kept = self.stored(picture)
        for trace in (b"SecretCamera", b"SecretModel", b"SecretNote", b"ftypheic"):
            assert trace in sent
            assert trace not in kept
        assert picture.file.name.endswith("master.jpg")
        assert not Image.open(BytesIO(kept)).getexif()

    def test_transparency_stays(self):
        sent = encoded(Image.new("RGBA", (4, 4), (0, 0, 0, 0)))
        picture = self.take(sent)
        assert picture.file.name.endswith(".png")
        assert Image.open(BytesIO(self.stored(picture))).mode == "RGBA"


@pytest.mark.django_db
class TestCounting:
    def full(self, user) -> None:
        """As if the user had uploaded all that one may in a day."""
        rows = [
            Picture(
                uploaded_by=user, file=f"pictures/x/{n}.jpg", width=1, height=1, sha256="0" * 64
            )
            for n in range(taking.MAX_A_DAY)
        ]
        Picture.objects.bulk_create(rows)

    def test_a_writers_uploads_of_a_day_are_limited(self):
        writer = a_user()
        self.full(writer)
        with pytest.raises(pixels.PictureRefused, match="今天已经上传了 200 张图片，请明天"):
            taking.take(a_png(), by=writer)
        assert taking.take(a_png(), by=a_user())

    def test_the_last_of_a_day_is_taken(self):
        writer = a_user()
        self.full(writer)
        Picture.objects.filter(uploaded_by=writer).first().delete()
        assert taking.take(a_png(), by=writer)
        with pytest.raises(pixels.PictureRefused, match="请明天"):
            taking.take(a_png(), by=writer)

    def test_tomorrow_there_is_room_again(self):
        writer = a_user()
        self.full(writer)
        Picture.objects.update(uploaded_at=timezone.now() - timedelta(days=1))
        assert taking.take(a_png(), by=writer)

    def test_the_desk_is_not_counted(self):
        editor = a_user("editor")
        self.full(editor)
        assert taking.take(a_png(), by=editor)

    def test_a_text_with_too_many_pictures_is_told_how_many(self):
        figures = [
            f'<figure><img src="/pictures/00000000-0000-4000-8000-{n:012}/" alt=""></figure>'
            for n in range(62)
        ]
        assert taking.too_many_in("".join(figures[:60])) == ""
        assert "62 张图片，一篇最多 60 张，请去掉 2 张" in taking.too_many_in("".join(figures))


@pytest.mark.django_db
class TestRenditions:
    def folder(self, picture: Picture) -> list[str]:
        return sorted(
            default_storage.listdir(f"pictures/{picture.token.hex[:2]}/{picture.token}")[1]
        )

    def test_an_upload_waits_for_the_smallest_alone(self):
        picture = taking.take(a_png(1800, 1200), by=a_user())
        assert self.folder(picture) == ["480.webp", "master.jpg"]
        worker_runs()
        assert self.folder(picture) == [
            "1600.avif", "1600.webp", "480.avif", "480.webp", "960.avif", "960.webp", "master.jpg",
        ]  # fmt: skip

    def test_without_a_worker_they_are_made_aside(
        self, settings, django_capture_on_commit_callbacks
    ):
        settings.TASKS = {
            "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
        }
        with django_capture_on_commit_callbacks() as after:
            taking.take(a_png(), by=a_user())
        assert [call.func for call in after] == [errands._submit]

    @pytest.mark.parametrize("suffix", pixels.RENDITIONS)
    def test_one_that_is_not_there_is_ordered_once_and_the_picture_stands_in(self, suffix):
        picture = a_picture()
        default_storage.delete(renditions.path(picture, 480, suffix))
        DBTaskResult.objects.all().delete()
        for _ in range(3):
            with renditions.stored(picture, 480, suffix) as file:
                assert file.name.endswith("master.jpg")
        assert DBTaskResult.objects.count() == 1
        worker_runs()
        with renditions.stored(picture, 480, suffix) as file:
            assert Image.open(file).format == suffix.upper()
        assert self.folder(picture) == ["480.avif", "480.webp", "master.jpg"]

    def test_what_was_begun_before_a_worker_died_is_not_made_twice(self):
        picture = taking.take(a_png(1800, 1200), by=a_user())
        place = renditions.path(picture, 960, "avif")
        files.put(place, b"made before")
        worker_runs()
        with default_storage.open(place) as file:
            assert file.read() == b"made before"
        assert len(self.folder(picture)) == 7

    def test_of_a_picture_whose_file_is_gone_the_log_tells(self, caplog):
        picture = taking.take(a_png(), by=a_user())
        default_storage.delete(picture.file.name)
        worker_runs()
        assert f"No renditions of picture {picture.pk}" in caplog.text

    def test_of_a_picture_that_was_removed_meanwhile_nothing_is_made(self):
        picture = taking.take(a_png(), by=a_user())
        picture.delete()
        worker_runs()
        assert DBTaskResult.objects.successful().count() == 1


@pytest.mark.django_db
class TestClaiming:
    def shown(self, picture: Picture) -> str:
        return f'<p>字</p><figure><img src="{picture.get_absolute_url()}" alt="图"></figure>'

    def test_ones_own_upload_becomes_the_manuscripts(self):
        writer = a_user()
        picture = a_picture(by=writer)
        article = an_article(body=self.shown(picture), contributor=writer)
        taking.claim(article, by=writer)
        picture.refresh_from_db()
        assert picture.article == article

    def test_anothers_upload_does_not_and_is_not_shown(self):
        picture = a_picture()
        article = an_article(body=self.shown(picture))
        taking.claim(article, by=article.contributor)
        picture.refresh_from_db()
        assert picture.article is None
        assert "<img" not in tree.written(dressing.dress(article))

    def test_text_that_moves_to_another_draft_takes_its_picture_along(self):
        writer = a_user()
        first = an_article(contributor=writer)
        picture = a_picture(first, by=writer)
        second = an_article(body=self.shown(picture), contributor=writer)
        taking.claim(second, by=writer)
        picture.refresh_from_db()
        copied = second.pictures.get()
        assert picture.article == first
        assert copied.token != picture.token
        assert (copied.width, copied.height) == (picture.width, picture.height)
        second.refresh_from_db()
        assert copied.get_absolute_url() in second.body
        assert picture.get_absolute_url() not in second.body
        for suffix in pixels.RENDITIONS:
            assert default_storage.exists(renditions.path(copied, 480, suffix))


@pytest.mark.django_db
def test_a_dressed_picture_has_its_sizes_and_renditions(django_assert_num_queries):
    article = an_article()
    picture = a_picture(article)
    article.body = f'<figure><img src="{picture.get_absolute_url()}" alt="柜台"></figure>'
    with django_assert_num_queries(1):
        dressed = tree.written(dressing.dress(article))
    assert 'alt="柜台"' in dressed
    for suffix in pixels.RENDITIONS:
        assert f"{picture.get_absolute_url()}480.{suffix} 480w" in dressed
    assert dressed.startswith('<figure><picture><source type="image/avif"')
    assert 'loading="lazy"' in dressed
