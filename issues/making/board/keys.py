"""What a measure belongs to: digests of all that is set, found without a text in hand."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import F, TextField, Value
from django.db.models.functions import MD5, Concat

from articles.models import Article, Section
from articles.models.article import ArticleQuerySet
from issues.exports import pdf
from issues.exports.pdf import setting
from issues.exports.shape import Face

_END = Value("\x1f")


def with_texts(rows: ArticleQuerySet) -> ArticleQuerySet:
    """With `text_md5`, which the database makes: three hundred texts stay where they are.

    MD5 because both engines have it; who could forge one would gain a wrong number of pages.
    """
    words = Concat(
        F("kicker"), _END, F("title"), _END, F("standfirst"), _END, F("body"),
        output_field=TextField(),
    )  # fmt: skip
    marked: ArticleQuerySet = rows.annotate(text_md5=MD5(words))
    return marked.defer("body", "note", "standfirst")


@cache
def _machinery() -> str:
    """Of the template and the code that measures: another one measures otherwise."""
    folder = Path(pdf.__file__).parent
    files = sorted([*folder.glob("*.py"), *folder.glob("template/*.typ")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _digest(*what: Any) -> str:
    told = json.dumps([_machinery(), *what], ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def of_text(article: Article, faces: pdf.Faces) -> str:
    """`article` comes from `with_texts`, with its section and byline at hand."""
    is_preamble = bool(article.section and article.section.is_preamble)
    text = vars(article)["text_md5"]
    return _digest("text", faces.song, faces.hei, faces.kai, text, article.byline, is_preamble)


def of_run(section: Section, place: int, others: list[str], texts: list[str]) -> str:
    """The texts of this section, the `place`th of all.

    A section with a colour of its own has it whatever `others` (slugs) there are.
    """
    own = section.slug in setting.STYLES
    look = [section.slug, section.name, section.name_en, place]
    return _digest("run", look, [] if own else others, texts)


def of_front(face: Face, facts: dict[str, Any], lines: list[Any], preambles: list[str]) -> str:
    """`lines` of the contents page, `preambles` as `of_text`."""
    seen = {name: getattr(face, name) for name in Face.__dataclass_fields__}
    return _digest("front", seen, facts, lines, preambles)


def of_back(face: Face, facts: dict[str, Any]) -> str:
    return _digest("back", face.ground, face.ink, face.seal, face.seal_ink, face.name, facts)


def of_findings(text: str, house: str) -> str:
    """`house` is `checking.stamps`: the house's words and what was let stand."""
    return _digest("findings", text, house)
