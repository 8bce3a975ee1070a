"""Word files written by hand, one quirk at a time: `docx(p("words"))` is the bytes of a .docx."""

import io
import zipfile
from collections.abc import Mapping
from html import escape
from itertools import starmap

from PIL import Image

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    }.items()
)
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
#: 小四, what most Chinese manuscripts are written in.
BODY = 12


def r(
    words: str, *, size: float = BODY, bold: bool = False, more: str = "", style: str = ""
) -> str:
    """A run; `more` is what else stands in its properties."""
    styled = f'<w:rStyle w:val="{style}"/>' if style else ""
    look = f'{styled}{"<w:b/>" if bold else ""}<w:sz w:val="{int(size * 2)}"/>{more}'
    text = f'<w:t xml:space="preserve">{escape(words, quote=False)}</w:t>'.replace(
        "\n", '</w:t><w:br/><w:t xml:space="preserve">'
    )
    return f"<w:r><w:rPr>{look}</w:rPr>{text}</w:r>"


def p(
    *content: str,
    size: float = BODY,
    bold: bool = False,
    align: str = "",
    style: str = "",
    item: tuple[int, int] | None = None,
    more: str = "",
) -> str:
    """A paragraph of words or of XML; `item` is (number of the list, level)."""
    runs = "".join(
        each if each.startswith("<") else r(each, size=size, bold=bold) for each in content
    )
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    if item:
        look += f'<w:numPr><w:ilvl w:val="{item[1]}"/><w:numId w:val="{item[0]}"/></w:numPr>'
    look += f'<w:jc w:val="{align}"/>' if align else ""
    return f"<w:p><w:pPr>{look}{more}</w:pPr>{runs}</w:p>"


def title(words: str) -> str:
    """As WPS writes it: 二号, bold, centred, without a style."""
    return p(words, size=22, bold=True, align="center")


def picture(name: str, *, alt: str = "", crop: str = "") -> str:
    """A run that shows `word/media/NAME`."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="{escape(alt)}"/>'
        f'<a:graphic><a:graphicData uri="{_DRAWN}/picture">'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{name}"/>{crop}</pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def table(*rows: list[str], header: bool = False) -> str:
    """Cells are words, or XML of paragraphs."""
    written = []
    for number, row in enumerate(rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if header and number == 0 else ""
        written.append(f"<w:tr>{head}{''.join(map(cell, row))}</w:tr>")
    return f"<w:tbl>{''.join(written)}</w:tbl>"


def cell(words: str, *, properties: str = "") -> str:
    if words.startswith("<w:tc>"):
        return words
    content = words if words.startswith("<") else p(words)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def numbering(*levels: tuple[str, ...], more: str = "", own: str = "") -> str:
    """One list (number 1) whose levels are (way, text, more XML): ("decimal", "%1."). `more` is
    what else its family holds, `own` what the list itself changes."""
    rows = "".join(starmap(level, enumerate(levels)))
    return (
        f'<w:abstractNum w:abstractNumId="7">{more}{rows}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/>{own}</w:num>'
    )


def level(at: int, written: tuple[str, ...]) -> str:
    way, text, *more = written
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{way}"/>{"".join(more)}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def style(key: str, name: str, *, kind: str = "paragraph", more: str = "", based: str = "") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>{on}{more}</w:style>'
    )


def note(words: str, key: int = 2) -> str:
    return f'<w:footnote w:id="{key}">{p("<w:r><w:footnoteRef/></w:r>", " " + words)}</w:footnote>'


def note_mark(key: int = 2) -> str:
    return f'<w:r><w:footnoteReference w:id="{key}"/></w:r>'


def docx(
    *body: str,
    styles: str = "",
    numbers: str = "",
    notes: str = "",
    fonts: str = "",
    media: Mapping[str, bytes] | None = None,
    links: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """The whole file. `links` are further relationships of the document, `parts` further files."""
    media = media or {}
    rows = "".join(_relationship(name, "image", f"media/{name}") for name in media) + links
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": _relationships(_relationship("d", "officeDocument", "word/document.xml")),
        "word/document.xml": _part("document", f"<w:body>{''.join(body)}<w:sectPr/></w:body>"),
    }
    for name, tag, content in (
        ("styles", "styles", styles),
        ("numbering", "numbering", numbers),
        ("footnotes", "footnotes", notes),
        ("fontTable", "fonts", fonts),
    ):
        if content:
            files[f"word/{name}.xml"] = _part(tag, content)
            rows += _relationship(name, name, f"{name}.xml")
    files["word/_rels/document.xml.rels"] = _relationships(rows)
    files |= {f"word/media/{name}": data for name, data in media.items()}
    return zipped(files | dict(parts or {}))


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return out.getvalue()


def link(key: str, target: str, *, kind: str = "hyperlink") -> str:
    """A relationship that leads outside."""
    row = _relationship(key, kind, escape(target))
    return row.replace("/>", ' TargetMode="External"/>')


def _relationship(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{_KINDS}/{kind}" Target="{target}"/>'


def _relationships(rows: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _part(tag: str, content: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:{tag} {_NAMESPACES}>{content}</w:{tag}>"
    )


def photo(
    width: int = 640, height: int = 400, colour: str = "#a4231d", kind: str = "JPEG"
) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()
