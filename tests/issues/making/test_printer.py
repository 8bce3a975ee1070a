"""交给印厂: what is agreed on with the printer, and the parcel that follows it."""

from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest

from issues.making.printer import orders
from issues.making.publication import NotAllowed, Stale
from issues.models import Issue, PrintOrder
from servicejournal.models import Record
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_issue
from tests.pages import link, seen

pytestmark = pytest.mark.django_db

FACTS = {
    "paper": "large-16k",
    "stock": "uncoated",
    "pictures": "rgb",
    "binding": "glued",
    "cover_paper": "200 克铜版纸",
    "text_paper": "80 克胶版纸",
    "leaf": 100,
    "words": "",
}


@pytest.fixture
def issue(db):
    issue = an_issue(year=2026, number=4, copies=1500)
    an_article(title="一盏灯", issue=issue)
    return issue


@pytest.fixture
def editor(db):
    return a_user(Role.EDITOR)


@pytest.fixture
def address(issue) -> str:
    return f"/admin/issues/issue/{issue.pk}/print/"


class TestOrder:
    def test_is_kept_and_stands_in_the_record(self, issue, editor):
        orders.agree(issue, FACTS, by=editor, made_from="")
        stored = PrintOrder.objects.get(issue=issue)
        assert {name: getattr(stored, name) for name in FACTS} == FACTS
        row = Record.objects.get(verb="印制要求")
        assert row.what["changed"]["leaf"] == 100

    def test_of_the_last_issue_is_proposed_to_the_next(self, issue, editor):
        orders.agree(issue, FACTS, by=editor, made_from="")
        proposed = orders.of(an_issue(year=2026, number=5))
        assert (proposed.pk, proposed.paper, proposed.leaf) == (None, "large-16k", 100)

    def test_made_from_an_older_one_is_refused(self, issue, editor):
        orders.agree(issue, FACTS, by=editor, made_from="")
        with pytest.raises(Stale):
            orders.agree(issue, {**FACTS, "leaf": 90}, by=editor, made_from="")
        assert PrintOrder.objects.get().leaf == 100

    def test_is_the_editors(self, issue):
        with pytest.raises(NotAllowed):
            orders.agree(issue, FACTS, by=a_user(Role.AUDITOR), made_from="")


class TestPage:
    def test_takes_what_is_agreed_on(self, client, get, address, editor, issue):
        client.force_login(editor)
        page = get(address)
        assert "还没有存过" in seen(page)
        answer = client.post(address, {**FACTS, "seen": ""})
        assert answer.status_code == 302
        page = get(address)
        assert 'value="80 克胶版纸"' in page.content.decode()
        assert "还没有存过" not in seen(page)
        assert link(page, "下载印厂文件包") == f"{address}parcel.zip"

    def test_says_what_is_wrong_with_what_was_typed(self, client, address, editor):
        client.force_login(editor)
        answer = client.post(address, {**FACTS, "leaf": "5", "seen": ""})
        assert answer.status_code == 422
        assert "纸厚请写 30 到 500 的数字" in seen(answer)
        assert not PrintOrder.objects.exists()

    def test_over_somebodys_newer_one_shows_both_and_takes_it_the_second_time(
        self, client, address, editor, issue
    ):
        orders.agree(issue, FACTS, by=editor, made_from="")
        client.force_login(editor)
        answer = client.post(address, {**FACTS, "text_paper": "105 克哑粉纸", "seen": ""})
        assert answer.status_code == 409
        assert "内文用纸：80 克胶版纸" in seen(answer)
        assert 'value="105 克哑粉纸"' in answer.content.decode()
        newest = orders.written(orders.of(issue))
        assert newest in answer.content.decode()
        client.post(address, {**FACTS, "text_paper": "105 克哑粉纸", "seen": newest})
        assert PrintOrder.objects.get().text_paper == "105 克哑粉纸"

    def test_is_read_by_the_auditor_and_changed_by_editors(
        self, client, get, address, editor, issue
    ):
        orders.agree(issue, FACTS, by=editor, made_from="")
        client.force_login(a_user(Role.AUDITOR))
        page = get(address)
        assert "<form" not in page.content.decode().split('id="agreed"')[1]
        assert "开本 大16开（210×285 毫米） 装订 胶装" in seen(page)
        assert client.post(address, {**FACTS, "seen": ""}).status_code == 403


def test_parcel_holds_what_is_agreed_on(client, get, address, editor, issue):
    orders.agree(issue, FACTS, by=editor, made_from="")
    Issue.objects.update(copies=1500)
    client.force_login(editor)
    answer = get(f"{address}parcel.zip")
    assert answer["Content-Disposition"] == 'attachment; filename="2026-04-printer.zip"'
    with ZipFile(BytesIO(answer.content)) as archive:
        whole, cover, sheet = archive.namelist()
        page = pypdfium2.PdfDocument(archive.read(whole))[0]
        told = archive.read(sheet).decode("utf-8-sig")
    _, bottom, _, top = page.get_trimbox()
    assert round((top - bottom) / 72 * 25.4) == 285
    assert cover.endswith("封面展开.pdf")
    assert "印数：1500 册" in told
    assert "输出意图 FOGRA29" in told
    assert "RGB，各带 sRGB 特性文件" in told


def test_without_fonts_the_page_says_so(client, get, address, editor, settings, tmp_path):
    settings.FONT_DIR = str(tmp_path)
    client.force_login(editor)
    for name in ("parcel.zip", "dummy.pdf"):
        assert "还做不出印刷文件。没有找到思源宋体" in seen(get(f"{address}{name}", follow=True))


def test_of_a_scanned_issue_nothing_is_set_again(client, get, address, editor, issue):
    type(issue).objects.filter(pk=issue.pk).update(scan="scans/a.pdf")
    client.force_login(editor)
    assert get(f"{address}parcel.zip").status_code == 302
