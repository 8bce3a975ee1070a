"""Who may have a stored file is asked here; who hands it out may be the server in front."""

from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from django.core.files.storage import default_storage

from articles.writing import attachments
from servicejournal import files
from servicejournal.roles import Role
from tests.articles.docx import docx, p
from tests.factories import a_picture, a_user, an_article, an_issue
from tests.object_store import in_a_bucket

pytestmark = pytest.mark.django_db
GIVEN = "X-Accel-Redirect"


@pytest.fixture
def writer():
    return a_user(Role.CONTRIBUTOR)


@pytest.fixture(params=["folder", "bucket"])
def place(request, settings, store_url, tmp_path) -> str:
    settings.FILES_BY_NGINX = True
    if request.param == "bucket":
        settings.STORAGES = in_a_bucket(store_url, tmp_path.name)
    return request.param


def an_original(writer):
    kept = attachments.keep(docx(p("字")), "伞架.docx", by=writer)
    attachments.claim(an_article(contributor=writer), [kept.token], by=writer)
    return kept


def test_nginx_is_told_where_a_file_lies_and_gets_its_name_and_kind(client, place, writer):
    kept = an_original(writer)
    client.force_login(writer)
    response = client.get(kept.get_absolute_url())
    assert (response.status_code, response.content) == (200, b"")
    assert "attachment" in response["Content-Disposition"]
    assert "wordprocessingml" in response["Content-Type"]
    assert response["Cache-Control"] == "private, no-store"
    leads_to = urlsplit(response[GIVEN])
    assert leads_to.path.endswith(kept.file.name)
    assert leads_to.path.startswith("/protected/" if place == "folder" else "/protected-s3/")


def test_the_address_for_nginx_gives_the_file_for_a_minute(client, settings, store_url, tmp_path):
    settings.FILES_BY_NGINX = True
    settings.STORAGES = in_a_bucket(store_url, tmp_path.name)
    files.put("pictures/a b.jpg", b"bytes")
    told = files.shelf().internal_address("pictures/a b.jpg")
    assert parse_qs(urlsplit(told).query)["X-Amz-Expires"] == ["60"]
    host = urlsplit(store_url).netloc.rpartition("@")[2]
    with urlopen(f"http://{host}{told.removeprefix('/protected-s3')}") as answer:
        assert answer.read() == b"bytes"


def test_who_may_not_see_it_is_told_no_address(client, place, writer):
    kept = an_original(writer)
    picture = a_picture(an_article(contributor=writer), by=writer)
    for who in (None, a_user(Role.CONTRIBUTOR)):
        if who:
            client.force_login(who)
        for path in (kept.get_absolute_url(), picture.get_absolute_url()):
            response = client.get(path)
            assert response.status_code in (302, 404)
            assert GIVEN not in response


def test_of_a_members_journal_strangers_are_told_no_address(client, place, settings):
    issue = an_issue(published=True)
    edition = issue.standing
    edition.pdf = "editions/a.pdf"
    files.put("editions/a.pdf", b"%PDF")
    edition.save()
    path = f"{issue.get_absolute_url()}issue.pdf"
    assert GIVEN in client.get(path)
    settings.READER_ACCESS = "members"
    response = client.get(path)
    assert response.status_code == 302
    assert GIVEN not in response


def test_without_nginx_the_bytes_go_through_us_from_either_place(
    client, settings, store_url, tmp_path, writer
):
    settings.STORAGES = in_a_bucket(store_url, tmp_path.name)
    kept = an_original(writer)
    client.force_login(writer)
    response = client.get(kept.get_absolute_url())
    assert GIVEN not in response
    with default_storage.open(kept.file.name) as file:
        assert b"".join(response.streaming_content) == file.read()
    assert response["Content-Length"] == str(kept.size)


def test_no_page_of_an_issue_asks_the_store_how_large_its_files_are(client, settings):
    issue = an_issue(published=True)
    edition = issue.standing
    edition.pdf, edition.pdf_size = "editions/a.pdf", 3_000_000
    edition.save()
    settings.STORAGES = in_a_bucket("s3://key:secret@127.0.0.1:9/journal?tls=off")
    assert "2.9 MB" in client.get(issue.get_absolute_url()).text.replace("\xa0", " ")
