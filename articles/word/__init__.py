"""Word files (.docx): from the bytes that somebody sends to a manuscript. See `manuscript`."""

from .manuscript import WordManuscript, WordPicture, read
from .parts.guard import MAX_BYTES, TOO_LARGE, WordRefused

__all__ = ["MAX_BYTES", "TOO_LARGE", "WordManuscript", "WordPicture", "WordRefused", "read"]
