"""What goes to the printer beside the pages: the cover laid open, the dummy, and what is wanted."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from issues.exports import pdf
from issues.exports.pdf.printer import Order, Plates, clauses, imposing, parcel, spine
from tests.issues.exports import printers_file, samples
from tests.issues.exports.samples import a_book, an_article

MM = 72 / 25.4


@pytest.fixture(scope="module")
def data() -> bytes:
    return printers_file.large()


def words_of(data: bytes) -> str:
    outside = pypdfium2.PdfDocument(data)[0]
    return "".join(outside.get_textpage().get_text_range().split())


def spine_of(data: bytes) -> Image.Image:
    """Its inner two thirds, from head to foot."""
    image = pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("RGB")
    middle, half = round(2 * (9 + 210 + spine.LEAST / 2) * MM), round(spine.LEAST / 3 * MM * 2)
    return image.crop((middle - half, round(40 * MM), middle + half, image.height - round(40 * MM)))


class TestCover:
    def test_lies_open_with_its_spine_and_keeps_every_rule(self, data):
        made = imposing.cover(data, spine_mm=4.2, colour="#a5281d", stock="coated")
        assert clauses.faults(made) == []
        document = pypdfium2.PdfDocument(made)
        outside, inside = document
        left, bottom, right, top = outside.get_trimbox()
        assert round((right - left) / MM, 1) == 2 * 210 + 4.2
        assert round((top - bottom) / MM, 1) == 285
        assert "传播服务文化价值" in "".join(outside.get_textpage().get_text_range().split())
        image = outside.render(scale=1).to_pil().convert("RGB")
        spine = round((9 + 210 + 2.1) * MM)
        assert image.getpixel((spine, image.height // 2)) != (255, 255, 255)
        image = inside.render(scale=1).to_pil().convert("RGB")
        assert image.getpixel((spine, image.height // 2)) == (255, 255, 255)

    def test_a_spine_that_is_wide_enough_says_what_it_is_in_one_ink_or_none(self, data):
        told = imposing.Told("服务文化专刊", "2026年第4期", pdf.fonts.find())
        wide = {"spine_mm": spine.LEAST, "stock": "coated", "told": told}
        dark = imposing.cover(data, colour="#a5281d", **wide)
        assert clauses.faults(dark) == []
        assert "2026年第4期" in words_of(dark)
        assert spine_of(dark).convert("L").getextrema()[1] > 230  # paper white
        bare = imposing.cover(data, colour="#a5281d", **wide | {"told": None})
        darkest, lightest = spine_of(bare).convert("L").getextrema()
        assert darkest == lightest
        narrow = imposing.cover(data, colour="#a5281d", **wide | {"spine_mm": spine.LEAST - 0.1})
        assert "2026年第4期" not in words_of(narrow)
        assert imposing.is_dark("#a5281d")
        assert not imposing.is_dark("#f7f2e7")

    def test_spine_follows_pages_and_paper(self):
        assert imposing.spine(92, 95) == 4.4
        assert imposing.spine(0, 95) == 0


class TestDummy:
    @pytest.mark.any_database
    def test_sheets_of_eight_pages_fold_into_their_order(self):
        assert list(imposing.order_of(8)) == [(8, 1), (2, 7), (6, 3), (4, 5)]

    def test_blank_pages_stand_before_the_last(self):
        book = a_book(an_article(body="<p>短。</p>"))
        made = pdf.render(book, samples.FACE, samples.read, pdf.fonts.find())
        assert made.pages == 6
        sheets = pypdfium2.PdfDocument(imposing.dummy(made.data))
        words = ["".join(each.get_textpage().get_text_range().split()) for each in sheets]
        assert len(words) == 4
        assert "传播服务文化价值" in words[0]  # 8 | 1
        assert [round(each / MM) for each in sheets[0].get_size()] == [297, 210]
        assert "目录" in words[3]  # 4 | 5


class TestParcel:
    ORDER = Order(
        paper="large-16k",
        paper_name="大16开（210×285 毫米）",
        plates=Plates(),
        binding="胶装",
        is_glued=True,
        cover_paper="200 克铜版纸",
        text_paper="",
        leaf=95,
        copies=1500,
        words="封面覆哑膜",
    )

    def test_says_what_is_wanted(self, data):
        pages = len(pikepdf.open(BytesIO(data)).pages)
        made = parcel.packed(
            data, pages, self.ORDER, name="2026-04", label="专刊 第4期", ground="#a5281d"
        )
        with ZipFile(BytesIO(made)) as archive:
            assert archive.namelist() == [
                "2026-04-整本.pdf",
                "2026-04-封面展开.pdf",
                "2026-04-印制说明.txt",
            ]
            assert archive.read("2026-04-整本.pdf") == data
            told = archive.read("2026-04-印制说明.txt").decode("utf-8-sig")
        for line in (
            "开本：大16开（210×285 毫米），成品尺寸；四边出血 3 毫米",
            f"页数：{pages} 页（封面 4 页，内文 {pages - 4} 页）",
            "装订：胶装，书脊 0.2 毫米，不到 5 毫米，不印字",
            "封面用纸：200 克铜版纸",
            "内文用纸：（未写）",
            "印数：1500 册",
            "别的要求：封面覆哑膜",
            f"请注意：只有 {pages} 页，胶装的书脊太薄，请与印厂商量改骑马订。",
        ):
            assert line in told.split("\r\n"), told

    @pytest.mark.any_database
    def test_warns_of_a_fold_that_bulges(self):
        stitched = replace(self.ORDER, is_glued=False, binding="骑马订")
        assert parcel.advice(64, stitched) == []
        assert "68 页" in parcel.advice(68, stitched)[0]
