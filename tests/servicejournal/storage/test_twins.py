"""The two places where files lie keep one promise: a folder, and a store that speaks S3."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import SuspiciousOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from servicejournal import files
from servicejournal.storage import address
from tests.object_store import in_a_bucket, object_store


@pytest.fixture(params=["folder", "bucket"])
def place(request, settings, store_url, tmp_path) -> str:
    if request.param == "bucket":
        settings.STORAGES = in_a_bucket(store_url, tmp_path.name)
    return request.param


def read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def test_what_is_put_takes_the_place_of_what_was_there(place):
    files.put("editions/1.pdf", b"old and long")
    files.put("editions/1.pdf", BytesIO(b"new"))
    assert read("editions/1.pdf") == b"new"
    assert [each.name for each in files.walk()] == ["editions/1.pdf"]


def test_a_form_that_saves_under_a_name_that_is_taken_gets_another(place):
    first = default_storage.save("covers/a.jpg", ContentFile(b"1"))
    second = default_storage.save("covers/a.jpg", ContentFile(b"2"))
    assert first != second
    assert (read(first), read(second)) == (b"1", b"2")


def test_a_listing_tells_name_size_and_time_of_all_below_a_folder(place):
    for name in ("b/2.txt", "b/1.txt", "b/c/3.txt", "bb/4.txt"):
        files.put(name, name.encode())
    below = list(files.walk("b"))
    assert sorted(each.name for each in below) == ["b/1.txt", "b/2.txt", "b/c/3.txt"]
    assert [each.size for each in below] == [len(each.name) for each in below]
    for each in below:
        at = default_storage.get_modified_time(each.name)
        assert abs((each.modified - at).total_seconds()) < 1
    assert not list(files.walk("nothing"))


def test_what_is_not_there_is_told_as_on_a_disk(place):
    with pytest.raises(FileNotFoundError):
        default_storage.open("gone.pdf")
    with pytest.raises(FileNotFoundError):
        default_storage.size("gone.pdf")
    assert not default_storage.exists("gone.pdf")
    default_storage.delete("gone.pdf")


def test_a_file_is_read_from_any_place_on(place):
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("a", b"a" * 600_000)
        archive.writestr("b", b"b" * 600_000)
    files.put("editions/1.zip", packed.getvalue())
    with default_storage.open("editions/1.zip") as file, ZipFile(file) as archive:
        assert archive.read("b") == b"b" * 600_000
        assert archive.testzip() is None
        assert file.size == len(packed.getvalue())


def test_no_name_leads_out_of_the_place(place):
    with pytest.raises((SuspiciousOperation, OSError)):
        files.put("../outside.txt", b"x")


class TestAStore:
    @pytest.fixture(autouse=True)
    def bucket(self, settings, store_url, tmp_path) -> None:
        settings.STORAGES = in_a_bucket(store_url, tmp_path.name)

    def test_a_file_that_is_replaced_while_it_is_read_is_never_half_of_each(self):
        files.put("a.bin", b"1" * 900_000)
        with default_storage.open("a.bin") as file:
            assert file.read(10) == b"1" * 10
            files.put("a.bin", b"2" * 900_000)
            file.seek(800_000)
            with pytest.raises(OSError, match="PreconditionFailed"):
                file.read()

    def test_knows_no_folder_of_this_machine(self):
        assert files.shelf().folder is None

    def test_one_that_is_away_is_an_error_as_of_a_disk(self, settings):
        with object_store() as url:
            settings.STORAGES = in_a_bucket(url)
            files.put("a.txt", b"a")
        for verb in (
            lambda: files.put("b.txt", b"b"),
            lambda: default_storage.open("a.txt"),
            lambda: default_storage.exists("a.txt"),
            lambda: default_storage.size("a.txt"),
            lambda: default_storage.delete("a.txt"),
            lambda: list(files.walk()),
        ):
            with pytest.raises(OSError, match="does not answer"):
                verb()


def test_the_bucket_is_made_once(settings, store_url, capsys):
    settings.STORAGES = in_a_bucket(store_url.replace("/journal/", "/another/"))
    call_command("make_bucket")
    files.put("a.txt", b"a")
    call_command("make_bucket")
    told = capsys.readouterr().out
    assert told.splitlines() == ["建好了存储桶 another。", "存储桶 another 已经有了。"]
    assert read("a.txt") == b"a"


class TestTheAddress:
    def test_of_a_store_of_ones_own(self):
        told = address.options("s3://key:se%2Fcret@store.bank:9000/journal/media/1?tls=off")
        assert told["endpoint_url"] == "http://store.bank:9000"
        assert (told["bucket_name"], told["location"]) == ("journal", "media/1")
        assert (told["access_key"], told["secret_key"]) == ("key", "se/cret")
        assert told["addressing_style"] == "path"

    def test_of_a_cloud(self):
        told = address.options("s3:///journal?region=cn-north-1")
        assert (told["endpoint_url"], told["access_key"]) == (None, None)
        assert (told["region_name"], told["addressing_style"]) == ("cn-north-1", "auto")

    @pytest.mark.parametrize(
        "url", ["https://a/b", "s3://key:secret@host", "s3://key:secret@host/b?regoin=x"]
    )
    def test_a_wrong_one_is_refused_without_its_secret(self, url):
        with pytest.raises(address.NoAddress) as refused:
            address.options(url)
        assert "secret@" not in str(refused.value)
