"""Pixels: what comes in is hostile until it has been made anew."""

import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from articles.pictures import pixels
from tests.articles.colours import DISPLAY_P3

FILES = Path(__file__).parents[2] / "files" / "pictures"


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
    "a pdf": b"%PDF-1.7\n",
    "a zip": b"PK\x03\x04" + bytes(60),
    "twenty thousand by twenty thousand": a_png_that_claims(20_000, 20_000),
    "more pixels than a number holds": a_png_that_claims(2**31 - 1, 2**31 - 1),
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_what_is_no_picture_is_refused_in_a_sentence(data):
    with pytest.raises(pixels.PictureRefused, match="请"):
        pixels.decode(data)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"])
def test_the_usual_formats_are_taken(format):
    image = pixels.decode(encoded(Image.new("RGB", (8, 6), "#a4231d"), format))
    assert (image.size, image.mode) == ((8, 6), "RGB")


@pytest.mark.parametrize(
    ("mode", "options"),
    [
        ("1", {"compression": "group4"}),
        ("L", {"compression": "tiff_lzw"}),
        ("P", {}),
        ("RGB", {"compression": "jpeg"}),
        ("RGBA", {"compression": "tiff_adobe_deflate"}),
        ("CMYK", {}),
        ("I;16", {}),
    ],
)
def test_a_scanners_tiff_is_taken_however_it_is_packed(mode, options):
    image = pixels.decode(encoded(Image.new(mode, (40, 30)), "TIFF", **options))
    assert image.size == (40, 30)


def test_a_gif_that_is_seen_through_stays_so():
    sent = Image.new("P", (8, 8), 1)
    sent.putpixel((0, 0), 0)
    image = pixels.decode(encoded(sent, "GIF", transparency=0))
    assert (image.mode, image.getpixel((0, 0))[3]) == ("RGBA", 0)


KINDS = [
    ("svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "画的图"),
    ("emf", b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(60), "画的图"),
    ("wmf", b"\xd7\xcd\xc6\x9a" + bytes(60), "画的图"),
    ("psd", b"8BPS\0\1" + bytes(60), "Photoshop"),
    ("raw", b"II*\0\x10\0\0\0CR\2\0" + bytes(60), "RAW"),
    ("thumbnail", encoded(Image.new("L", (8, 8)), "TIFF", tiffinfo={254: 1}), "RAW"),
    ("mp4", b"\0\0\0\x18ftypmp42" + bytes(60), "视频"),
    ("mov", b"\0\0\0\x14ftypqt  " + bytes(60), "视频"),
    ("pdf", b"%PDF-1.7\n", "PDF"),
    ("docx", b"PK\x03\x04" + bytes(60), "已有 Word 稿"),
    ("jp2", b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(60), "很少见"),
    ("tga", encoded(Image.new("RGB", (512, 300)), "TGA"), "很少见"),
    ("ico", encoded(Image.new("RGB", (64, 64)), "ICO"), "很少见"),
    ("pcx", encoded(Image.new("RGB", (60, 40)), "PCX"), "很少见"),
    ("eps", b"%!PS-Adobe-3.0 EPSF-3.0\n" + bytes(60), "画的图"),
    ("floats", encoded(Image.new("F", (4, 4)), "TIFF"), "很少见"),
    ("empty", b"", "空的"),
    ("torn", a_png(400, 400)[:60], "可能不完整"),
    ("torn gif", encoded(Image.new("P", (90, 90)), "GIF")[:40], "可能不完整"),
    ("torn tiff", encoded(Image.new("L", (90, 90)), "TIFF")[:200], "可能不完整"),
    ("torn avif", encoded(Image.new("RGB", (90, 90)), "AVIF")[:200], "可能不完整"),
    ("far too large", a_png_that_claims(20_000, 20_000), "像素太多"),
]


@pytest.mark.parametrize(("name", "data", "words"), KINDS, ids=[row[0] for row in KINDS])
def test_the_reason_is_the_right_one(name, data, words):
    with pytest.raises(pixels.PictureRefused, match=words):
        pixels.decode(data)


@pytest.mark.parametrize("format", ["GIF", "BMP", "TIFF"])
def test_a_bitmap_that_promises_too_many_pixels_is_refused_before_it_is_decoded(format):
    data = bytearray(encoded(Image.new("L", (300, 200)), format))
    width, height = (300).to_bytes(2, "little"), (200).to_bytes(2, "little")
    for size in (width, height):
        at = data.index(size)
        data[at : at + 2] = (60_000).to_bytes(2, "little")
    with pytest.raises(pixels.PictureRefused, match="像素太多"):
        pixels.decode(bytes(data))


def corners(image: Image.Image) -> list[str]:
    """What stands in the four corners, left to right and down, of the pictures in `FILES`."""
    width, height = image.size
    places = [(5, 5), (width - 5, 5), (5, height - 5), (width - 5, height - 5)]
    return [named(image.convert("RGBA").getpixel(place)) for place in places]


def named(pixel: tuple[int, ...]) -> str:
    red, green, blue, alpha = (part > 100 for part in pixel)
    names = {(1, 0, 0): "red", (0, 1, 0): "green", (0, 0, 1): "blue", (1, 1, 1): "white"}
    return names[red, green, blue] if alpha else "nothing"


HEIC = {
    "plain": (96, 64, ["red", "green", "blue", "white"]),
    "turned": (64, 96, ["blue", "red", "white", "green"]),
    "alpha": (96, 64, ["red", "green", "blue", "nothing"]),
    "two": (96, 64, ["red", "green", "blue", "white"]),
    "position": (96, 64, ["red", "green", "blue", "white"]),
}


@pytest.mark.parametrize("name", HEIC)
def test_an_iphones_picture_is_taken_upright_and_the_first_of_several(name):
    image = pixels.decode((FILES / f"{name}.heic").read_bytes())
    assert (*image.size, corners(image)) == HEIC[name]


def test_a_heic_of_too_many_pixels_is_refused_before_it_is_decoded():
    with pytest.raises(pixels.PictureRefused, match="像素太多"):
        pixels.decode((FILES / "too-many-pixels.heic").read_bytes())


def test_a_heic_that_lies_about_its_size_is_refused():
    """The header says 96 × 64, the picture inside is of 51 million pixels."""
    data = (FILES / "too-many-pixels.heic").read_bytes()
    at = data.index(b"ispe") + 8
    liar = data[:at] + (96).to_bytes(4, "big") + (64).to_bytes(4, "big") + data[at + 8 :]
    with pytest.raises(pixels.PictureRefused, match="读不出"):
        pixels.decode(liar)


@pytest.mark.parametrize("name", ["plain", "alpha", "turned"])
@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_cut_off_heic_is_refused(name, part):
    data = (FILES / f"{name}.heic").read_bytes()
    with pytest.raises(pixels.PictureRefused, match="请"):
        pixels.decode(data[: int(len(data) * part)])


@pytest.mark.parametrize(
    ("format", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGBA")]
)
def test_wide_colours_are_converted_and_not_dropped(format, mode):
    """A red of Display P3, as iPhones write it, is outside sRGB's 200."""
    sent = Image.new(mode, (8, 8), (200, 60, 60, 128)[: len(mode)])
    image = pixels.decode(encoded(sent, format, icc_profile=DISPLAY_P3, quality=100))
    red, green, _, *alpha = image.getpixel((4, 4))
    assert red > 208
    assert green < 50
    assert alpha == ([128] if mode == "RGBA" else [])


@pytest.mark.parametrize("profile", [b"nonsense", DISPLAY_P3[:200], b"\x00" * 3000])
def test_a_broken_profile_breaks_no_picture(profile):
    sent = encoded(Image.new("RGB", (8, 8), (200, 60, 60)), "PNG", icc_profile=profile)
    assert pixels.decode(sent).getpixel((4, 4)) == (200, 60, 60)


def test_a_profile_of_another_kind_of_colours_is_not_asked():
    sent = encoded(Image.new("L", (8, 8), 100), "PNG", icc_profile=DISPLAY_P3)
    assert pixels.decode(sent).getpixel((4, 4)) == (100, 100, 100)


def test_sixteen_bits_of_grey_are_scaled_and_not_cut_off():
    image = pixels.decode(encoded(Image.new("I;16", (4, 4), 40_000)))
    assert image.getpixel((0, 0)) == (156, 156, 156)


def test_transparency_that_hides_nothing_is_dropped():
    assert pixels.decode(encoded(Image.new("RGBA", (4, 4), (9, 9, 9, 255)))).mode == "RGB"


def test_of_a_moving_picture_the_first_one_is_taken():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("#ff0000", "#0000ff")]
    for format in ("PNG", "WEBP", "GIF", "TIFF", "AVIF"):
        more = {"lossless": True} if format == "WEBP" else {}
        sent = encoded(frames[0], format, save_all=True, append_images=frames[1:], **more)
        red, _, blue = pixels.decode(sent).getpixel((4, 4))
        assert red > 250 > 5 > blue


def test_a_picture_larger_than_print_needs_is_made_smaller():
    assert pixels.decode(a_png(5000, 1000)).size == (3600, 720)


@pytest.mark.parametrize("suffix", pixels.RENDITIONS)
def test_a_rendition_is_what_its_suffix_says(suffix):
    data = pixels.encode_rendition(pixels.scaled(Image.new("RGB", (900, 600)), 480), suffix)
    rendition = Image.open(BytesIO(data))
    assert (rendition.format, rendition.size) == (suffix.upper(), (480, 320))


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "LA", "RGBA", "I;16"])
def test_every_kind_of_pixel_comes_out_as_rgb_or_rgba(mode):
    sent = encoded(Image.new(mode, (4, 4)), "JPEG" if mode == "CMYK" else "PNG")
    image = pixels.decode(sent)
    assert image.mode in ("RGB", "RGBA")
    data, suffix = pixels.encode_master(image)
    assert suffix == (".png" if image.mode == "RGBA" else ".jpg")
    assert Image.open(BytesIO(data)).size == (4, 4)


def test_a_picture_that_lies_on_its_side_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise
    data = encoded(Image.new("RGB", (40, 20)), "JPEG", exif=exif)
    assert pixels.decode(data).size == (20, 40)
