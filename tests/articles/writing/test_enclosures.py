"""What comes with a form: one bad picture costs nothing else, a caption is words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Picture
from articles.writing import enclosures
from tests.articles.pictures.test_pixels import a_png
from tests.factories import a_user

pytestmark = pytest.mark.django_db


class TestFigures:
    def upload(self, name: str = "柜台.png", data: bytes | None = None) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, a_png() if data is None else data)

    def test_take_their_captions_line_by_line(self):
        html, problems = enclosures.figures(
            [self.upload(), self.upload(), self.upload()], "柜台前\n\n", by=a_user()
        )
        first, second, _ = Picture.objects.order_by("pk")
        assert problems == []
        assert html.split("\n")[0] == (
            f'<figure><img src="{first.get_absolute_url()}" alt="柜台前">'
            "<figcaption>柜台前</figcaption></figure>"
        )
        assert html.split("\n")[1] == (
            f'<figure><img src="{second.get_absolute_url()}" alt=""></figure>'
        )

    def test_one_bad_file_does_not_cost_the_good_one(self):
        html, problems = enclosures.figures(
            [self.upload("坏.png", b"no picture"), self.upload()], "", by=a_user()
        )
        assert html.count("<img") == 1
        (problem,) = problems
        assert problem.startswith("“坏.png”没有上传：")

    def test_a_caption_is_words_and_not_markup(self):
        html, _ = enclosures.figures([self.upload()], '"><script>', by=a_user())
        assert "<script>" not in html
