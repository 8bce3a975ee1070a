"""Pictures of a Word file that come into a text one by one, after its words.

Until one has come, words keep its place (`mark_of`). They hold its number, its file and its
caption: whoever goes on with the text later brings it in then, and with such words in it no text is
handed in.
"""

import re
from uuid import UUID

from django.core.files.storage import default_storage

from servicejournal.models import User

from .. import word
from ..models import Attachment
from ..pictures import pixels, taking

_MARK = re.compile(r"〔第 (\d{1,2}) 张图片还没有导入·[0-9a-f]{6}(?:：[^〔〕]*)?〕")
_PASTED = re.compile(r"〔第 \d+ 张粘贴的图片正在上传〕")
#: Characters of a caption that its mark repeats; the figure gets all of it.
_CAPTION = 60


def mark_of(number: int, token: UUID, caption: str) -> str:
    """〔第 3 张图片还没有导入·a1b2c3：图3 伞架〕"""
    words = re.sub(r"[〔〕\s]+", " ", caption).strip()
    short = words if len(words) <= _CAPTION else f"{words[: _CAPTION - 1]}…"
    return f"〔第 {number} 张图片还没有导入·{token.hex[:6]}{f'：{short}' if short else ''}〕"


def unfinished(body: str) -> str:
    """What to do about pictures that have not come in, in Chinese; "" where there are none."""
    numbers = [each[1] for each in _MARK.finditer(body)]
    if numbers:
        return (
            f"正文里第 {'、'.join(numbers)} 张图片还没有导入。"
            "请等它们导入，没有成功的点“重试”；不要的，把〔〕里的那一行删掉。"
        )
    if _PASTED.search(body):
        return "正文里有粘贴的图片还没有传完。请等它传完，或者把〔〕里的那一行删掉。"
    return ""


def take(attachment: Attachment, number: int, *, by: User) -> str:
    """Brings one picture in; gives its figure as HTML.

    Raises `LookupError` where the file has no such picture, `pixels.PictureRefused`,
    `word.WordRefused`.
    """
    with default_storage.open(attachment.file.name) as file:
        manuscript = word.read(file.read(), attachment.name)
    if not 1 <= number <= len(manuscript.pictures):
        raise LookupError(number)
    picture = manuscript.pictures[number - 1]
    stored = taking.take(_bounded(picture.data), by=by)
    return manuscript.figure(picture.address, stored.get_absolute_url())


def _bounded(data: bytes) -> bytes:
    if len(data) > pixels.MAX_BYTES:
        raise pixels.PictureRefused(pixels.TOO_LARGE)
    return data
