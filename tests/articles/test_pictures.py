"""Pictures: what comes in is hostile until Pillow has made it anew."""

import zlib
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from articles import pictures
from articles.models import Picture
from tests.factories import a_picture, a_user, an_article


def encoded(image: Image.Image, format: str = "PNG", **options) -> bytes:
    out = BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def a_png(width: int = 40, height: int = 30, color="#a4231d") -> bytes:
    return encoded(Image.new("RGB", (width, height), color))


def a_png_that_claims(width: int, height: int) -> bytes:
    """A few bytes whose header promises so many pixels."""
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    header = b"IHDR" + size + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\r"
        + header
        + zlib.crc32(header).to_bytes(4, "big")
        + a_png()[33:]
    )


REFUSED = {
    "an empty file": b"",
    "text": "柜台".encode(),
    "html": b"<html><script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "php": b"<?php system($_GET['x']); ?>",
    "a program": b"MZ\x90\x00" + bytes(100),
    "a cut-off picture": a_png(400, 400, "#123456")[:60],
    "a gif": encoded(Image.new("P", (4, 4)), "GIF"),
    "a bmp": encoded(Image.new("RGB", (4, 4)), "BMP"),
    "a tiff": encoded(Image.new("RGB", (4, 4)), "TIFF"),
    "a pdf": b"%PDF-1.7\n",
    "a zip": b"PK\x03\x04" + bytes(60),
    "twenty thousand by twenty thousand": a_png_that_claims(20_000, 20_000),
    "more pixels than a number holds": a_png_that_claims(2**31 - 1, 2**31 - 1),
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_what_is_no_picture_is_refused_in_a_sentence(data):
    with pytest.raises(pictures.PictureRefused, match="请"):
        pictures.decode(data)


def test_a_file_over_the_limit_is_not_even_read():
    class Huge(ContentFile):
        def read(self, *args):
            raise AssertionError("read")

    huge = Huge(b"")
    huge.size = pictures.MAX_BYTES + 1
    with pytest.raises(pictures.PictureRefused, match="20 MB"):
        pictures.take_file(huge, by=None)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_the_three_formats_are_taken(format):
    image = pictures.decode(encoded(Image.new("RGB", (8, 6), "#a4231d"), format))
    assert (image.size, image.mode) == ((8, 6), "RGB")


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "LA", "RGBA", "I;16"])
def test_every_kind_of_pixel_comes_out_as_rgb_or_rgba(mode):
    sent = encoded(Image.new(mode, (4, 4)), "JPEG" if mode == "CMYK" else "PNG")
    image = pictures.decode(sent)
    assert image.mode in ("RGB", "RGBA")
    data, suffix = pictures.encode_master(image)
    assert suffix == (".png" if image.mode == "RGBA" else ".jpg")
    assert Image.open(BytesIO(data)).size == (4, 4)


def test_a_picture_that_lies_on_its_side_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise
    data = encoded(Image.new("RGB", (40, 20)), "JPEG", exif=exif)
    assert pictures.decode(data).size == (20, 40)


@pytest.mark.django_db
class TestTaking:
    def take(self, data: bytes) -> Picture:
        return pictures.take(data, by=a_user())

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
    def test_each_rendition_that_a_page_names_is_there(self, width, widths):
        picture = self.take(a_png(width, 300))
        assert pictures.rendition_widths(picture.width) == widths
        for each in widths:
            with default_storage.open(pictures.rendition_path(picture, each)) as file:
                rendition = Image.open(file)
                assert (rendition.format, rendition.width) == ("WEBP", each)

    def test_transparency_stays(self):
        sent = encoded(Image.new("RGBA", (4, 4), (0, 0, 0, 0)))
        picture = self.take(sent)
        assert picture.file.name.endswith(".png")
        assert Image.open(BytesIO(self.stored(picture))).mode == "RGBA"


@pytest.mark.django_db
class TestClaiming:
    def shown(self, picture: Picture) -> str:
        return f'<p>字</p><figure><img src="{picture.get_absolute_url()}" alt="图"></figure>'

    def test_ones_own_upload_becomes_the_manuscripts(self):
        writer = a_user()
        picture = a_picture(by=writer)
        article = an_article(body=self.shown(picture), contributor=writer)
        pictures.claim(article, by=writer)
        picture.refresh_from_db()
        assert picture.article == article

    def test_anothers_upload_does_not_and_is_not_shown(self):
        picture = a_picture()
        article = an_article(body=self.shown(picture))
        pictures.claim(article, by=article.contributor)
        picture.refresh_from_db()
        assert picture.article is None
        assert "<img" not in pictures.dress(article)

    def test_text_that_moves_to_another_draft_takes_its_picture_along(self):
        writer = a_user()
        first = an_article(contributor=writer)
        picture = a_picture(first, by=writer)
        second = an_article(body=self.shown(picture), contributor=writer)
        pictures.claim(second, by=writer)
        picture.refresh_from_db()
        copied = second.pictures.get()
        assert picture.article == first
        assert copied.token != picture.token
        assert (copied.width, copied.height) == (picture.width, picture.height)
        second.refresh_from_db()
        assert copied.get_absolute_url() in second.body
        assert picture.get_absolute_url() not in second.body
        assert default_storage.exists(pictures.rendition_path(copied, 480))


@pytest.mark.django_db
def test_a_dressed_picture_has_its_sizes_and_renditions(django_assert_num_queries):
    article = an_article()
    picture = a_picture(article)
    article.body = f'<figure><img src="{picture.get_absolute_url()}" alt="柜台"></figure>'
    with django_assert_num_queries(1):
        dressed = pictures.dress(article)
    assert 'alt="柜台"' in dressed
    assert f"{picture.get_absolute_url()}480.webp 480w" in dressed
    assert 'loading="lazy"' in dressed
