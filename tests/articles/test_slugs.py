"""Addresses made of Chinese names."""

import pytest

from articles.models import Branch
from articles.slugs import slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("净月支行", "jingyue-zhihang"),
        ("学府路支行", "xuefulu-zhihang"),
        ("党群工作部", "dangqungongzuo-bu"),
        ("营业部", "yingye-bu"),
        ("部", "bu"),
        ("A行 <b>", "axing-b"),
        ("！？", "x"),
        ("长" * 80, ("chang" * 12)[:60]),
    ],
)
def test_a_name_reads_as_pinyin(name, slug):
    assert slug_of(name) == slug


@pytest.mark.django_db
def test_two_branches_that_sound_alike_get_two_addresses():
    first, second = Branch.objects.named("东岭支行"), Branch.objects.named("东林支行")
    third = Branch.objects.named("冬岭支行")
    assert (first.slug, second.slug, third.slug) == (
        "dongling-zhihang",
        "donglin-zhihang",
        "dongling-zhihang-2",
    )
