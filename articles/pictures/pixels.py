"""Pixels: hostile files in, upright sRGB pictures of a sensible size out. Pure, without Django.

Formats are told by content. Pillow decodes JPEG, PNG, WebP, GIF, BMP, TIFF and AVIF, libheif HEIC
(as iPhones take pictures). All of these decoders are in Pillow's own wheel, and AVIF's is there for
the renditions anyway; size and number of pixels are looked at before any of them begins.
"""

from io import BytesIO
from typing import Any

import pi_heif
from PIL import Image, ImageCms, ImageOps

from servicejournal.certain import certain

from . import kinds

pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
#: Longest side of a master: A4 across at 300 dpi is 2,480 pixels.
MASTER_SIDE = 3600
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP", "TIFF", "AVIF")
#: Suffixes of renditions, the smaller file first. Measured on photographs at 480 pixels: AVIF has
#: 18% fewer bytes than WebP at about the same fidelity, and at this speed takes no longer.
RENDITIONS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 8},
    "webp": {"format": "WEBP", "quality": 80},
}
#: From this width on pixels lie closer than an eye tells: a fifth fewer bytes for one decibel
#: (measured on the demo's pictures: 17.8 → 14.1 kB, 40.0 → 38.9 dB).
_CLOSE, _CLOSE_QUALITY = 960, 50
_TOO_MANY_PIXELS = "图片的像素太多（超过五千万），请缩小后再上传。"
#: Tags of TIFF 6.0 and of DNG 1.6.
_REDUCED, _DNG_VERSION = 0x00FE, 0xC612
TOO_LARGE = "图片超过 20 MB，请在手机或电脑上缩小后再上传。"
#: A camera's profile has some hundred bytes, a printing press's two megabytes.
_MAX_PROFILE = 4 * 1024 * 1024
_SRGB = ImageCms.createProfile("sRGB")


class PictureRefused(ValueError):
    """The file is not taken; the message (Chinese) says what to do."""


def decode(data: bytes) -> Image.Image:
    """The upright picture in RGB or RGBA, in sRGB, no side longer than MASTER_SIDE.

    The size is looked at before a pixel is decoded; of several pictures in a file it is the first.
    """
    if len(data) > MAX_BYTES:
        raise PictureRefused(TOO_LARGE)
    try:
        return _decoded(data)
    except PictureRefused:
        raise
    except Exception as error:  # Pillow raises whatever a broken decoder raises
        raise PictureRefused(kinds.why_not(data)) from error


def _decoded(data: bytes) -> Image.Image:
    try:
        image: Image.Image = Image.open(BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise PictureRefused(_TOO_MANY_PIXELS) from error
    if image.width * image.height > MAX_PIXELS:
        raise PictureRefused(_TOO_MANY_PIXELS)
    if image.format == "TIFF" and _is_of_a_sensor(image):
        raise PictureRefused(kinds.RAW)
    profile = image.info.get("icc_profile") or b""
    _halve(image)
    image.load()
    image = _eight_bits(ImageOps.exif_transpose(image))
    image.thumbnail((MASTER_SIDE, MASTER_SIDE), Image.Resampling.LANCZOS)
    pixels = _in_srgb(image, profile)
    pixels.info = {}  # Pillow would write a JPEG's comment into the new file
    return pixels


def _is_of_a_sensor(image: Image.Image) -> bool:
    """Raw files of cameras are TIFFs whose first picture is a thumbnail."""
    tags = image.getexif()
    return bool(tags.get(_REDUCED, 0) == 1 or tags.get(_DNG_VERSION))


def _halve(image: Image.Image) -> None:
    """A JPEG that is twice too large is decoded at half its size: a quarter of the memory."""
    if (times := max(image.size) // MASTER_SIDE) > 1:
        image.draft(None, (image.width // times, image.height // times))


def _eight_bits(image: Image.Image) -> Image.Image:
    """Modes that can be scaled and converted. Pillow cuts sixteen bits off instead of scaling."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if image.mode == "F":
        raise PictureRefused(kinds.RARE)
    if image.mode in ("RGB", "RGBA", "CMYK", "L"):
        return image if "transparency" not in image.info else image.convert("RGBA")
    has_alpha = image.mode in ("LA", "PA") or "transparency" in image.info
    return image.convert("RGBA" if has_alpha else "RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Converted from its colour profile: an iPhone's red without it would be a dull red."""
    mode = "RGBA" if image.mode == "RGBA" and _is_seen_through(image) else "RGB"
    if not profile or len(profile) > _MAX_PROFILE:
        return image.convert(mode)
    try:
        its_own = ImageCms.ImageCmsProfile(BytesIO(profile))
        fits = its_own.profile.xcolor_space.strip() == {"CMYK": "CMYK", "L": "GRAY"}.get(
            image.mode, "RGB"
        )
        if not fits or "sRGB" in ImageCms.getProfileDescription(its_own):
            return image.convert(mode)
        output = "RGBA" if image.mode == "RGBA" else "RGB"
        seen = ImageCms.profileToProfile(image, its_own, _SRGB, outputMode=output)
        return certain(seen, "Pillow makes a new image unless told otherwise").convert(mode)
    except (ImageCms.PyCMSError, OSError, ValueError):  # a broken profile is no broken picture
        return image.convert(mode)


def _is_seen_through(image: Image.Image) -> bool:
    """Screenshots have an alpha channel that hides nothing; as PNG they would be huge."""
    return image.getchannel("A").getextrema() != (255, 255)


def encode_master(image: Image.Image) -> tuple[bytes, str]:
    """Bytes and suffix of what is stored: PNG where there is transparency, otherwise JPEG."""
    out = BytesIO()
    if image.mode == "RGBA":
        image.save(out, "PNG")
        return out.getvalue(), ".png"
    image.save(out, "JPEG", quality=90, optimize=True, progressive=True)
    return out.getvalue(), ".jpg"


def scaled(image: Image.Image, width: int) -> Image.Image:
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def encode_rendition(image: Image.Image, suffix: str) -> bytes:
    """An image of its final size as "webp" or "avif"."""
    out, options = BytesIO(), RENDITIONS[suffix]
    if suffix == "avif" and image.width >= _CLOSE:
        options = {**options, "quality": _CLOSE_QUALITY}
    image.save(out, **options)
    return out.getvalue()
