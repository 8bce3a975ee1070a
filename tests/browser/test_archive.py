"""The static copy in the archive, opened from a disk by a phone's browser that has no network."""

from io import BytesIO
from zipfile import ZipFile

from tests.conftest import PHONE, READER
from tests.issues.exports import samples


def test_an_issue_is_read_from_a_disk(new_context, tmp_path):
    book, made = samples.everything(), {"epub": b"PK", "pdf": None}
    data = samples.an_archive(book, **made)
    ZipFile(BytesIO(data)).extractall(tmp_path)
    context = new_context(**READER, **PHONE, offline=True)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()

    page.goto((tmp_path / "index.html").as_uri())
    contents = page.locator("#contents")
    contents.get_by_role("link", name="厅堂笔记 数到第七把伞").click()
    page.wait_for_url("**/articles/02.html")
    assert page.inner_text("h1") == "数到第七把伞"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert page.eval_on_selector(".body > p", "e => getComputedStyle(e).textIndent") == "34px"
    page.get_by_role("link", name="上一篇").click()
    page.wait_for_url("**/articles/01.html")
    assert page.eval_on_selector("figure img", "e => e.naturalWidth") == 1500
    page.get_by_role("link", name="2026年第4期", exact=True).click()
    page.wait_for_url("**/index.html")
    assert {url.split(":")[0] for url in asked} == {"file"}
