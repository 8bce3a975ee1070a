"""Which issue a file is: guessed from its name, or from what its cover says. Pure."""

import re
from datetime import date
from unicodedata import normalize

from .host import RUNNING, WHOLE, IssueMark, value
from .shapes import squeeze

#: 2019-03, 2019_3, 201903, and not the day 2019-03-12.
_SHORT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:[-_.年 ]+(?P<number>\d{1,2})|(?P<packed>\d\d))"
    r"(?![-_.]?\d)"
)
_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")


def within(text: str) -> IssueMark:
    """What 2022年第2期 and 总第38期 say, wherever they stand in the text."""
    text = squeeze(normalize("NFKC", text))
    running = RUNNING.search(text)
    whole = WHOLE.search(text.replace(running[0], "|") if running else text)
    return IssueMark(value(whole, "year"), value(whole, "number"), value(running, "number"))


def of_file(name: str) -> IssueMark:
    """As `within`, and 2019-03; `name` without its ending."""
    mark = within(name)
    short = _SHORT.search(normalize("NFKC", name))
    if mark.year or not short:
        return mark
    return mark | IssueMark(int(short["year"]), int(short["number"] or short["packed"]) or None)


def date_in(text: str) -> date | None:
    """The first day that stands in the text."""
    found = _DATE.search(squeeze(normalize("NFKC", text)))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
