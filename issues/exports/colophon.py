"""What an issue is called and who made it, in the words of its colophon. Pure."""

from collections.abc import Iterable

from issues import numbering

from .shape import Book, BookAuthor

#: The lines that say who makes the journal: what stands before each → name of the fact.
MAKERS = {"编印": "compiled_by", "电话": "telephone", "网址": "website", "投稿": "submissions_to"}


def imprint(book: Book) -> dict[str, str]:
    """Name and fact of each line of the colophon: what is not known is not mentioned."""
    date = f"{book.date.year}年{book.date.month}月{book.date.day}日" if book.date else ""
    facts = {
        "期号": numbering.full_label(book),
        "出刊日期": date,
        **{line: getattr(book, name) for line, name in MAKERS.items()},
    }
    return {name: fact for name, fact in facts.items() if fact}


def byline(authors: Iterable[BookAuthor]) -> str:
    """净月支行 谷淳　南湖支行 卢青"""
    return "　".join(f"{author.branch} {author.name}".strip() for author in authors)
