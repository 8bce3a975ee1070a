"""Long pictures (长图) of an edition's articles, to be passed on in WeChat: beside its files.

They are made after publication by whoever runs the queue, all of an edition in one go. One that is
not there (yet) is drawn when somebody asks for it, and stored.
"""

import hashlib
import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django_tasks import task

from articles.bodies import html, layout, tree
from servicejournal import errands, files
from servicejournal.papers import fonts
from servicejournal.web import site

from .. import cover_pictures, numbering
from ..exports import book, card, outputs
from ..exports.card import poster
from ..models import Edition, PrintedArticle
from ..models.edition import archive_path

logger = logging.getLogger(__name__)

#: Set in one run: more take more memory than they save time.
BATCH = 10
#: What keeps one from being drawn; the article is read without it.
REFUSALS = (card.NotDrawn, fonts.FontsMissing)
_FOLDER = "posters"
#: What the name of a file is made of.
_OF_AN_ISSUE = tuple(f"issue__{name}" for name in ("year", "kind", "number", "last_number"))


def name_of(edition: Edition, article: int) -> str:
    """In the storage. It tells the edition and the site that its code leads to, so what lies there
    never is another picture.
    """
    leads_to = hashlib.sha256(site.address().encode()).hexdigest()[:6]
    return f"{archive_path(edition, '')}/{_FOLDER}/{article}-{leads_to}.jpg"


def order(edition: Edition) -> None:
    """Has them made by the worker; where there is none, each is drawn by need."""
    if errands.has_worker():
        errands.send_aside(make_posters, edition.pk)


@task
def make_posters(edition_pk: int) -> None:
    """All of an edition that are missing; none where a newer edition stands."""
    edition = Edition.objects.standing().filter(pk=edition_pk).select_related("issue").first()
    if edition is None:
        return
    lacking = [
        each
        for each in edition.printed.order_by("place")
        if not default_storage.exists(name_of(edition, each.article_id))
    ]
    for start in range(0, len(lacking), BATCH):
        try:
            make(edition, lacking[start : start + BATCH])
        except REFUSALS:
            logger.warning("No long pictures of %s", edition, exc_info=True)
            return


def make(edition: Edition, articles: Sequence[PrintedArticle]) -> list[bytes]:
    """Draws and stores them. Raises one of `REFUSALS`, and `OSError` where nothing is stored."""
    facts, face = book.facts_in(edition), edition.face
    shown = poster.Issue(face["name"], numbering.label(facts), facts.theme)
    told = [_told(each) for each in articles]
    drawn = poster.draw(shown, told, _cover(edition), fonts.find(settings.FONT_DIR))
    for article, data in zip(articles, drawn, strict=True):
        files.put(name_of(edition, article.article_id), data)
    return drawn


def _told(article: PrintedArticle) -> poster.Poster:
    words = article.standfirst or _paragraphs(article.body) or html.text(article.body)
    length = f"约 {layout.minutes(article.length)} 分钟 · {article.length:,} 字"
    return poster.Poster(
        kicker=article.section_name,
        title=article.title,
        line=f"◎{article.byline}" if article.byline else "",
        opening=layout.opening(words, poster.LINES),
        length=length,
        address=site.absolute(reverse("article", args=[article.article_id])),
    )


def _paragraphs(body: str) -> str:
    """Without headings, which would run into the sentences behind them."""
    blocks = (each for each in tree.parse(body) if isinstance(each, tree.Node))
    return "".join(tree.words(block.children) for block in blocks if block.tag == "p")


def _cover(edition: Edition) -> bytes:
    """The uploaded one; where it cannot be had, the drawing, or none."""
    name, picture = edition.face["cover_file"], edition.face.get("cover_picture", "")
    try:
        if name:
            return cover_pictures.for_pages(name)
        return cover_pictures.whole(edition.cover_svg, picture).encode()
    except (OSError, ValueError):
        logger.warning("A long picture lacks %s", name or picture, exc_info=True)
        return edition.cover_svg.encode()


def read(edition: Edition, article: int) -> bytes:
    """Raises `FileNotFoundError` where it is not made yet."""
    return outputs.read(name_of(edition, article))


def is_of_a_standing_edition(name: str, named: frozenset[str]) -> bool:
    """Of a file that no row names: one of an earlier edition goes late, as other strays do."""
    path = PurePosixPath(name)
    return path.parent.name == _FOLDER and str(path.parent.parent) in _folders(named)


@lru_cache(maxsize=1)
def _folders(_named: frozenset[str]) -> frozenset[str]:
    """Asked once for all files that are looked at with the same names."""
    standing = Edition.objects.standing().select_related("issue")
    rows = standing.only("number", "sha256", *_OF_AN_ISSUE)
    return frozenset(archive_path(each, "") for each in rows)
