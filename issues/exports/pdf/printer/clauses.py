"""Whether a file is what a printer takes: PDF/X-4 (ISO 15930-7), rule by rule, and our own on ink.

No open checker of PDF/X exists, so this is ours: it reads a finished file and knows nothing of how
it was made. What it does not read: whether a font's program is sound, whether a picture's
compressed data are, and optional content, which nothing of ours has. Pure.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageChops

from . import inks, operators
from .drawn import Thing, things
from .measures import BLEED

#: Points that rounding may take away.
_HAIR = 0.05
#: What JPEG may add to a picture's darkest place, in percent of ink.
_JPEG_ADDS = 6
_SCREEN = (Name.DeviceRGB, Name.CalRGB, Name.CalGray, Name.Lab)
_BLENDS = {
    f"/{each}"
    for each in (
        *("Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten"),
        *("ColorDodge", "ColorBurn", "HardLight", "SoftLight", "Difference", "Exclusion"),
        *("Hue", "Saturation", "Color", "Luminosity"),
    )
}
_X = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
_TOLD = {
    "{http://ns.adobe.com/xap/1.0/}CreateDate": "制作时间",
    "{http://ns.adobe.com/xap/1.0/}ModifyDate": "修改时间",
    "{http://ns.adobe.com/xap/1.0/}MetadataDate": "说明的时间",
    "{http://purl.org/dc/elements/1.1/}title": "标题",
    "{http://ns.adobe.com/xap/1.0/mm/}DocumentID": "文件编号",
    "{http://ns.adobe.com/xap/1.0/mm/}VersionID": "版本编号",
    "{http://ns.adobe.com/xap/1.0/mm/}RenditionClass": "文件类别",
}
_TRAPPED = "{http://ns.adobe.com/pdf/1.3/}Trapped"


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that the file breaks; `page` is 0 where it is about the whole."""

    rule: str
    words: str
    page: int = 0

    def __str__(self) -> str:
        return f"第 {self.page} 页：{self.words}" if self.page else self.words


class _File:
    """What several rules look at."""

    def __init__(self, document: Pdf) -> None:
        self.document = document

    @cached_property
    def things(self) -> list[Thing]:
        return list(things(self.document))

    @cached_property
    def programs(self) -> list[tuple[Thing, bytes]]:
        return [(each, each.program()) for each in self.things if each.is_program]

    @cached_property
    def told(self) -> dict[str, str]:
        """The facts of the XMP, by their full names."""
        stream = self.document.Root.get("/Metadata")
        if stream is None:
            return {}
        text = re.sub(rb"<\?xpacket[^>]*\?>", b"", stream.read_bytes())
        try:
            tree = ElementTree.fromstring(text.strip())  # noqa: S314  a file that we made
        except ElementTree.ParseError:
            return {}
        facts = {each.tag: "".join(each.itertext()).strip() for each in tree.iter()}
        for each in tree.iter():
            facts |= each.attrib
        return facts

    def of(self, kind: str) -> Iterator[Thing]:
        return (each for each in self.things if each.kind == kind)


Found = Iterable[Fault]


def faults(made: bytes | Path) -> list[Fault]:
    """All rules that the file breaks, in the order in which they stand here."""
    try:
        document = pikepdf.open(BytesIO(made) if isinstance(made, bytes) else made)
    except pikepdf.PasswordError:
        return [Fault("encryption", "文件加了密，印厂打不开。")]
    except pikepdf.PdfError:
        return [Fault("file", "文件不是完整的 PDF。")]
    with document:
        file = _File(document)
        return [fault for rule in _RULES for fault in rule(file)]


# The file


def _version(file: _File) -> Found:
    if tuple(map(int, file.document.pdf_version.split("."))) > (1, 6):
        yield Fault("version", f"PDF 版本是 {file.document.pdf_version}，PDF/X-4 最高 1.6。")


def _encryption(file: _File) -> Found:
    if file.document.is_encrypted:
        yield Fault("encryption", "文件加了密，印厂打不开。")


def _identity(file: _File) -> Found:
    if len(file.document.trailer.get("/ID", [])) != 2:
        yield Fault("id", "文件没有编号（ID）。")
    version = file.told.get(_X)
    if version != "PDF/X-4":
        yield Fault("pdfx", f"文件没有声明是 PDF/X-4{f'，写的是 {version}' if version else ''}。")
    for name, words in _TOLD.items():
        if not file.told.get(name):
            yield Fault("metadata", f"文件说明里没有{words}。")


def _trapped(file: _File) -> Found:
    told = file.told.get(_TRAPPED)
    if told not in ("True", "False"):
        yield Fault("trapped", "没有写明做没做过陷印（Trapped）。")
    own = file.document.docinfo.get("/Trapped") if "/Info" in file.document.trailer else None
    if own is not None and str(own) != f"/{told}":
        yield Fault("trapped", "两处写的陷印（Trapped）不一样。")


def _output_intent(file: _File) -> Found:
    held = file.document.Root.get("/OutputIntents", Array())
    ours = [each for each in held if each.get("/S") == Name.GTS_PDFX]
    if len(ours) != 1:
        yield Fault("intent", f"要有且只有一个 PDF/X 的输出意图，现在有 {len(ours)} 个。")
        return
    (intent,) = ours
    if not str(intent.get("/OutputConditionIdentifier", "")):
        yield Fault("intent", "输出意图没有写印刷条件的名称。")
    profile = intent.get("/DestOutputProfile")
    if profile is None:
        yield Fault("intent", "输出意图没有带特性文件（ICC）。")
    else:
        yield from _profile(profile)


def _profile(profile: Any) -> Found:
    data = profile.read_bytes()
    if data[36:40] != b"acsp":
        yield Fault("intent", "输出意图里的特性文件（ICC）是坏的。")
    elif data[12:16] != b"prtr" or data[16:20] != b"CMYK" or int(profile.get("/N", 0)) != 4:
        yield Fault("intent", "输出意图里的特性文件（ICC）不是四色印刷用的。")


def _nothing_acts(file: _File) -> Found:
    root = file.document.Root
    names = root.get("/Names", Dictionary())
    if any(each in root for each in ("/OpenAction", "/AA")) or "/JavaScript" in names:
        yield Fault("actions", "文件里有自动执行的动作或脚本。")
    if "/AcroForm" in root:
        yield Fault("actions", "文件里有表单。")
    if "/EmbeddedFiles" in names:
        yield Fault("attached", "文件里夹带了别的文件。")
    for number, page in enumerate(file.document.pages, start=1):
        if "/AA" in page.obj:
            yield Fault("actions", "有自动执行的动作。", number)


# Pages


def _box(page: Any, name: str) -> list[float] | None:
    held = page.get(name)
    return None if held is None else [float(each) for each in held]


def _holds(outer: list[float], inner: list[float]) -> bool:
    return (
        outer[0] <= inner[0] + _HAIR
        and outer[1] <= inner[1] + _HAIR
        and outer[2] >= inner[2] - _HAIR
        and outer[3] >= inner[3] - _HAIR
    )


def _boxes(file: _File) -> Found:
    sizes = set()
    for number, page in enumerate(file.document.pages, start=1):
        trim, art = _box(page.obj, "/TrimBox"), _box(page.obj, "/ArtBox")
        media, bleed = [float(each) for each in page.mediabox], _box(page.obj, "/BleedBox")
        if (trim is None) == (art is None):
            words = "没有写成品尺寸（TrimBox）。" if trim is None else "成品尺寸写了两处。"
            yield Fault("boxes", words, number)
            continue
        cut = trim or art or media
        sizes.add((round(cut[2] - cut[0]), round(cut[3] - cut[1])))
        if not _holds(media, bleed or cut) or not _holds(bleed or media, cut):
            yield Fault("boxes", "成品、出血、纸张三个框没有一个套一个。", number)
        elif bleed is None or not _holds(bleed, _wider(cut)):
            yield Fault("bleed", "出血不到 3 毫米。", number)
    if len(sizes) > 1:
        yield Fault("boxes", "各页的成品尺寸不一样。")


def _wider(box: list[float]) -> list[float]:
    left, bottom, right, top = box
    return [left - BLEED, bottom - BLEED, right + BLEED, top + BLEED]


def _annotations(file: _File) -> Found:
    for number, page in enumerate(file.document.pages, start=1):
        bleed = _box(page.obj, "/BleedBox") or [float(each) for each in page.mediabox]
        for each in page.obj.get("/Annots", Array()):
            if each.get("/Subtype") in (Name.PrinterMark, Name.TrapNet):
                continue
            left, bottom, right, top = (float(edge) for edge in each.Rect)
            if left < bleed[2] and right > bleed[0] and bottom < bleed[3] and top > bleed[1]:
                yield Fault("annotations", "版面上有链接或批注。", number)
                break


# Type


def _fonts(file: _File) -> Found:
    for each in file.of("/Font"):
        font = each.what
        if font.get("/Subtype") == Name.Type3:
            continue
        held = font.DescendantFonts[0] if font.get("/Subtype") == Name.Type0 else font
        told = held.get("/FontDescriptor", Dictionary())
        if not any(f"/FontFile{kind}" in told for kind in ("", "2", "3")):
            name = str(font.get("/BaseFont", "")).lstrip("/")
            yield Fault("fonts", f"字体 {name} 没有嵌进文件。", each.page)


# Colour


def _space(space: Any) -> Found:
    """What is wrong with a space of colours; rules are told without a page."""
    if isinstance(space, Array) and space:
        kind = space[0]
        if kind == Name.ICCBased:
            if (
                int(space[1].get("/N", 0)) not in (1, 3, 4)
                or space[1].read_bytes()[36:40] != b"acsp"
            ):
                yield Fault("colour", "有颜色的特性文件（ICC）是坏的。")
        elif kind in (Name.Indexed, Name.Pattern) and len(space) > 1:
            yield from _space(space[1])
        elif kind in (Name.Separation, Name.DeviceN):
            yield from _space(space[2])
        elif kind in _SCREEN:
            yield Fault("colour", "用了屏幕颜色，又没有特性文件（ICC）。")
    elif space in _SCREEN:
        yield Fault("colour", "用了屏幕颜色，又没有特性文件（ICC）。")


def _at(page: int, found: Found) -> Found:
    return (Fault(each.rule, each.words, page) for each in found)


def _spaces(file: _File) -> Found:
    for each in file.things:
        for space in each.resources.get("/ColorSpace", Dictionary()).values():
            yield from _at(each.page, _space(space))
        if not hasattr(each.what, "get"):
            continue
        for name in ("/ColorSpace",) if each.kind in ("/XObject", "/Shading") else ():
            if name in each.what:
                yield from _at(each.page, _space(each.what[name]))
        if each.kind == "/Pattern" and "/Shading" in each.what:
            yield from _at(each.page, _space(each.what.Shading.ColorSpace))
        if "/CS" in each.what.get("/Group", Dictionary()):
            yield from _at(each.page, _space(each.what.Group.CS))


def _programs(file: _File) -> Found:
    for each, program in file.programs:
        known = set(each.resources.get("/ColorSpace", Dictionary()).keys())
        for operator, numbers in operators.colours(program):
            if len(numbers) != _COUNTS.get(operator, len(numbers)):
                yield Fault("operators", "有写坏的颜色。", each.page)
                break
            if operator in (b"rg", b"RG", b"/DeviceRGB"):
                yield Fault("colour", "用了屏幕颜色，又没有特性文件（ICC）。", each.page)
                break
            if operator in (b"k", b"K") and round(100 * sum(numbers)) > inks.MOST_INK:
                words = f"有一块颜色用墨 {round(100 * sum(numbers))}%，超过 {inks.MOST_INK}%。"
                yield Fault("ink", words, each.page)
                break
            if operator in (b"k", b"K") and numbers[3] == 1 and any(numbers[:3]):
                yield Fault("black", "有黑色用了四块版，套不准会发虚。", each.page)
                break
        for name in operators.names(program):
            if name == b"BI" or name in (b"/DeviceRGB", b"/CalRGB"):
                yield Fault("colour", "有直接写在版面里的图片或屏幕颜色。", each.page)
            elif name.decode() not in known | _patterns(each) | _PRESS:
                yield Fault("colour", f"用了没有说明的颜色 {name.decode()}。", each.page)


_NO_MASK = Name("/None")
_COUNTS = {b"g": 1, b"G": 1, b"rg": 3, b"RG": 3, b"k": 4, b"K": 4}
_PRESS = {"/DeviceCMYK", "/DeviceGray", "/Pattern"}


def _patterns(thing: Thing) -> set[str]:
    held = thing.resources
    return set(held.get("/Pattern", Dictionary()).keys()) | set(
        held.get("/Shading", Dictionary()).keys()
    )


def _pictures(file: _File) -> Found:
    for each in file.of("/XObject"):
        if (
            each.what.get("/Subtype") != Name.Image
            or each.what.get("/ColorSpace") != Name.DeviceCMYK
        ):
            continue
        try:
            most = round(inks.most_ink(_plates(each.what)))
        except (OSError, ValueError):
            yield Fault("file", "有一张图片是坏的。", each.page)
            continue
        if most > inks.MOST_INK + _JPEG_ADDS:
            words = f"有一张图片用墨 {most}%，超过 {inks.MOST_INK}%。"
            yield Fault("ink", words, each.page)


def _plates(image: pikepdf.Stream) -> Image.Image:
    """The inks of a picture, a quarter as fine: a JPEG is unpacked so in a tenth of the time."""
    if image.get("/Filter") != Name.DCTDecode:
        return pikepdf.PdfImage(image).as_pil_image()
    opened = Image.open(BytesIO(image.read_raw_bytes()))
    opened.draft("CMYK", (opened.width // 4, opened.height // 4))
    turned = [float(each) for each in image.get("/Decode", [0, 1] * 4)] == [1, 0] * 4
    # Pillow turns what Adobe's mark says is turned; the file has to say so too.
    return opened if turned == ("adobe" in opened.info) else ImageChops.invert(opened)


def _transparency(file: _File) -> Found:
    through = set()
    for each in file.of("/ExtGState"):
        state = each.what
        if float(state.get("/ca", 1)) < 1 or float(state.get("/CA", 1)) < 1:
            through.add(each.page)
        if state.get("/SMask", _NO_MASK) != _NO_MASK:
            through.add(each.page)
        blend = state.get("/BM", Name.Normal)
        for name in blend if isinstance(blend, Array) else [blend]:
            if str(name) not in _BLENDS:
                yield Fault("transparency", f"用了不认识的混合方式 {name}。", each.page)
    through |= {each.page for each in file.of("/XObject") if "/SMask" in each.what}
    if not through:
        return
    for number, page in enumerate(file.document.pages, start=1):
        group = page.obj.get("/Group", Dictionary())
        if "/CS" not in group:
            yield Fault("transparency", "有透明的地方，却没有写明用什么颜色合成。", number)


# What no printer's machine may meet


def _states(file: _File) -> Found:
    for each in file.of("/ExtGState"):
        state = each.what
        if "/TR" in state or state.get("/TR2", Name.Default) != Name.Default or "/HTP" in state:
            yield Fault("transfer", "有改变网点的传递函数。", each.page)
        screen = state.get("/HT")
        if isinstance(screen, Dictionary) and int(screen.get("/HalftoneType", 1)) not in (1, 5):
            yield Fault("halftone", "有不能用的加网方式。", each.page)


def _objects(file: _File) -> Found:
    for each in file.of("/XObject"):
        if each.what.get("/Subtype") == Name.PS or each.what.get("/Subtype2") == Name.PS:
            yield Fault("postscript", "有 PostScript 程序。", each.page)
        if any(name in each.what for name in ("/OPI", "/Ref")):
            yield Fault("outside", "有内容放在文件外面（OPI 或引用）。", each.page)
        for other in each.what.get("/Alternates", Array()):
            if other.get("/DefaultForPrinting", False):
                yield Fault("alternates", "有图片打印时会换成另一张。", each.page)


def _streams(file: _File) -> Found:
    for each in file.document.objects:
        if not isinstance(each, pikepdf.Stream):
            continue
        if "/F" in each:
            yield Fault("outside", "有内容放在文件外面。")
        held = each.get("/Filter", Array())
        for name in held if isinstance(held, Array) else [held]:
            if name in (Name.LZWDecode, Name.Crypt):
                yield Fault("filters", f"用了不能用的压缩方式 {str(name).lstrip('/')}。")


_RULES: tuple[Callable[[_File], Found], ...] = (
    *(_version, _encryption, _identity, _trapped, _output_intent, _nothing_acts),
    *(_boxes, _annotations, _fonts, _spaces, _programs, _pictures, _transparency),
    *(_states, _objects, _streams),
)
