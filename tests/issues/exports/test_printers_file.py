"""The printer's file: plates, boxes and what it declares; and every rule broken once."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageCms

from issues.exports import pdf
from issues.exports.pdf.printer import (
    Plates,
    clauses,
    inks,
    operators,
    stand_ins,
)
from issues.exports.pdf.printer.drawn import things
from tests.issues.exports import printers_file, samples
from tests.issues.exports.printers_file import printed
from tests.issues.exports.samples import a_book, an_article

MM = 72 / 25.4
INK = re.compile(rb"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) k\s*(BT)?")


@pytest.fixture(scope="module")
def data() -> bytes:
    return printers_file.large()


@pytest.fixture
def document(data) -> Pdf:
    return pikepdf.open(BytesIO(data))


def saved(document: Pdf) -> bytes:
    as_they_are = pikepdf.StreamDecodeLevel.none
    document.save(out := BytesIO(), stream_decode_level=as_they_are, compress_streams=False)
    return out.getvalue()


def program_of(document: Pdf, number: int) -> bytes:
    return next(
        each for each in things(document) if (each.page, each.kind) == (number, "")
    ).program()


def rules(data: bytes) -> set[str]:
    return {fault.rule for fault in clauses.faults(data)}


class TestPlates:
    def test_type_is_on_the_black_plate_alone_and_prints_over_what_is_under_it(self, document):
        program = program_of(document, 5)
        type_ = {found[:4] for found in INK.findall(program) if found[4]}
        blacks = {each for each in type_ if each[3] == b"1"}
        assert blacks == {(b"0", b"0", b"0", b"1")}
        assert program.count(b"/SJover gs 0 0 0 1 k") > 10
        state = document.pages[4].Resources.ExtGState["/SJover"]
        assert (bool(state.op), int(state.OPM)) == (True, 1)

    def test_a_colour_and_white_knock_out_what_is_under_them(self, document):
        for number in range(len(document.pages)):
            program = program_of(document, number + 1)
            for mode, told in re.findall(rb"/(SJ\w+) gs ((?:[\d.]+ ){4})k", program):
                assert (mode == b"SJover") <= (told.split() == [b"0", b"0", b"0", b"1"])

    @pytest.mark.parametrize("name", ["soft", "hair", "ink"])
    def test_greys_of_the_template_stay_on_the_black_plate(self, name):
        measures = (pdf.TEMPLATE / "measures.typ").read_text()
        told = re.search(rf'#let {name} = rgb\("(#\w+)"\)', measures)[1]
        for stock in inks.CONDITIONS:
            assert inks.of(inks.hexed(told), stock)[:3] == (0, 0, 0)

    def test_colours_of_sections_are_mixed_and_take_no_more_ink_than_paper_holds(self):
        for colour, _ in pdf.setting.STYLES.values():
            for stock in inks.CONDITIONS:
                mixed = inks.of(inks.hexed(colour), stock)
                assert sum(each > 0 for each in mixed) >= 3
                assert sum(mixed) <= 3

    def test_a_pale_tint_keeps_its_colour(self):
        assert inks.of(inks.hexed("#e2e7ed"), "coated")[0] > 0

    def test_pictures_are_in_four_inks_as_fine_as_they_are_printed(self, document):
        (image,) = pictures_of(document)
        assert image.ColorSpace == Name.DeviceCMYK
        assert (int(image.Width), int(image.Height)) == (1500, 1000)

    def test_the_darkest_picture_takes_no_more_ink_than_paper_holds(self):
        for stock in inks.CONDITIONS:
            black = inks.separated(Image.new("RGB", (64, 64), "black"), stock)
            assert 240 < inks.most_ink(black) <= 300.5

    def test_a_picture_without_colour_is_on_the_black_plate(self):
        plates = inks.separated(Image.new("L", (8, 8), 64), "coated").getpixel((0, 0))
        assert plates == (0, 0, 0, 191)

    def test_what_is_transparent_becomes_white_paper(self):
        Image.new("RGBA", (40, 40), (200, 0, 0, 0)).save(out := BytesIO(), "PNG")
        made = stand_ins.picture(out.getvalue(), Plates())
        assert max(Image.open(BytesIO(made.data)).getpixel((20, 20))) < 8

    def test_a_picture_looks_on_paper_as_it_did(self, document):
        """Back through the profile: the sand of the sample's picture is sand."""
        (image,) = pictures_of(document)
        shown = pikepdf.PdfImage(image).as_pil_image()
        back = ImageCms.profileToProfile(
            shown,
            ImageCms.ImageCmsProfile(BytesIO(inks.CONDITIONS["coated"].profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
        before = Image.open(BytesIO(samples.read(samples.a_picture(1).file))).convert("RGB")
        there, here = before.getpixel((700, 120)), back.getpixel((700, 120))
        assert max(abs(a - b) for a, b in zip(there, here, strict=True)) < 24


def pictures_of(document: Pdf) -> list[pikepdf.Stream]:
    return [
        each.what
        for each in things(document)
        if each.kind == "/XObject" and each.what.Subtype == Name.Image
    ]


def test_pictures_stay_rgb_with_their_profile_where_the_printer_wants_them():
    made = printed(plates=Plates(rgb_pictures=True))
    document = pikepdf.open(BytesIO(made))
    (image,) = pictures_of(document)
    assert image.ColorSpace[0] == Name.ICCBased
    assert int(image.ColorSpace[1].N) == 3
    assert clauses.faults(made) == []


def test_paper_without_coating_has_a_profile_of_its_own_and_an_own_cover_is_in_four_inks():
    Image.new("RGB", (900, 1220), "#a5281d").save(out := BytesIO(), "JPEG")
    picture = samples.a_picture(9).file
    face = replace(samples.FACE, cover_svg="", cover_file="covers/own.jpg")
    read = {"covers/own.jpg": out.getvalue()}
    made = pdf.render(
        a_book(an_article()),
        face,
        lambda name: read.get(name) or samples.read(picture),
        pdf.fonts.find(),
        for_printer=True,
        plates=Plates("uncoated"),
    ).data
    document = pikepdf.open(BytesIO(made))
    assert str(document.Root.OutputIntents[0].OutputConditionIdentifier) == "FOGRA29"
    assert pictures_of(document)[0].ColorSpace == Name.DeviceCMYK
    assert clauses.faults(made) == []


@pytest.mark.parametrize(
    ("paper", "size"), [("a4", (210, 297)), ("large-16k", (210, 285)), ("16k", (185, 260))]
)
def test_a_page_is_as_large_as_its_paper_and_bleeds_three_millimetres(paper, size, data):
    made = data if paper == "large-16k" else printed(paper=paper)
    page = pypdfium2.PdfDocument(made)[0]
    left, bottom, right, top = page.get_trimbox()
    assert (round((right - left) / MM, 1), round((top - bottom) / MM, 1)) == size
    bleed = page.get_bleedbox()
    assert [round(abs(a - b) / MM, 2) for a, b in zip(bleed, page.get_trimbox(), strict=True)] == [
        3
    ] * 4


def test_it_keeps_every_rule(data):
    assert clauses.faults(data) == []


def test_the_same_issue_gives_the_same_file(data):
    assert printed(paper="large-16k") == data


# A file for each rule, which breaks it


def _drop(name: str) -> Callable[[Pdf], None]:
    def change(document: Pdf) -> None:
        del document.Root[name]

    return change


def _intent(**facts) -> Callable[[Pdf], None]:
    def change(document: Pdf) -> None:
        for name, value in facts.items():
            document.Root.OutputIntents[0][f"/{name}"] = value

    return change


def _screen_profile(document: Pdf) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    document.Root.OutputIntents[0]["/DestOutputProfile"] = document.make_stream(profile, N=3)


def _xmp(old: bytes, new: bytes) -> Callable[[Pdf], None]:
    def change(document: Pdf) -> None:
        told = document.Root.Metadata.read_bytes()
        assert old in told
        document.Root.Metadata.write(told.replace(old, new))

    return change


def _page(name: str, value: object) -> Callable[[Pdf], None]:
    def change(document: Pdf) -> None:
        document.pages[2].obj[name] = value() if callable(value) else value

    return change


def _no(name: str) -> Callable[[Pdf], None]:
    def change(document: Pdf) -> None:
        for page in document.pages:
            del page.obj[name]

    return change


def _drawn(program: bytes) -> Callable[[Pdf], None]:
    def change(document: Pdf) -> None:
        page = document.pages[2]
        page.contents_add(b"q " + program + b" 0 0 9 9 re f Q")

    return change


def _state(**facts) -> Callable[[Pdf], None]:
    def change(document: Pdf) -> None:
        told = {f"/{name}": value for name, value in facts.items()}
        document.pages[2].Resources.ExtGState["/Bad"] = Dictionary(told)

    return change


def _object(**facts) -> Callable[[Pdf], None]:
    def change(document: Pdf) -> None:
        held = {"Type": Name.XObject, **facts}
        stream = document.make_stream(b"\x80" * 64, **held)
        document.pages[2].Resources["/XObject"] = Dictionary(Bad=stream)

    return change


def _picture(**facts) -> Callable[[Pdf], None]:
    size = {"Subtype": Name.Image, "Width": 4, "Height": 4, "BitsPerComponent": 8}
    return _object(**{**size, "ColorSpace": Name.DeviceCMYK, **facts})


def _soaked(document: Pdf) -> None:
    Image.new("CMYK", (64, 64), (255, 255, 255, 128)).save(out := BytesIO(), "JPEG")
    (image,) = pictures_of(document)
    image.write(out.getvalue(), filter=Name.DCTDecode)
    image["/Width"] = image["/Height"] = 64


def _font(document: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Arial)
    document.pages[2].Resources["/Font"]["/Bad"] = font


def _forgotten_font(document: Pdf) -> None:
    font = next(each.what for each in things(document) if each.kind == "/Font")
    told = font.DescendantFonts[0].FontDescriptor
    for name in [name for name in told if name.startswith("/FontFile")]:
        del told[name]


def _annotation(document: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[100, 100, 200, 200])
    document.pages[2].obj["/Annots"] = Array([note])


def _no_group(document: Pdf) -> None:
    for page in document.pages:
        if "/Group" in page.obj:
            del page.obj["/Group"]
    document.pages[2].Resources.ExtGState["/Pale"] = Dictionary(ca=0.5)


def _small_bleed(document: Pdf) -> None:
    page = document.pages[2]
    page.obj["/BleedBox"] = page.obj.TrimBox


def _crooked(document: Pdf) -> None:
    document.pages[2].obj["/TrimBox"] = Array([0, 0, 5000, 5000])


def _lzw(document: Pdf) -> None:
    stream = document.make_stream(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", Filter=Name.LZWDecode)
    document.Root["/Odd"] = document.make_indirect(stream)


BROKEN: dict[str, tuple[str, Callable[[Pdf], None]]] = {
    "no output intent": ("intent", _drop("/OutputIntents")),
    "intent without a name": ("intent", _intent(OutputConditionIdentifier="")),
    "intent of PDF/A": ("intent", _intent(S=Name.GTS_PDFA1)),
    "profile of a screen": ("intent", _screen_profile),
    "no metadata": ("pdfx", _drop("/Metadata")),
    "another PDF/X": ("pdfx", _xmp(b"PDF/X-4<", b"PDF/X-3<")),
    "no date": ("metadata", _xmp(b"xmp:ModifyDate", b"xmp:OtherDate")),
    "no title": ("metadata", _xmp(b"dc:title", b"dc:subject")),
    "no document id": ("metadata", _xmp(b"xmpMM:DocumentID", b"xmpMM:Other")),
    "trapped or not": ("trapped", _xmp(b"<pdf:Trapped>False", b"<pdf:Trapped>Unknown")),
    "trapped in two ways": ("trapped", _xmp(b"<pdf:Trapped>False", b"<pdf:Trapped>True")),
    "no trim": ("boxes", _no("/TrimBox")),
    "trim and art": ("boxes", _page("/ArtBox", lambda: Array([30, 30, 90, 90]))),
    "trim beyond the paper": ("boxes", _crooked),
    "no bleed": ("bleed", _small_bleed),
    "a link": ("annotations", _annotation),
    "a script": ("actions", lambda d: d.Root.__setitem__("/OpenAction", Dictionary())),
    "a page that acts": ("actions", _page("/AA", lambda: Dictionary())),
    "a form": ("actions", lambda d: d.Root.__setitem__("/AcroForm", Dictionary())),
    "a font outside": ("fonts", _font),
    "a font not embedded": ("fonts", _forgotten_font),
    "colour of the screen": ("colour", _drawn(b"1 0 0 rg")),
    "space of the screen": ("colour", _drawn(b"/DeviceRGB cs 1 0 0 scn")),
    "an unknown space": ("colour", _drawn(b"/c9 cs 1 0 0 scn")),
    "picture of the screen": ("colour", _picture(ColorSpace=Name.DeviceRGB)),
    "group of the screen": (
        "colour",
        _page("/Group", lambda: Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)),
    ),
    "too much ink": ("ink", _drawn(b"1 1 1 .5 k")),
    "a picture soaked": ("ink", _soaked),
    "black of four": ("black", _drawn(b".6 .5 .4 1 k")),
    "a colour cut short": ("operators", _drawn(b"1 0 0 k")),
    "pale without a group": ("transparency", _no_group),
    "an unknown blend": ("transparency", _state(BM=Name.Glow)),
    "a transfer curve": ("transfer", _state(TR=Name.Identity)),
    "a screen of its own": ("halftone", _state(HT=Dictionary(HalftoneType=6))),
    "a program": ("postscript", _object(Subtype=Name.PS)),
    "a picture elsewhere": ("outside", _picture(OPI=Dictionary())),
    "another picture in print": (
        "alternates",
        _picture(Alternates=Array([Dictionary(DefaultForPrinting=True)])),
    ),
    "an old packing": ("filters", _lzw),
}  # fmt: skip


@pytest.mark.any_database
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_found(document, name):
    rule, break_it = BROKEN[name]
    break_it(document)
    assert rules(saved(document)) == {rule} | _ALSO.get(name, set())


#: What cannot be broken alone.
_ALSO = {"no metadata": {"metadata", "trapped"}}


@pytest.mark.any_database
def test_a_file_that_is_locked_or_newer_or_none_is_found(document):
    document.save(out := BytesIO(), encryption=pikepdf.Encryption(owner="o", user=""))
    assert "encryption" in rules(out.getvalue())
    document.save(out := BytesIO(), encryption=pikepdf.Encryption(owner="o", user="u"))
    assert rules(out.getvalue()) == {"encryption"}
    document.save(out := BytesIO(), force_version="1.7")
    assert rules(out.getvalue()) == {"version"}
    assert rules(b"no PDF") == {"file"}


@pytest.mark.any_database
def test_words_that_look_like_colours_stay_words():
    told = {b"/c0": lambda numbers: inks.BLACK}
    for words in (b"(/c0 cs 1 1 1 scn)", rb"(\(/c0 cs 1 1 1 scn)", b"(a (b) /c0 cs 1 1 1 scn)"):
        program = b"BT " + words + b" Tj ET"
        assert operators.repainted(program, told, {}) == program
    assert operators.repainted(b"1 0 0 1 5 5 cm/c0 CS 1 1 1 SCN 2 w", told, {}) == (
        b"1 0 0 1 5 5 cm 0 0 0 1 K 2 w"
    )


def test_a_file_that_breaks_a_rule_is_refused_and_its_page_is_named(tmp_path, monkeypatch):
    """A template with a ground that no paper can take."""
    template = tmp_path / "template"
    shutil.copytree(pdf.TEMPLATE, template)
    front = template / "front.typ"
    soaked = "rect(width: 100%, height: 100%, fill: cmyk(100%, 100%, 90%, 60%))"
    told = front.read_text()
    ground = "rect(width: 100%, height: 100%, fill: _ground)"
    assert ground in told
    front.write_text(told.replace(ground, soaked))
    monkeypatch.setattr(pdf, "TEMPLATE", template)
    with pytest.raises(pdf.NotPrinted, match=r"第 2 页：有一块颜色用墨 350%，超过 300%"):
        printed()
