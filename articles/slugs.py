"""Addresses made of Chinese names: 净月支行 → jingyue-zhihang."""

from django.utils.text import slugify
from pypinyin import lazy_pinyin


def slug_of(name: str) -> str:
    """The name in toneless pinyin, words joined by hyphens; at most 60 characters, never empty."""
    kinds = ("支行", "分行", "总行", "部", "中心", "营业室")
    stem, kind = name, ""
    for ending in kinds:
        if name.endswith(ending) and len(name) > len(ending):
            stem, kind = name[: -len(ending)], ending
            break
    parts = ["".join(lazy_pinyin(stem)), "".join(lazy_pinyin(kind))]
    return slugify("-".join(filter(None, parts)))[:60] or "x"


def free_slug(name: str, taken) -> str:
    """`slug_of(name)`, with a number behind it where the queryset `taken` has it already."""
    base, slug, count = slug_of(name), slug_of(name), 1
    while taken.filter(slug=slug).exists():
        count += 1
        slug = f"{base}-{count}"
    return slug
