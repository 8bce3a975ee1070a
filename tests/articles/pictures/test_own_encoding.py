"""Our own pictures are known by their wrapping; a rider or a comment is not ours."""

from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from articles.pictures.own_encoding import is_master
from articles.pictures.pixels import encode_master

NOISE = Image.effect_noise((90, 60), 60)


def of_another(kind: str, mode: str = "RGB", **options) -> bytes:
    out = BytesIO()
    NOISE.convert(mode).save(out, kind, **options)
    return out.getvalue()


def with_words() -> PngInfo:
    info = PngInfo()
    info.add_text("Comment", "43.88 N, 125.32 E")
    return info


@pytest.mark.parametrize("image", [NOISE.convert("RGB"), NOISE.convert("RGBA")], ids=["jpg", "png"])
class TestOurOwn:
    def test_what_is_stored_is_known(self, image):
        assert is_master(encode_master(image)[0])

    def test_anything_behind_it_or_missing_is_not(self, image):
        data, _ = encode_master(image)
        assert not is_master(data + b"PK\x03\x04")
        assert not any(is_master(data[:length]) for length in range(0, len(data), 97))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg/>",
        of_another("GIF"),
        of_another("WEBP"),
        of_another("JPEG", comment=b"<?php"),
        of_another("JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"),
        of_another("JPEG", icc_profile=b"x" * 200),
        of_another("PNG", pnginfo=with_words()),
    ],
)
def test_foreign_pictures_are_not_ours(data):
    assert not is_master(data)
