"""Which issue a file is: guessed from its name, or from what its cover says. Pure."""

import re
from datetime import date
from unicodedata import normalize

from issues import numbering
from issues.numbering import Which

from .host import RUNNING, WHOLE, IssueMark, value, which_of
from .shapes import squeeze

#: 2019-s1, 2019-07_08: as the journal names its own files.
_STEM = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<slug>[sx]\d{1,2}|\d{2}_\d{2})(?!\d)")
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
    return IssueMark(value(whole, "year"), which_of(whole), value(running, "number"))


def of_file(name: str) -> IssueMark:
    """As `within`, and 2019-03, 2019-07_08, 2019-s1; `name` without its ending."""
    mark = within(name)
    if mark.year:
        return mark
    if (stem := _STEM.search(name)) and (which := _read(stem["slug"].replace("_", "-"))):
        return mark | IssueMark(int(stem["year"]), which)
    if short := _SHORT.search(normalize("NFKC", name)):
        number = int(short["number"] or short["packed"])
        return mark | IssueMark(int(short["year"]), Which(number) if number else None)
    return mark


def _read(slug: str) -> Which | None:
    try:
        return numbering.read(slug)
    except numbering.NotAnIssue:
        return None


def date_in(text: str) -> date | None:
    """The first day that stands in the text."""
    found = _DATE.search(squeeze(normalize("NFKC", text)))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
