"""What comes with a form beside its words: pictures and a Word file, where no script sent them.

They are joined to what was typed before anybody reads it. Nothing that was typed is lost: a title
stays, a text goes before that of the file.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.html import escape

from servicejournal.models import User

from .. import word
from ..models import Picture
from ..pictures import pixels, taking
from . import attachments, word_files

#: Said where a form was sent with the import button, and without a file.
NO_FILE = "还没有选 Word 文件。请先选择文件，再点“导入”。"


@dataclass(slots=True)
class Joined:
    """The fields of the form, and what to say of the enclosures above and beside them."""

    data: QueryDict
    name: str = ""  # of the Word file that was brought in
    remarks: tuple[str, ...] = ()
    #: Part of the page (`pictures`, `word`) → what is wrong with its files.
    problems: dict[str, list[str]] = field(default_factory=dict)


def join(
    data: QueryDict, files: "MultiValueDict[str, UploadedFile]", *, by: User, wants_word: bool
) -> Joined:
    """New pictures go to the end of the body, then what the Word file holds."""
    joined = Joined(data.copy())
    _join_pictures(joined, files.getlist("pictures"), by=by)
    if wants_word:
        _join_word(joined, files.get("word"), by=by)
    return joined


def _join_pictures(joined: Joined, files: list[UploadedFile], *, by: User) -> None:
    taken, problems = figures(files, joined.data.get("captions", ""), by=by)
    if taken:
        joined.data["body"] = f"{joined.data.get('body', '')}\n{taken}"
        joined.data["captions"] = ""
    if problems:
        joined.problems["pictures"] = problems


def figures(files: Iterable[UploadedFile], captions: str, *, by: User) -> tuple[str, list[str]]:
    """Takes uploads; each line of `captions` is one's caption, in their order.

    Gives the figures as HTML for the end of a body, and a sentence for each file that is refused.
    What was taken is kept, whatever becomes of the rest of the form.
    """
    lines = [line.strip() for line in captions.splitlines()]
    taken: list[str] = []
    problems: list[str] = []
    for number, file in enumerate(files):
        try:
            picture = taking.take_file(file, by=by)
        except pixels.PictureRefused as refusal:
            problems.append(f"“{file.name}”没有上传：{refusal}")
        else:
            taken.append(_figure(picture, lines[number] if number < len(lines) else ""))
    return "\n".join(taken), problems


def _figure(picture: Picture, caption: str) -> str:
    words = escape(caption)
    below = f"<figcaption>{words}</figcaption>" if words else ""
    return f'<figure><img src="{picture.get_absolute_url()}" alt="{words}">{below}</figure>'


def _join_word(joined: Joined, file: UploadedFile | None, *, by: User) -> None:
    if file is None:
        joined.problems["word"] = [NO_FILE]
        return
    try:
        brought = word_files.bring_in(file, by=by)
    except word.WordRefused as refusal:
        name = attachments.tidy_name(file.name or "")
        joined.problems["word"] = [f"“{name}”没有导入：{refusal}"]
    else:
        said = _fill(joined.data, brought)
        joined.name, joined.remarks = brought.name, (*said, *brought.remarks)


def _fill(data: QueryDict, brought: word_files.Brought) -> list[str]:
    """In an empty form, or behind what is there; says which."""
    title, body = data.get("title", "").strip(), data.get("body", "")
    is_empty = not title and not body.strip()
    said = [] if is_empty else ["您原来写的都还在，导入的文字接在后面。"]
    if not title:
        data["title"] = brought.title
    elif brought.title and brought.title != data["title"]:
        said.append(f"标题没有换，原稿的标题是“{brought.title}”。")
    if brought.section and not data.get("section"):
        data["section"] = brought.section
    data["body"] = f"{body}\n{brought.body}"
    data["attachment"] = f"{data.get('attachment', '')} {brought.attachment}"
    _fill_authors(data, brought.authors, instead=is_empty)
    return said


def _fill_authors(data: QueryDict, authors: tuple[tuple[str, str], ...], *, instead: bool) -> None:
    """Rows for the authors of the file: instead of those that are there, or behind them."""
    rows = [] if instead and authors else _rows(data)
    names = {name for name, _ in rows}
    rows += [(name, branch) for name, branch in authors if name not in names]
    for key in [key for key in data if key.startswith("authors-") and key[8:9].isdigit()]:
        del data[key]
    data["authors-TOTAL_FORMS"] = str(len(rows) + 2)
    for number, (name, branch) in enumerate(rows):
        data[f"authors-{number}-name"], data[f"authors-{number}-branch"] = name, branch
        data[f"authors-{number}-ORDER"] = str(number + 1)


def _rows(data: QueryDict) -> list[tuple[str, str]]:
    total = data.get("authors-TOTAL_FORMS", "")
    count = min(int(total), 50) if total.isascii() and total.isdigit() and len(total) < 4 else 0
    rows = [
        (data.get(f"authors-{number}-name", ""), data.get(f"authors-{number}-branch", ""))
        for number in range(count)
        if not data.get(f"authors-{number}-DELETE")
    ]
    return [row for row in rows if any(row)]
