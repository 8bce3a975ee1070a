"""A phone's photograph of twelve million pixels: time and memory of taking it in, each format.

Each is taken in a process of its own, whose memory before, and at its highest while the sender
waits (`click`: decoding, the master, the smallest rendition), is told, and at its highest with the
renditions that are the worker's (`others`). `photograph` is drawn and
made grainy, as a camera's files are; the HEIC is drawn only, for want of an encoder.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageChops

from articles.pictures import pixels
from issues.demo.pictures import draw

SIZE = (4032, 3024)
WIDTHS = (480, 960, 1600)
FILES = Path(__file__).parents[1] / "tests/files/pictures"
HEIC = {
    "HEIC, 12 megapixels": FILES / "twelve-megapixels.heic",
    "HEIC, a bomb": FILES / "too-many-pixels.heic",
}


def photograph() -> Image.Image:
    drawn = draw("street", SIZE)
    grain = Image.merge("RGB", [Image.effect_noise(SIZE, 20)] * 3)
    return Image.blend(drawn, ImageChops.overlay(drawn, grain), 0.5)


KINDS = {
    "JPEG, 12 megapixels": ("JPEG", SIZE, {"quality": 92}),
    "JPEG, 48 megapixels": ("JPEG", (8064, 6048), {"quality": 85}),
    "WebP, 12 megapixels": ("WEBP", SIZE, {"quality": 85, "method": 2}),
    "PNG, 12 megapixels": ("PNG", SIZE, {"compress_level": 1}),
}


def make(folder: str) -> None:
    """The files, and a line for each width of renditions; its memory is nobody's measure."""
    picture = photograph()
    for name, (format, size, options) in KINDS.items():
        picture.resize(size).save(Path(folder) / name, format, **options)
    for width in WIDTHS:
        scaled = pixels.scaled(picture, width)
        for suffix in pixels.RENDITIONS:
            start = time.perf_counter()
            size = len(pixels.encode_rendition(scaled, suffix))
            print(
                f"{width:5} {suffix:5} {size / 1000:5.0f} kB {time.perf_counter() - start:6.3f} s"
            )


def memory() -> int:
    """Megabytes at the highest so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def take(path: str) -> None:
    data = Path(path).read_bytes()
    before, start = memory(), time.perf_counter()
    try:
        image = pixels.decode(data)
        decoded = time.perf_counter()
        pixels.encode_master(image)
        pixels.encode_rendition(pixels.scaled(image, WIDTHS[0]), "webp")
        encoded, of_the_click = time.perf_counter(), memory()
        for width in WIDTHS:
            scaled = pixels.scaled(image, width)
            for suffix in pixels.RENDITIONS:
                pixels.encode_rendition(scaled, suffix)
        end = time.perf_counter()
        times = [decoded - start, encoded - decoded, encoded - start, end - encoded]
        told = "".join(f"{each:9.2f}" for each in times)
    except pixels.PictureRefused:
        told, of_the_click = f"{'refused':>27}{time.perf_counter() - start:9.2f}", memory()
    print(f"{len(data) / 1e6:9.1f}{told}{before:9}{of_the_click:9}{memory():9}")


def child(*arguments: str) -> None:
    subprocess.run([sys.executable, __file__, *arguments], check=True)  # noqa: S603


def main() -> None:
    heads = ["MB", "decode", "master", "click", "others", "before", "MB click", "MB peak"]
    with tempfile.TemporaryDirectory() as folder:
        child("make", folder)
        print(f"{'':22}" + "".join(f"{head:>9}" for head in heads), flush=True)
        for name, path in {**{name: Path(folder) / name for name in KINDS}, **HEIC}.items():
            print(f"{name:22}", end="", flush=True)
            child("take", str(path))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        {"make": make, "take": take}[sys.argv[1]](sys.argv[2])
    else:
        main()
