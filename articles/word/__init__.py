"""Word files (.docx): from the bytes that somebody sends to a manuscript. See `manuscript`."""

from .guard import MAX_BYTES, TOO_LARGE, WordRefused
from .manuscript import WordManuscript, WordPicture, read

__all__ = ["MAX_BYTES", "TOO_LARGE", "WordManuscript", "WordPicture", "WordRefused", "read"]
