"""What is out already: its newest edition stands, and its rows come from that edition's archive.

The archive is the truth: what the desk did to its rows since, readers' pages show no more. Without
it (the file is lost, or an issue came out before there were editions) the rows say what stands. An
issue that was signed and not published yet is signed again, because signing makes the edition.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.core.files.storage import default_storage
from django.db import migrations
from django.db.models import F
from django.db.models.functions import Greatest

from articles.bodies import html, layout
from issues import covers

_FACTS = [
    "year", "number", "running_number", "theme", "standfirst", "slogan", "compiled_by",
    "telephone", "website", "submissions_to",
]  # fmt: skip
_WHY = "系统升级后，签发时就做好读者看到的版次，请重新签发。"


def print_standing(apps: Any, schema_editor: Any) -> None:
    for issue in apps.get_model("issues", "Issue").objects.exclude(signed_off_at=None):
        if issue.published_at is None:
            _take_back(apps, issue)
        else:
            _print(apps, issue)


def _take_back(apps: Any, issue: Any) -> None:
    issue.signed_off_at = issue.signed_off_by = None
    issue.signed_off_digest = ""
    issue.save(update_fields=["signed_off_at", "signed_off_by", "signed_off_digest"])
    apps.get_model("servicejournal", "Record").objects.create(
        actor="系统",
        verb="撤回签发",
        subject_type="issues.issue",
        subject_pk=issue.pk,
        subject=f"{issue.year}年第{issue.number}期",
        why=_WHY,
    )


def _print(apps: Any, issue: Any) -> None:
    edition = issue.editions.order_by("-number").first() or _an_edition(apps, issue)
    told, face, svg = _archived(edition)
    articles = _in_print_order(apps, issue)
    edition.facts, edition.face, edition.cover_svg = _front(apps, issue, told, face, svg)
    edition.save(update_fields=["facts", "face", "cover_svg"])
    if told:
        found = _matched(edition, told["articles"], articles)
        sections = {part["slug"]: part for part in told["sections"]}
        rows = [(article, said, sections) for said, article in found]
    else:
        rows = [(article, {}, {}) for article in articles]
    printed = [
        _store(apps, edition, article, place, said, sections)
        for place, (article, said, sections) in enumerate(rows, start=1)
    ]
    edition.contents = _contents(printed)
    edition.save(update_fields=["contents"])
    issue.editions.update(out_since=F("made_at"))
    issue.editions.filter(pk=edition.pk).update(out_since=Greatest("made_at", issue.published_at))
    issue.standing = edition
    issue.save(update_fields=["standing"])


def _contents(printed: list[Any]) -> list[dict[str, Any]]:
    """`Edition.contents`."""
    parts: dict[int, dict[str, Any]] = {}
    for row in printed:
        first = {
            "section": row.section_id,
            "count": 0,
            "article": row.article_id,
            "title": row.title,
        }
        parts.setdefault(row.section_id, first)["count"] += 1
    return list(parts.values())


def _an_edition(apps: Any, issue: Any) -> Any:
    return apps.get_model("issues", "Edition").objects.create(
        issue=issue,
        number=1,
        made_at=issue.published_at,
        made_by=issue.published_by,
        sha256=issue.signed_off_digest,
    )


def _archived(edition: Any) -> tuple[Any, Any, str]:
    """issue.json, face.json and the drawn cover; nothing where the archive cannot be read."""
    try:
        with default_storage.open(edition.archive.name) as file, ZipFile(file) as archive:
            there = archive.namelist()
            told = json.loads(archive.read("issue.json"))
            face = json.loads(archive.read("face.json")) if "face.json" in there else {}
            svg = archive.read("cover.svg").decode() if "cover.svg" in there else ""
    except (OSError, ValueError, KeyError, BadZipFile):
        return None, {}, ""
    return told, face, svg


def _in_print_order(apps: Any, issue: Any) -> list[Any]:
    rows = apps.get_model("articles", "Article").objects.filter(issue=issue)
    ordered = rows.select_related("section").order_by(
        "section__order", "section_id", "position", "pk"
    )
    return sorted(ordered, key=lambda article: not article.section.is_preamble)


def _front(
    apps: Any, issue: Any, told: Any, face: Any, svg: str
) -> tuple[dict[str, Any], dict[str, Any], str]:
    """`Edition.facts`, `Edition.face` and `Edition.cover_svg`."""
    lines = [line.strip() for line in issue.cover_lines.splitlines() if line.strip()]
    stands = {
        **{name: getattr(issue, name) for name in _FACTS},
        "date": issue.date.isoformat() if issue.date else None,
        "cover_lines": lines,
        "scan": issue.scan.name.rpartition("/")[2].partition(".")[0] if issue.scan else "",
    }
    facts = {name: (told or {}).get(name, stood) for name, stood in stands.items()}
    printed = apps.get_model("servicejournal", "Masthead").objects.filter(pk=1).first()
    cover = covers.CoverFacts(
        name=printed.name if printed else "",
        name_en=printed.name_en if printed else "",
        year=issue.year,
        number=issue.number,
        running_number=issue.running_number or 0,
        cover_lines=tuple(facts["cover_lines"]),
        slogan=facts["slogan"] or (printed.slogan if printed else ""),
        month=date.fromisoformat(facts["date"]).month if facts["date"] else None,
    )
    colours = covers.palette_of(cover)
    worn = {
        "name": cover.name,
        "name_en": cover.name_en,
        "about": printed.about if printed else "",
        "cover_file": "" if svg or not issue.cover else issue.cover.name,
        "ground": colours.ground,
        "ink": colours.ink,
        "seal": colours.seal,
        "seal_ink": colours.seal_ink,
    }
    worn |= {name: said for name, said in face.items() if name in worn}
    return facts, worn, svg or ("" if worn["cover_file"] else covers.draw(cover))


def _matched(edition: Any, said: list[Any], articles: list[Any]) -> Iterator[tuple[Any, Any]]:
    """What the archive says of an article, and that article of the desk."""
    left = {article.pk: article for article in articles}
    starts = [mark["article"] for mark in edition.outline if mark.get("article")]
    by_start = starts if len(starts) == len(said) and set(starts) <= set(left) else []
    for at, each in enumerate(said):
        alike = (pk for pk, article in left.items() if article.title == each["title"])
        pk = by_start[at] if by_start else next(alike, next(iter(left), None))
        if pk is not None:
            yield each, left.pop(pk)


def _store(
    apps: Any, edition: Any, article: Any, place: int, said: Any, sections: dict[str, Any]
) -> Any:
    """One printed article, and what it is found by."""
    signed = list(article.authorships.select_related("author", "branch").order_by("position", "pk"))
    authors = list(_authors(signed, said.get("authors")))
    section = sections.get(said.get("section", ""), {})
    stands = article.section
    named = apps.get_model("articles", "Section").objects.filter(slug=section.get("slug", ""))
    text = {
        name: said.get(name, getattr(article, name))
        for name in ("kicker", "title", "standfirst", "body")
    }
    shown = _pictures(apps, article, text["body"])
    printed = apps.get_model("issues", "PrintedArticle").objects.create(
        edition=edition,
        place=place,
        article=article,
        section=named.first() or stands,
        section_slug=section.get("slug", stands.slug),
        section_name=section.get("name", stands.name),
        section_name_en=section.get("name_en", stands.name_en),
        is_preamble=section.get("is_preamble", stands.is_preamble),
        **text,
        length=article.length,
        summary=layout.opening(text["standfirst"] or html.text(text["body"])),
        byline=_byline(authors),
        authors=authors,
        pictures=[
            {
                "token": str(each.token),
                "file": each.file.name,
                "sha256": each.sha256,
                "width": each.width,
                "height": each.height,
            }
            for each in shown
        ],
    )
    people = {each.author_id: each.branch_id for each in signed}
    apps.get_model("issues", "PrintedAuthor").objects.bulk_create(
        apps.get_model("issues", "PrintedAuthor")(
            printed=printed, author_id=author, branch_id=branch
        )
        for author, branch in people.items()
    )
    apps.get_model("issues", "PrintedPicture").objects.bulk_create(
        apps.get_model("issues", "PrintedPicture")(printed=printed, picture=each) for each in shown
    )
    return printed


def _authors(signed: list[Any], said: Any) -> Iterator[dict[str, Any]]:
    """As the archive names them; addresses from who stands at the same place of the byline."""
    if said is None:
        said = [
            {"name": each.author.name, "branch": each.branch.name if each.branch else ""}
            for each in signed
        ]
    for at, each in enumerate(said):
        same = [row for row in signed if row.author.name == each["name"]]
        row = same[0] if len(same) == 1 else signed[at] if at < len(signed) else None
        yield {
            "name": each["name"],
            "branch": each["branch"],
            "author": row.author_id if row else None,
            "branch_slug": row.branch.slug if row and row.branch else "",
        }


def _byline(authors: list[dict[str, Any]]) -> str:
    parts, last = [], ""
    for each in authors:
        is_named = each["branch"] and each["branch"] != last
        parts.append(f"{each['branch']} {each['name']}" if is_named else each["name"])
        last = each["branch"]
    return "　".join(parts)


def _pictures(apps: Any, article: Any, body: str) -> list[Any]:
    mine = {
        str(each.token): each
        for each in apps.get_model("articles", "Picture").objects.filter(article=article)
    }
    tokens = dict.fromkeys(html.picture_tokens(body))
    return [mine[token] for token in tokens if token in mine]


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0013_printed"),
        ("servicejournal", "0009_generation"),
    ]

    operations = [migrations.RunPython(print_standing, migrations.RunPython.noop)]
