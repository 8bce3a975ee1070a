"""Addresses made of Chinese names: 净月支行 → jingyue-zhihang."""

from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

#: Endings of branch names with their readings: 行 alone would be read xing.
KINDS = {
    "支行": "zhihang",
    "分行": "fenhang",
    "总行": "zonghang",
    "营业室": "yingyeshi",
    "中心": "zhongxin",
    "部": "bu",
}


def slug_of(name: str) -> str:
    """The name in toneless pinyin, words joined by hyphens; at most 60 characters, never empty."""
    from pypinyin import lazy_pinyin  # a quarter of a second and 56 MB: for whoever spells

    kind = next((each for each in KINDS if name.endswith(each) and len(name) > len(each)), "")
    stem = "".join(lazy_pinyin(name.removesuffix(kind)))
    return slugify("-".join(filter(None, [stem, KINDS.get(kind)])))[:60] or "x"


def free_slug(name: str, taken: QuerySet[Any]) -> str:
    """`slug_of(name)`, with a number behind it where the queryset `taken` has it already."""
    base, slug, count = slug_of(name), slug_of(name), 1
    while taken.filter(slug=slug).exists():
        count += 1
        slug = f"{base}-{count}"
    return slug
