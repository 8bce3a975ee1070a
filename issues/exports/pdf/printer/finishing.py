"""From what Typst set to what a printer takes: plates, boxes, marks, and PDF/X-4. Pure.

PDF/X-4 is ISO 15930-7; what of it is held is in `clauses`, which reads what is made here once more.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageCms

from . import Plates, clauses, inks, operators, stand_ins
from .inks import Inks
from .measures import BLEED, MM
from .operators import Space

#: Points.
#: A colour space of ours: every plate there is.
ALL = "/SJall"
_STAMP = "D:%Y%m%d%H%M%SZ"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate><xmp:CreatorTool>Typst</xmp:CreatorTool>
<xmpMM:DocumentID>uuid:{name}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Producer>Typst, pikepdf</pdf:Producer><pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def finish(
    source: Path, target: Path, pictures: stand_ins.Pictures, plates: Plates, *, moment: int
) -> None:
    """`moment` in seconds since 1970, so that the same issue gives the same file."""
    with pikepdf.open(source) as document:
        _Press(document, pictures, plates).run()
        _declare(document, plates, moment)
        save(document, target)


def save(document: Pdf, to: Path | BytesIO) -> None:
    """The same bytes for the same pages."""
    document.save(
        to,
        force_version="1.6",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )


class _Press:
    """Goes over everything that is drawn, each once."""

    def __init__(self, document: Pdf, pictures: stand_ins.Pictures, plates: Plates) -> None:
        self._document, self._pictures, self._plates = document, pictures, plates
        self._srgb: Any = None
        self._done: set[tuple[int, int]] = set()
        self._over = document.make_indirect(Dictionary(Type=Name.ExtGState, op=True, OPM=1))
        self._knocks = document.make_indirect(Dictionary(Type=Name.ExtGState, op=False))
        self._all = document.make_indirect(all_plates())

    def run(self) -> None:
        for page in self._document.pages:
            page.contents_coalesce()
            contents: Any = page.obj.Contents
            self._program(contents, _within(page.obj, "/Resources"))
            page.obj["/Group"] = Dictionary(
                Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK
            )
            self._mark(page)
            for name in ("/Annots", "/StructParents", "/Tabs", "/AA", "/ArtBox", "/CropBox"):
                if name in page.obj:
                    del page.obj[name]

    def _mark(self, page: pikepdf.Page) -> None:
        """Bleed, and marks in all plates, beyond it."""
        left, bottom, right, top = (float(edge) for edge in page.trimbox)
        page.bleedbox = Array([left - BLEED, bottom - BLEED, right + BLEED, top + BLEED])
        spaces = _within(page.obj.Resources, "/ColorSpace")
        spaces[ALL] = self._all
        page.contents_add(crop_marks(left, bottom, right, top), prepend=False)

    def _program(self, stream: Stream, resources: Dictionary) -> None:
        """A page's, a form's or a pattern's drawing, and what it draws with."""
        states = _within(resources, "/ExtGState")
        states[operators.OVER.decode()] = self._over
        states[operators.KNOCKS.decode()] = self._knocks
        spaces = {
            name.encode(): space
            for name, each in resources.get("/ColorSpace", {}).items()
            if (space := self._space(each))
        }
        program = operators.repainted(stream.read_bytes(), spaces, self._plain())
        stream.write(program)
        for each in _values(resources, "/XObject"):
            self._drawn(each)
        for each in _values(resources, "/Pattern"):
            self._pattern(each)
        for each in _values(resources, "/Shading"):
            self._shading(each)
        for each in _values(resources, "/ExtGState"):
            self._mask(each)
        for font in _values(resources, "/Font"):
            self._glyphs(font, resources)
        chosen = operators.names(program)
        for name in spaces.keys() - chosen:
            del resources.ColorSpace[name.decode()]

    def _drawn(self, drawn: Stream) -> None:
        if self._seen(drawn):
            return
        if drawn.Subtype == Name.Form:
            self._program(drawn, _within(drawn, "/Resources"))
            if "/Group" in drawn:
                drawn.Group["/CS"] = Name.DeviceCMYK
        elif drawn.Subtype == Name.Image:
            self._image(drawn)

    def _pattern(self, pattern: Any) -> None:
        if self._seen(pattern):
            return
        if int(pattern.PatternType) == 1:
            self._program(pattern, _within(pattern, "/Resources"))
        else:
            self._shading(pattern.Shading)

    def _mask(self, state: Dictionary) -> None:
        mask = state.get("/SMask")
        if not isinstance(mask, Dictionary) or self._seen(state):
            return
        form: Any = mask.G
        self._drawn(form)
        if Name.Luminosity == mask.S:
            # Black on the black plate is as dark as black of the screen: what shines through stays.
            form.Group["/CS"] = Name.DeviceCMYK
            if "/BC" in mask:
                mask["/BC"] = Array(
                    [*self._told(tuple(float(each) for each in mask.BC), len(mask.BC))]
                )

    def _glyphs(self, font: Dictionary, resources: Dictionary) -> None:
        """Characters that are drawings: pictures in a text, colours of a font."""
        if font.get("/Subtype") != Name.Type3 or self._seen(font):
            return
        own: Any = font.get("/Resources", resources)
        glyphs: Any = font.CharProcs
        for each in glyphs.values():
            if not self._seen(each):
                self._program(each, own)

    def _shading(self, shading: Any) -> None:
        """A gradient: its ends are mixed, and what lies between follows them."""
        count = self._count(shading.ColorSpace)
        if self._seen(shading) or count is None:
            return
        shading["/ColorSpace"] = Name.DeviceCMYK
        if "/Background" in shading:
            shading["/Background"] = Array(
                [*self._told(tuple(float(each) for each in shading.Background), count)]
            )
        self._function(shading.Function, count)

    def _function(self, function: Any, count: int) -> None:
        if self._seen(function):
            return
        kind = int(function.FunctionType)
        if kind == 3:
            for each in function.Functions:
                self._function(each, count)
        elif kind == 2:
            for end, otherwise in (("/C0", 0.0), ("/C1", 1.0)):
                told = function.get(end, [otherwise] * count)
                function[end] = Array([*self._told(tuple(float(each) for each in told), count)])
        else:
            _resample(function, count, partial(self._told, count=count))
        if "/Range" in function:
            function["/Range"] = Array([0, 1] * 4)

    def _image(self, image: Stream) -> None:
        if "/SMask" in image:
            mask = image.SMask
            if not self._seen(mask):
                mask["/ColorSpace"] = Name.DeviceGray
        if image.get("/ImageMask", False):
            return
        name = stand_ins.name_of(image)
        made = self._pictures(name) if name else None
        if made is None:
            drawn = pikepdf.PdfImage(image).as_pil_image()
            image.write(*_plates_of(drawn, image, self._plates))
            return
        image.write(made.data, filter=Name.DCTDecode)
        image["/Width"], image["/Height"] = made.size
        image["/BitsPerComponent"] = 8
        image["/ColorSpace"] = _SPACES[made.mode]
        if made.mode == "CMYK":
            # Pillow writes them as Adobe's programs do, the other way round.
            image["/Decode"] = Array([1, 0] * 4)
        if made.mode == "RGB":
            image["/ColorSpace"] = self._with_profile()

    def _with_profile(self) -> Any:
        """One profile for all pictures in three colours."""
        if self._srgb is None:
            data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
            stream = self._document.make_stream(data, N=3, Alternate=Name.DeviceRGB)
            self._srgb = self._document.make_indirect(Array([Name.ICCBased, stream]))
        return self._srgb

    def _space(self, space: Any) -> Space | None:
        count = self._count(space)
        return None if count is None else partial(self._told, count=count)

    def _count(self, space: Any) -> int | None:
        """Numbers of a colour of the screen; None for spaces of the press, and patterns."""
        if space in (Name.DeviceRGB, Name.CalRGB):
            return 3
        if space in (Name.DeviceGray, Name.CalGray):
            return 1
        if isinstance(space, Array):
            if space[0] == Name.ICCBased:
                return {3: 3, 1: 1}.get(int(space[1].N))
            return self._count(space[0])
        return None

    def _plain(self) -> dict[bytes, Space]:
        return {b"rg": partial(self._told, count=3), b"g": partial(self._told, count=1)}

    def _told(self, numbers: tuple[float, ...], count: int) -> Inks:
        colour = numbers * 3 if count == 1 else numbers
        # As the eight bits of a screen, so that rounding makes no second kind of a colour.
        red, green, blue = (round(255 * min(1.0, max(0.0, each))) / 255 for each in colour)
        return inks.of((red, green, blue), self._plates.stock)

    def _seen(self, drawn: Any) -> bool:
        if not drawn.is_indirect:
            return False
        seen = drawn.objgen in self._done
        self._done.add(drawn.objgen)
        return seen


_SPACES = {"CMYK": Name.DeviceCMYK, "L": Name.DeviceGray, "RGB": Name.DeviceRGB}


def _within(holder: Any, name: str) -> Dictionary:
    if name not in holder:
        holder[name] = Dictionary()
    found: Dictionary = holder[name]
    return found


def _values(resources: Dictionary, kind: str) -> Iterator[Any]:
    if kind in resources:
        yield from list(resources[kind].values())


def _plates_of(drawn: Image.Image, image: Stream, plates: Plates) -> tuple[bytes]:
    """The bytes of a picture that stood in a drawing; sets what the file says of it."""
    drawn = drawn if drawn.mode in ("1", "L", "RGB", "CMYK") else drawn.convert("RGB")
    made = drawn.convert("L") if drawn.mode == "1" else drawn
    if made.mode == "RGB":
        made = inks.separated(made, plates.stock)
    image["/ColorSpace"] = _SPACES[made.mode]
    image["/BitsPerComponent"] = 8
    for name in ("/DecodeParms", "/Decode"):
        if name in image:
            del image[name]
    return (made.tobytes(),)


def _resample(function: Any, count: int, told: Any) -> None:
    """A gradient of samples: each is mixed."""
    bits = int(function.BitsPerSample)
    if bits != 8:
        raise ValueError(f"a gradient of {bits} bits")
    data = function.read_bytes()
    mixed = bytearray()
    for at in range(0, len(data) - count + 1, count):
        ends = told(tuple(each / 255 for each in data[at : at + count]))
        mixed += bytes(round(255 * each) for each in ends)
    function.write(bytes(mixed))
    if "/Decode" in function:
        function["/Decode"] = Array([0, 1] * 4)


def crop_marks(left: float, bottom: float, right: float, top: float) -> bytes:
    """Where the paper is cut: hairlines in all plates, 1 mm beyond the bleed, 5 mm long."""
    near, far = BLEED + MM, BLEED + 6 * MM
    lines = []
    for x, way in ((left, -1), (right, 1)):
        for y, up in ((bottom, -1), (top, 1)):
            lines.append((x + way * near, y, x + way * far, y))
            lines.append((x, y + up * near, x, y + up * far))
    drawn = "".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S\n" for a, b, c, d in lines)
    return f"q {ALL} CS 1 SCN 0.25 w\n{drawn}Q\n".encode()


def all_plates() -> Array:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def colour(told: str, stock: str) -> bytes:
    """The operator that sets this colour (#rrggbb) for a ground."""
    return b" ".join(b"%g" % each for each in inks.of(inks.hexed(told), stock)) + b" k"


def _declare(document: Pdf, plates: Plates, moment: int) -> None:
    """That it is PDF/X-4, and for which way of printing."""
    condition = inks.CONDITIONS[plates.stock]
    profile = document.make_stream(condition.profile, N=4, Alternate=Name.DeviceCMYK)
    root = document.Root
    for name in ("/StructTreeRoot", "/MarkInfo", "/OpenAction", "/AA", "/AcroForm"):
        if name in root:
            del root[name]
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputCondition=condition.told,
        OutputConditionIdentifier=condition.identifier,
        RegistryName="http://www.color.org",
        Info=condition.told,
        DestOutputProfile=profile,
    )
    root["/OutputIntents"] = Array([intent])
    _tell(document, str(document.docinfo.get("/Title", "")), datetime.fromtimestamp(moment, UTC))


def declare_like(document: Pdf, model: Pdf, what: str) -> None:
    """The same of a file made from the pages of another one."""
    document.Root["/OutputIntents"] = document.copy_foreign(
        model.make_indirect(model.Root.OutputIntents)
    )
    written = str(model.docinfo["/CreationDate"])
    at = datetime.strptime(written, _STAMP).replace(tzinfo=UTC)
    _tell(document, f"{model.docinfo['/Title']}　{what}", at)


def _tell(document: Pdf, title: str, at: datetime) -> None:
    title, written = title or "服务文化专刊", at.strftime(_STAMP)
    info = document.docinfo
    info["/Title"], info["/Trapped"] = title, Name("/False")
    info["/CreationDate"] = info["/ModDate"] = written
    info["/Producer"] = "Typst, pikepdf"
    name = hashlib.md5(f"{title} {written}".encode(), usedforsecurity=False).hexdigest()
    told = _XMP.format(title=escape(title), moment=at.isoformat(), name=name)
    document.Root["/Metadata"] = document.make_stream(
        told.encode(), Type=Name.Metadata, Subtype=Name.XML
    )


def main(bench: Path) -> None:
    """In a process of its own: what the compositor left and the plates in, the file out."""
    job = json.loads((bench / "job.json").read_text("utf-8"))
    raw = (bench / "issue.pdf").rename(bench / "raw.pdf")
    put = partial(stand_ins.plate, bench)
    made = bench / "issue.pdf"
    finish(raw, made, put, Plates(**job["plates"]), moment=job["moment"])
    found = [str(fault) for fault in clauses.faults(made)]
    (bench / "faults.json").write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
