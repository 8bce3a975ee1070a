"""Covers with outlines for words: drawn when an edition is made, outside its transaction.

Without type, or where Typst fails, there is none, and readers see the cover with live words as the
archive has it.
"""

import logging

from django.conf import settings

from servicejournal import generation
from servicejournal.papers import fonts

from ..covers import outlines
from ..models import Edition, OutlinedCover

logger = logging.getLogger(__name__)

#: Editions of an earlier version whose covers one run of `manage.py remind` draws.
AT_ONCE = 100


def draw(cover_svg: str) -> str:
    """ "" where there is no drawn cover, or no type for it."""
    if not cover_svg:
        return ""
    try:
        return outlines.outlined(cover_svg, fonts.find(settings.FONT_DIR))
    except (fonts.FontsMissing, outlines.NotOutlined):
        logger.warning("A cover keeps live words", exc_info=True)
        return ""


def keep(edition: Edition, drawing: str) -> None:
    """Part of the transaction that stores the edition."""
    if drawing:
        OutlinedCover.objects.create(edition=edition, drawing=drawing)


def of(edition: Edition) -> str:
    """What screens show. One query."""
    drawn = OutlinedCover.objects.filter(edition=edition).values_list("drawing", flat=True)
    return drawn.first() or edition.cover_svg


def draw_older() -> int:
    """Of editions that were made before, and stand; how many."""
    without = Edition.objects.standing().filter(outlined=None).exclude(cover_svg="")
    drawn = 0
    for edition in without.order_by("-pk").only("cover_svg")[:AT_ONCE]:
        if drawing := draw(edition.cover_svg):
            OutlinedCover.objects.get_or_create(edition=edition, defaults={"drawing": drawing})
            drawn += 1
    if drawn:
        generation.turn()  # readers' pages show them from now on
    return drawn
