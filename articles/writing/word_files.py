"""What becomes of a Word file that a writer brings: its text goes into the form, its pictures and
the file itself are stored. Nothing is a manuscript until the form is saved.
"""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.html import escape

from articles.pictures import pixels
from servicejournal.models import User

from .. import word
from ..bodies import html
from ..models import Attachment, Author, Branch, Section
from ..pictures import taking
from . import attachments, word_pictures


@dataclass(frozen=True, slots=True)
class Awaited:
    """A picture that comes in later: `mark` are the words that keep its place."""

    number: int
    mark: str
    caption: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What the file holds, for the form. Section and branches are keys; "" where none is known."""

    title: str
    section: str
    authors: tuple[tuple[str, str], ...]  # (name, branch)
    body: str
    attachment: str
    name: str
    remarks: tuple[str, ...]
    awaited: tuple[Awaited, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "section": self.section,
            "bylines": [{"name": name, "branch": branch} for name, branch in self.authors],
            "html": self.body,
            "attachment": self.attachment,
            "name": self.name,
            "remarks": self.remarks,
            "pictures": [
                {"number": each.number, "mark": each.mark, "caption": each.caption}
                for each in self.awaited
            ],
        }


def bring_in(file: UploadedFile, *, by: User, pictures_later: bool = False) -> Brought:
    """Reads an uploaded file and stores its pictures and itself. Raises `word.WordRefused`.

    With `pictures_later` the pictures wait in the stored file, and words keep their places
    (`word_pictures`).

    Not one transaction: ten photographs take seconds, and SQLite has one writer at a time. What is
    stored when something fails on the way belongs to no manuscript.
    """
    if file.size is None or file.size > word.MAX_BYTES:
        raise word.WordRefused(word.TOO_LARGE)
    if refusal := attachments.too_many_today(by):
        raise word.WordRefused(refusal)
    data, name = file.read(), file.name or ""
    manuscript = word.read(data, name)
    attachment, problems = None, list[str]()
    awaited: tuple[Awaited, ...] = ()
    if pictures_later and manuscript.pictures:
        attachment = attachments.keep(data, name, by=by)
        awaited = _awaited(manuscript, attachment)
        places = zip(manuscript.pictures, awaited, strict=True)
        body = manuscript.with_words({each.address: wait.mark for each, wait in places})
    else:
        stored, problems = _store(manuscript.pictures, by=by)
        body = manuscript.with_pictures(stored)
    authors, unknown = _authors(manuscript.bylines)
    section, above, said = _above(manuscript.above)
    attachment = attachment or attachments.keep(data, name, by=by)
    return Brought(
        title=manuscript.title,
        section=section,
        authors=authors,
        body=html.clean(above + body),
        attachment=str(attachment.token),
        name=attachment.name,
        remarks=(*said, *unknown, *problems, *manuscript.remarks),
        awaited=awaited,
    )


def _awaited(manuscript: word.WordManuscript, attachment: Attachment) -> tuple[Awaited, ...]:
    captions = [manuscript.caption(each.address) for each in manuscript.pictures]
    return tuple(
        Awaited(number, word_pictures.mark_of(number, attachment.token, caption), caption)
        for number, caption in enumerate(captions, start=1)
    )


def _store(found: tuple[word.WordPicture, ...], *, by: User) -> tuple[dict[str, str], list[str]]:
    """By placeholder, the address of each picture that was taken; a sentence for those that were
    not, by reason, with their numbers."""
    stored: dict[str, str] = {}
    refused: dict[str, list[str]] = {}
    for number, picture in enumerate(found, start=1):
        try:
            stored[picture.address] = taking.take(picture.data, by=by).get_absolute_url()
        except pixels.PictureRefused as reason:
            refused.setdefault(str(reason), []).append(str(number))
    return stored, [
        f"第 {'、'.join(numbers)} 张图片没有导入：{reason}" for reason, numbers in refused.items()
    ]


def _above(lines: tuple[str, ...]) -> tuple[str, str, list[str]]:
    """What stands above the title: the section that it names, the rest as HTML, what to say."""
    section, paragraphs, said = "", "", []
    by_name = {each.name: each for each in Section.objects.open_to_writers()} if lines else {}
    for line in lines:
        named = by_name.get(line.removeprefix("栏目：").strip("【】［］[]《》〖〗“” "))
        if named:
            section = str(named.pk)
            said.append(f"按原稿上的“{named.name}”选了栏目。")
        else:
            paragraphs += f"<p>{escape(line)}</p>\n"
            said.append(f"标题上面的“{line[:30]}”放在了正文开头，不要的话请删掉。")
    return section, paragraphs, said


def _authors(bylines: tuple[tuple[str, str], ...]) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """(name, key of the branch) for each, and a sentence for each branch that is not known."""
    branches = list(Branch.objects.active())
    known = Branch.objects.active().known_as(written for written, _ in bylines)
    rows, unknown = [], {}
    for written, name in bylines:
        branch = known.get(written) or _branch(written, branches)
        if written and branch is None:
            unknown[written] = f"单位名单里没有“{written}”，请在“作者”一栏另选一个。"
        rows.append(
            (name[: Author._meta.get_field("name").max_length], str(branch.pk) if branch else "")
        )
    return tuple(rows), list(unknown.values())


def _branch(written: str, branches: list[Branch]) -> Branch | None:
    """The only one whose name is part of what was written, or the reverse: 某某银行南湖支行 is
    南湖支行."""
    found = [
        each for each in branches if written and (each.name in written or written in each.name)
    ]
    return found[0] if len(found) == 1 else None
