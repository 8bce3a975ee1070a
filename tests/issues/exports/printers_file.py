"""A small issue as the printer gets it."""

from functools import cache

from issues.exports import pdf
from tests.issues.exports import samples
from tests.issues.exports.samples import a_book, an_article


def printed(**options) -> bytes:
    pictures = (samples.a_picture(1),)
    body = samples.paragraphs(3) + samples.figure(pictures[0], "窗口外")
    book = a_book(
        an_article(body=body, pictures=pictures),
        an_article("第二篇", section="service-discussion"),
    )
    face = options.pop("face", samples.FACE)
    made = pdf.render(
        book, face, samples.read, pdf.fonts.find(), **{"for_printer": True, **options}
    )
    return made.data


@cache
def large() -> bytes:
    """On 大16开: made once."""
    return printed(paper="large-16k")
