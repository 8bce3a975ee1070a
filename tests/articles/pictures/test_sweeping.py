"""Pictures that nobody uses: what goes, what stays, and that nothing goes without being told."""

import os
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article, Picture
from articles.pictures import sweeping, taking
from servicejournal import files
from tests.factories import a_picture, a_user, an_article

pytestmark = pytest.mark.django_db


def old(picture: Picture, days: int = 40) -> Picture:
    Picture.objects.filter(pk=picture.pk).update(uploaded_at=timezone.now() - timedelta(days=days))
    return picture


def swept(*arguments: str) -> str:
    out = StringIO()
    call_command("sweep_pictures", *arguments, stdout=out)
    return out.getvalue()


def is_there(picture: Picture) -> bool:
    return default_storage.exists(picture.file.name)


def test_a_dry_run_counts_and_removes_nothing():
    picture = old(a_picture())
    said = swept()
    assert "没有用到的图片 1 张" in said
    assert "什么也没有删" in said
    assert Picture.objects.get() == picture
    assert is_there(picture)


def test_an_old_upload_in_no_text_goes_and_its_files_go_late():
    """A backup that is kept may name them still: `check_files` takes them in its time."""
    picture = old(a_picture())
    assert "已经删除；文件再留 35 天" in swept("--delete")
    assert not Picture.objects.exists()
    folder = sweeping.folder_of(picture)
    assert {f"{folder}/{name}" for name in default_storage.listdir(folder)[1]} == files.discarded()


def test_what_is_young_or_belongs_to_a_text_stays():
    young, tied = old(a_picture(), days=29), old(a_picture(an_article()))
    assert "没有用到的图片 0 张" in swept("--delete")
    assert set(Picture.objects.all()) == {young, tied}


@pytest.mark.parametrize("then", ["still in the text", "only in an earlier version"])
def test_what_a_text_names_stays_though_it_was_never_tied_to_it(then):
    picture = old(a_picture())
    shown = f'<figure><img src="{picture.get_absolute_url()}" alt=""></figure>'
    article = an_article(body=shown)
    if then == "only in an earlier version":
        article.body = "<p>字</p>"
        article.save()
        assert Article.history.filter(body__contains=str(picture.token)).exists()
    assert sweeping.sweep(for_good=True).pictures == 0
    assert is_there(picture)


def test_files_that_lost_their_row_go_when_they_are_old(media):
    kept = a_picture(an_article())
    default_storage.save("pictures/ab/stray/master.jpg", ContentFile(b"x" * 100))
    assert sweeping.sweep(for_good=True).stray_folders == 0  # just written
    before = (timezone.now() - timedelta(days=40)).timestamp()
    for path in media.rglob("*.*"):
        os.utime(path, (before, before))
    found = sweeping.sweep(for_good=True)
    assert (found.pictures, found.stray_folders, found.size) == (0, 1, 100)
    assert files.discarded() == {"pictures/ab/stray/master.jpg"}
    assert sweeping.sweep(for_good=True).stray_folders == 0  # it is seen to
    assert is_there(kept)


@pytest.mark.parametrize("days", ["0", "1", "-5", "99999"])
def test_days_that_would_hurt_somebody_who_is_writing_are_refused(days):
    with pytest.raises(CommandError, match="2 到 36500"):
        swept("--days", days)


def test_a_picture_put_into_a_text_this_moment_is_not_removed():
    writer = a_user()
    picture = old(a_picture(by=writer))
    article = an_article(
        contributor=writer, body=f'<figure><img src="{picture.get_absolute_url()}" alt=""></figure>'
    )
    taking.claim(article, by=writer)
    sweeping._remove(picture)  # found unused before, tied since
    assert Picture.objects.filter(pk=picture.pk).exists()
