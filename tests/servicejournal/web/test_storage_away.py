"""The store that speaks S3, or the cache, does not answer: pages say so in Chinese, words stay."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import path

from articles.models import Picture
from articles.pictures import renditions
from tests.articles.pictures.test_pixels import a_png
from tests.factories import a_picture, a_user
from tests.object_store import in_no_bucket, nobody_there
from tests.pages import seen

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}


def writes_a_file(request):
    default_storage.save("a.txt", ContentFile(b"x"))


urlpatterns = [path("writes/", writes_a_file)]


@pytest.fixture
def no_store(settings):
    settings.STORAGES = in_no_bucket()


def test_an_upload_is_told_so_in_json_and_leaves_no_row(client, no_store):
    client.force_login(a_user())
    upload = {"upload": SimpleUploadedFile("a.png", a_png())}
    answer = client.post("/pictures/", upload, headers=JSON)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "请过几秒再试" in answer.json()["error"]["message"]
    assert not Picture.objects.exists()


@pytest.mark.urls(__name__)
def test_a_form_comes_back_with_its_words(client, no_store, html_valid):
    page = client.post("/writes/", {"title": "雨天的伞"})
    assert page.status_code == 503
    assert "刚才的内容还没有存上" in seen(page)
    assert 'value="雨天的伞"' in page.text
    html_valid(page.text)


def test_a_picture_is_shown_while_the_cache_is_away(client, settings):
    writer = a_user()
    picture = a_picture(by=writer)
    default_storage.delete(renditions.path(picture, 480, "avif"))
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": f"redis://{nobody_there()}/1",
        }
    }
    client.force_login(writer)
    answer = client.get(f"/pictures/{picture.token}/480.avif")
    assert answer.status_code == 200
    answer.close()
