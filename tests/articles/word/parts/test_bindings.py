"""Controls that are bound to data in the file show the data."""

import io
import zipfile

import pytest

from articles.word import read
from tests.articles.docx import docx, p, r, title, zipped

TEXT = "柜台里外，听见的是同一件小事，写下来就不会忘。" * 3
STORE = "{0A1B2C3D-0000-4000-8000-000000000001}"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINK = f'<Relationship Id="data" Type="{KINDS}/customXml" Target="../customXml/item1.xml"/>'
PARTS = {
    "customXml/item1.xml": (
        '<f:form xmlns:f="urn:f"><f:name>南湖</f:name><f:name>东岭</f:name></f:form>'
    ),
    "customXml/itemProps1.xml": f'<d:datastoreItem xmlns:d="urn:d" d:itemID="{STORE.lower()}"/>',
    "customXml/_rels/item1.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{KINDS}/customXmlProps" Target="itemProps1.xml"/>'
        "</Relationships>"
    ),
}


def shown(path: str, held: str, *, more: str = "", store: str = STORE) -> str:
    bound = f'<w:dataBinding w:xpath="{path}" w:storeItemID="{store}"/>{more}'
    control = f"<w:sdt><w:sdtPr>{bound}</w:sdtPr><w:sdtContent>{held}</w:sdtContent></w:sdt>"
    file = docx(title("雨天的伞"), p(TEXT), p("在", control, "支行"), links=LINK, parts=PARTS)
    return read(file).body.removeprefix(f"<p>{TEXT}</p>").strip()


@pytest.mark.parametrize("held", [r("旧的"), "", r("南") + r("湖边")])
@pytest.mark.parametrize("more", ["", "<w:text/>", "<w:showingPlcHdr/>"])
def test_the_data_are_shown_whatever_the_control_held(held, more):
    assert shown("/ns0:form[1]/ns0:name[2]", held, more=more) == "<p>在东岭支行</p>"


@pytest.mark.parametrize(
    "path",
    ["/form/name[3]", "/form[0]/name", "//name", "/form/@name", "/form/name/text()", "x", ""],
)
def test_what_leads_nowhere_leaves_what_was_held(path):
    assert shown(path, r("旧的")) == "<p>在旧的支行</p>"


def test_dates_and_choices_show_data_in_a_way_of_their_own():
    assert shown("/form/name", r("旧的"), more="<w:date/>") == "<p>在旧的支行</p>"
    assert shown("/form/name", r("旧的"), store="{F}") == "<p>在旧的支行</p>"


def test_a_title_that_is_a_property_of_the_file():
    core = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
    bound = f'<w:dataBinding w:xpath="/a:coreProperties[1]/b:title[1]" w:storeItemID="{core}"/>'
    control = f"<w:sdt><w:sdtPr>{bound}</w:sdtPr><w:sdtContent>{r('旧')}</w:sdtContent></w:sdt>"
    file = docx(title("雨天的伞"), p(TEXT), p("题为", control))
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="d" Type="{KINDS}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="c" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
        'metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
    )
    told = '<t:title xmlns:t="urn:t">灯下</t:title>'
    title_of_it = f'<c:coreProperties xmlns:c="urn:c">{told}</c:coreProperties>'
    files = {**unpacked(file), "_rels/.rels": rels, "docProps/core.xml": title_of_it}
    assert read(zipped(files)).body.endswith("<p>题为灯下</p>")


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}
