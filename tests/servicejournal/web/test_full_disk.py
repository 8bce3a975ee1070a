"""No room for files: said in Chinese and, to scripts, in JSON; nothing half is kept."""

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import path

from articles.models import Picture
from tests.articles.pictures.test_pixels import a_png
from tests.factories import a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}


class FullDisk(FileSystemStorage):
    """Writes where the kernel says that there is no room."""

    def _save(self, name: str, content) -> str:
        with open("/dev/full", "wb") as full:
            full.write(content.read())
        return name


def writes_a_file(request):
    with open("/dev/full", "wb") as full:
        full.write(b"x" * 100_000)


def fails(request):
    raise ValueError("a fault of the program")


urlpatterns = [path("writes/", writes_a_file), path("fails/", fails)]
handler500 = "servicejournal.web.error_pages.server_error"


def test_an_upload_is_told_so_in_json_and_leaves_no_row(client, settings):
    client.force_login(a_user())
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.FullDisk"}}
    upload = {"upload": SimpleUploadedFile("a.png", a_png())}
    answer = client.post("/pictures/", upload, headers=JSON)
    assert (answer.status_code, answer["Retry-After"]) == (503, "300")
    error = answer.json()["error"]
    assert error["reason"] == "full"
    assert "请告诉管理员，腾出地方以后再试" in error["message"]
    assert not Picture.objects.exists()


@pytest.mark.urls(__name__)
def test_a_form_comes_back_with_its_words(client, html_valid):
    page = client.post("/writes/", {"title": "雨天的伞"})
    assert page.status_code == 503
    assert "放文件的地方满了，刚才的内容还没有存上" in seen(page)
    assert 'value="雨天的伞"' in page.text
    html_valid(page.text)


@pytest.mark.urls(__name__)
def test_a_page_to_read_says_whom_to_tell(client, html_valid):
    page = client.get("/writes/")
    assert page.status_code == 503
    assert "请告诉管理员" in seen(page)
    html_valid(page.text)


@pytest.mark.urls(__name__)
def test_any_other_fault_is_json_to_a_script_too(client):
    client.raise_request_exception = False
    answer = client.post("/fails/", headers=JSON)
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/json")
    assert answer.json()["uploaded"] == 0
    assert "没有存上" in answer.json()["error"]["message"]
    assert client.post("/fails/")["Content-Type"].startswith("text/html")
