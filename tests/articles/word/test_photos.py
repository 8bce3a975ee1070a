"""Pictures as Word shows them: cut, turned, mirrored; told by the colours of their quarters."""

import io

import pytest
from PIL import Image

from articles.word import WordManuscript, read
from tests.articles.docx import docx, p, picture, title

TEXT = "柜台里外，听见的是同一件小事，写下来就不会忘。" * 3
RED, GREEN, BLUE, BLACK = (230, 0, 0), (0, 160, 0), (0, 0, 230), (0, 0, 0)


def of_four_colours(**more) -> bytes:
    """80 × 40: red and green above, blue and black below."""
    image = Image.new("RGB", (80, 40))
    for at, colour in enumerate((RED, GREEN, BLUE, BLACK)):
        x, y = at % 2 * 40, at // 2 * 20
        image.paste(colour, (x, y, x + 40, y + 20))
    out = io.BytesIO()
    image.save(out, "PNG", **more)
    return out.getvalue()


def with_position(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return of_four_colours(exif=exif)


def manuscript(art: str, data: bytes) -> WordManuscript:
    return read(docx(title("雨天的伞"), p(TEXT), p(art), media={"a.png": data}))


def shown(art: str, data: bytes = of_four_colours()) -> tuple[tuple[int, int], str]:
    """The picture's size, and the colours of its quarters in the order of reading."""
    found = Image.open(io.BytesIO(manuscript(art, data).pictures[0].data)).convert("RGB")
    names = {RED: "红", GREEN: "绿", BLUE: "蓝", BLACK: "黑"}
    width, height = found.size
    quarters = [(width // 4 * x, height // 4 * y) for y in (1, 3) for x in (1, 3)]
    nearest = (
        min(names, key=lambda known: sum(abs(a - b) for a, b in zip(known, seen, strict=True)))
        for seen in map(found.getpixel, quarters)
    )
    return found.size, "".join(names[each] for each in nearest)


def placed(frame: str, *, group: str = "") -> str:
    """A picture whose frame has these attributes, in a group whose frame has those."""
    own = f"<pic:spPr><a:xfrm {frame}/></pic:spPr>"
    fill = '<pic:blipFill><a:blip r:embed="a.png"/></pic:blipFill>'
    around = f"<wpg:grpSpPr xmlns:wpg='x'><a:xfrm {group}/></wpg:grpSpPr>"
    inside = f"<wpg:wgp xmlns:wpg='x'>{around}<pic:pic>{fill}{own}</pic:pic></wpg:wgp>"
    return f"<w:r><w:drawing><wp:anchor>{inside}</wp:anchor></w:drawing></w:r>"


def old(style: str, crop: str = "") -> str:
    shape = f'<v:shape style="{style}"><v:imagedata r:id="a.png" {crop}/></v:shape>'
    return f"<w:r><w:pict>{shape}</w:pict></w:r>"


STORED = ((80, 40), "红绿蓝黑")


@pytest.mark.parametrize(
    ("art", "expected"),
    [
        (placed(""), STORED),
        (placed('rot="5400000"'), ((40, 80), "蓝红黑绿")),
        (placed('rot="-5400000"'), ((40, 80), "绿黑红蓝")),
        (placed('rot="10800000"'), ((80, 40), "黑蓝绿红")),
        (placed('flipH="1"'), ((80, 40), "绿红黑蓝")),
        (placed('flipV="1"'), ((80, 40), "蓝黑红绿")),
        (placed('flipH="1" flipV="1"'), ((80, 40), "黑蓝绿红")),
        (placed('rot="5400000" flipH="1"'), ((40, 80), "黑绿蓝红")),
        (placed("", group='rot="5400000"'), ((40, 80), "蓝红黑绿")),
        (placed('rot="5400000"', group='rot="5400000"'), ((80, 40), "黑蓝绿红")),
        (placed('rot="5400000"', group='flipH="1"'), ((40, 80), "红蓝绿黑")),
        (placed('rot="nonsense"'), STORED),
        (old("width:80pt;rotation:90"), ((40, 80), "蓝红黑绿")),
        (old("rotation:5898240fd"), ((40, 80), "蓝红黑绿")),
        (old("flip:x"), ((80, 40), "绿红黑蓝")),
        (old("rotation:x;flip:"), STORED),
    ],
)
def test_turned_and_mirrored(art, expected):
    assert shown(art) == expected


def test_what_leans_is_upright_and_said():
    found = manuscript(placed('rot="1200000"'), of_four_colours())
    assert found.remarks[0].startswith("1 张图片在原稿里斜着放，这里放正了。")
    assert manuscript(placed('rot="60000"'), of_four_colours()).remarks == ()


def test_a_picture_that_word_turned_is_not_turned_by_its_camera_again():
    assert shown(placed('rot="5400000"'), with_position(6)) == ((40, 80), "蓝红黑绿")


def test_a_mirrored_picture_stands_as_its_camera_says():
    assert shown(placed('flipH="1"'), with_position(6)) == ((40, 80), "红蓝绿黑")


@pytest.mark.parametrize(
    ("art", "expected"),
    [
        (picture("a.png", crop='<a:srcRect r="50000"/>'), (40, 40)),
        (picture("a.png", crop='<a:srcRect r="50%"/>'), (40, 40)),
        (picture("a.png", crop='<a:srcRect l="-50000" r="50000"/>'), (40, 40)),
        (picture("a.png", crop='<a:srcRect r="150000"/>'), (80, 40)),
        (picture("a.png", crop='<a:stretch><a:fillRect l="-100000"/></a:stretch>'), (40, 40)),
        (old("", 'cropright="32768f"'), (40, 40)),
        (old("", 'croptop=".5"'), (80, 20)),
        (old("", 'croptop="-5f" cropleft="x"'), (80, 40)),
    ],
)
def test_cut(art, expected):
    assert shown(art)[0] == expected


def test_the_same_picture_in_two_ways_is_two():
    art = placed("") + placed('flipH="1"') + placed("")
    assert len(manuscript(art, of_four_colours()).pictures) == 2


@pytest.mark.parametrize("shape", ["ellipse", "heart"])
def test_a_picture_cut_to_a_shape_is_whole_and_said(shape):
    art = placed("").replace("<a:xfrm />", f'<a:xfrm/><a:prstGeom prst="{shape}"/>')
    assert "裁成圆形等形状" in manuscript(art, of_four_colours()).remarks[0]
    assert manuscript(art.replace(shape, "rect"), of_four_colours()).remarks == ()
