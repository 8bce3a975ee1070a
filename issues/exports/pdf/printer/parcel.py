"""One zip for the printer: pages, cover laid out, and a sheet that says what is wanted. Pure."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from . import Order, imposing, inks
from . import spine as letters

#: Pages that a stitched magazine holds before its fold bulges.
MOST_STITCHED = 64
#: Pages that stand on the cover.
COVER = 4
_WHEN = (1980, 1, 1, 0, 0, 0)


def packed(
    data: bytes,
    pages: int,
    order: Order,
    *,
    name: str,
    label: str,
    ground: str,
    lettered: imposing.Told | None = None,
) -> bytes:
    """`data` is the finished file; `ground` the colour (#rrggbb) of the back and the spine, and
    `lettered` what the spine says.
    """
    spine = imposing.spine(pages - COVER, order.leaf) if order.is_glued else 0.0
    cover = imposing.cover(
        data, spine_mm=spine, colour=ground, stock=order.plates.stock, told=lettered
    )
    told = sheet(pages, order, label=label, spine=spine)
    with ZipFile(out := BytesIO(), "w") as archive:
        for member, content in (
            (f"{name}-整本.pdf", data),
            (f"{name}-封面展开.pdf", cover),
            (f"{name}-印制说明.txt", told.encode("utf-8-sig")),
        ):
            info = ZipInfo(member, _WHEN)
            info.compress_type = ZIP_STORED if member.endswith(".pdf") else ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def sheet(pages: int, order: Order, *, label: str, spine: float) -> str:
    """The sheet of specifications (印制说明), with line ends that any office machine reads."""
    condition = inks.CONDITIONS[order.plates.stock]
    pictures = (
        "RGB，各带 sRGB 特性文件，请按输出意图转成四色"
        if order.plates.rgb_pictures
        else f"四色，总墨量不超过 {inks.MOST_INK}%"
    )
    facts = {
        "书名": label,
        "开本": f"{order.paper_name}，成品尺寸；四边出血 3 毫米",
        "页数": f"{pages} 页（封面 {COVER} 页，内文 {pages - COVER} 页）",
        "装订": order.binding + (_spine(spine) if order.is_glued else ""),
        "封面用纸": order.cover_paper or "（未写）",
        "内文用纸": order.text_paper or "（未写）",
        "印数": f"{order.copies} 册" if order.copies else "（未写）",
        "印色": "四色（4+4）；正文黑字只用黑版（K100），叠印",
        "图片": pictures,
        "文件": f"PDF/X-4，输出意图 {condition.identifier}（{condition.told}）",
        "别的要求": order.words or "无",
    }
    lines = ["印制说明", "", *(f"{name}：{fact}" for name, fact in facts.items()), ""]
    lines += _files(order)
    lines += [f"请注意：{each}" for each in advice(pages, order)]
    return "\r\n".join(lines) + "\r\n"


def _spine(wide: float) -> str:
    words = "，印刊名和期号" if wide >= letters.LEAST else f"，不到 {letters.LEAST:g} 毫米，不印字"
    return f"，书脊 {wide:g} 毫米{words}"


def _files(order: Order) -> list[str]:
    spine = "封四、书脊、封一" if order.is_glued else "封四、封一"
    return [
        "整本.pdf：从封一到封四，一页一面，带裁切线。",
        f"封面展开.pdf：第 1 面是外面（{spine}），第 2 面是里面（封二、封三）。",
        *(["书脊厚度以印厂实测为准。"] if order.is_glued else []),
        "",
    ]


def advice(pages: int, order: Order) -> list[str]:
    """What the desk should ask the printer about."""
    found = []
    if not order.is_glued and pages > MOST_STITCHED:
        found.append(f"{pages} 页，骑马订超过 {MOST_STITCHED} 页容易鼓，请与印厂商量改胶装。")
    if order.is_glued and pages <= 40:
        found.append(f"只有 {pages} 页，胶装的书脊太薄，请与印厂商量改骑马订。")
    return found
