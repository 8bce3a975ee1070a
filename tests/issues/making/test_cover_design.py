"""设计封面: what is chosen is drawn and stored, a picture is cropped, lines follow their titles."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.models import Article
from issues import announced, cover_pictures
from issues.exports import book
from issues.making import preflight, publication
from issues.models import Edition, Issue
from servicejournal.models import Record
from servicejournal.roles import Role
from tests.factories import a_user
from tests.pages import plain_words

pytestmark = pytest.mark.django_db


def photograph(name: str = "own.png") -> SimpleUploadedFile:
    """Red on the left, blue on the right."""
    image, out = Image.new("RGB", (400, 300), (200, 20, 20)), BytesIO()
    image.paste((20, 20, 200), (200, 0, 400, 300))
    image.save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


@pytest.fixture
def page(ready, editor, client):
    client.force_login(editor)
    return f"/admin/issues/issue/{ready.pk}/cover/"


def sent(client, page, **chosen):
    form = client.get(page).context["form"]
    crop = form["cover_crop"].subwidgets
    told = {
        "base": form.made_from,
        **{name: form[name].value() or "" for name in ("cover_layout", "cover_motif")},
        "cover_colours": form["cover_colours"].value() or "",
        "cover_lines": form["cover_lines"].value() or "",
    }
    told |= {each.data["name"]: each.data["value"] or "" for each in crop}
    return {**told, **chosen}


def now(issue: Issue) -> Issue:
    return Issue.objects.get(pk=issue.pk)


class TestChoosing:
    def test_what_is_chosen_is_drawn_and_stored_and_in_the_record(self, ready, client, page):
        title = ready.articles.first()
        before = book.face_of(ready)
        chosen = {"cover_layout": "frame", "cover_motif": "door", "cover_colours": "竹青"}
        answer = client.post(page, sent(client, page, **chosen, pick=[title.pk]))
        assert answer.status_code == 302
        face = book.face_of(now(ready))
        assert (face.cover_layout, face.cover_motif, face.ground) == ("frame", "door", "#365545")
        assert face.cover_svg != before.cover_svg
        assert now(ready).cover_line_list[-1] == title.title
        assert Record.objects.filter(verb="设计封面").count() == 1

    def test_the_button_shows_it_and_stores_nothing(self, ready, client, page, html_valid):
        shown = client.get(page).text
        drawn = client.post(page, sent(client, page, cover_layout="plate", preview="1")).text
        assert drawn.count("data:image/svg+xml") == shown.count("data:image/svg+xml")
        assert drawn != shown
        assert now(ready).cover_layout == ""
        html_valid(drawn)
        part = client.post(page, sent(client, page, cover_layout="plate", live="1")).text
        assert part.count("<img") == 1
        assert "<form" not in part

    def test_a_title_that_left_the_issue_meanwhile_is_refused_and_the_page_says_so(
        self, ready, client, page
    ):
        told = sent(client, page, pick=["999999"])
        answer = client.post(page, told)
        assert answer.status_code == 422
        assert "有一篇已经不在本期了" in answer.text

    def test_is_for_editors_and_in_the_making_alone(self, ready, client, page, chief):
        told = sent(client, page, cover_layout="plate")
        client.force_login(a_user(Role.AUDITOR))
        assert client.get(page).status_code == 403
        assert client.post(page, told).status_code == 403
        client.force_login(chief)
        publication.sign_off(now(ready), by=chief)
        answer = client.post(page, told)
        assert answer.status_code == 422
        assert "已签发，不能改动" in " ".join(plain_words(answer.text).split())
        assert now(ready).cover_layout == ""

    def test_over_somebody_elses_choice_both_are_shown(self, ready, client, page):
        told = sent(client, page, cover_layout="plate")
        Issue.objects.filter(pk=ready.pk).update(cover_layout="slip")
        answer = client.post(page, told)
        assert answer.status_code == 409
        assert answer.context["form"].beside == (("版式", "slip", "plate"),)
        assert 'value="plate" id="id_cover_layout_5" checked' in answer.text.replace(
            'checked id="id_cover_layout_5"', 'id="id_cover_layout_5" checked'
        )
        over = answer.context["form"].newest
        client.post(page, {**told, "over": over})
        assert now(ready).cover_layout == "plate"


class TestAnOwnPicture:
    def test_is_cropped_by_numbers_drawn_and_lies_in_the_archive(
        self, ready, client, page, chief, media
    ):
        blue = {"cover_crop_left": 50, "cover_crop_width": 50, "cover_motif": "picture"}
        client.post(page, sent(client, page, **blue, cover_picture=photograph()))
        issue = now(ready)
        assert issue.cover_crop == "50 0 50 100"
        face = book.face_of(issue)
        with Image.open(BytesIO(media.joinpath(face.cover_picture).read_bytes())) as shown:
            assert shown.size == (200, 300)
            assert shown.getpixel((100, 150))[2] > 150
        drawn = client.get(f"{issue.get_absolute_url()}cover.svg").text
        assert "data:image/webp;base64," in drawn
        edition = publication.sign_off(issue, by=chief)
        assert "base64" not in Edition.objects.get(pk=edition.pk).cover_svg
        with edition.archive.open() as packed, ZipFile(packed) as opened:
            assert (
                opened.read("cover-picture.jpg") == media.joinpath(face.cover_picture).read_bytes()
            )
            assert b"data:image/jpeg;base64," in opened.read("cover.svg")

    def test_outside_of_the_picture_there_is_no_part(self, ready, client, page):
        told = sent(client, page, cover_crop_left=60, cover_crop_width=50)
        answer = client.post(page, told)
        assert answer.status_code == 422
        assert "左加宽、上加高都不超过 100" in answer.text
        assert "还没有图" in client.post(page, sent(client, page, cover_motif="picture")).text

    def test_without_scripts_the_button_keeps_it_and_changes_no_cover(self, ready, client, page):
        told = sent(client, page, cover_motif="picture", cover_picture=photograph(), preview="1")
        answer = client.post(page, told)
        assert answer.status_code == 200
        assert now(ready).cover_picture
        assert now(ready).cover_motif == ""
        again = {**told, "base": answer.context["form"].made_from}
        del again["preview"], again["cover_picture"]
        assert client.post(page, again).status_code == 302
        assert cover_pictures.cropped_name(now(ready)) == now(ready).cover_picture.name

    def test_a_finished_cover_takes_the_place_of_the_drawing(self, ready, client, page):
        client.post(page, sent(client, page, cover=photograph("cover.png")))
        assert book.face_of(now(ready)).cover_file


class TestLines:
    def renamed(self, ready, title: str) -> Article:
        article = ready.articles.get(title="一盏灯")
        article.title = title
        article.save()
        return article

    def test_one_that_is_a_title_follows_it_and_preflight_has_nothing_to_say(
        self, ready, client, page, chief
    ):
        client.post(page, sent(client, page, cover_lines="一盏灯\n写自己的话"))
        article = self.renamed(ready, "一盏旧灯")
        issue = now(ready)
        assert announced.lines(issue) == ("一盏旧灯", "写自己的话")
        assert book.of(issue).cover_lines == ("一盏旧灯", "写自己的话")
        assert "一盏旧灯" in book.face_of(issue).cover_svg
        told = [each.message for each in preflight.check(issue) if each.where == "cover"]
        assert told == ["要目“写自己的话”与本期任何一篇文章的标题都不同。"]
        facts = client.get(f"/admin/issues/issue/{ready.pk}/change/").text
        assert "一盏旧灯" in facts
        announced.write_down(issue)
        assert issue.followed_titles == {"一盏旧灯": article.pk}
        assert issue.cover_lines == "一盏旧灯\n写自己的话"

    def test_one_that_nobody_picked_stays_and_preflight_says_what_it_is_called_now(self, ready):
        ready.cover_lines = "一盏灯"
        ready.save()
        self.renamed(ready, "一盏旧灯")
        assert announced.lines(now(ready)) == ("一盏灯",)
