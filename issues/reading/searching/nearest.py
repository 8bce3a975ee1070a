"""What is like the words that somebody types: while they type, and where nothing was found."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from articles import search
from articles.folding import words

from ...models import PrintedArticle
from . import catalogue, names
from .catalogue import Catalogue, Lines
from .names import Name

#: Suggestions while somebody types: names, and titles.
NAMES, TITLES = 4, 6
#: Of what is like it.
MOST = 6
#: The part of its pairs that a title must share to be like a query.
_LIKE = 0.3


def suggested(query: str) -> list[Name]:
    """Names and titles that are spelt so, in characters or pinyin; titles from their beginning
    before others, the newest first. One query at most.
    """
    asked = words(query)
    if not asked:
        return []
    known = catalogue.current()
    found = names.of(known).holding(asked)[:NAMES]
    whole = "".join(asked)
    places = (
        *known.titles.beginning(whole),
        *names.by_sound(asked, known.sounds, known.initials),
        *islice(_with_all(known.titles, asked), TITLES * 2),
    )
    return [*found, *_titles(known, dict.fromkeys(places), TITLES)]


def like(query: str) -> list[Name]:
    """Where nothing was found: titles and names that share much with it, or sound the same."""
    asked = words(query)
    known = catalogue.current()
    directory = names.of(known)
    whole = "".join(asked)
    found = [directory.names[at] for at in _alike(whole, directory.folded, directory.sounds)]
    return [*found[:MOST], *_titles(known, _alike(whole, known.titles, known.sounds), MOST)]


def parts(query: str) -> list[tuple[str, int]]:
    """Where no text holds all of several words: those that some text holds, with how many do."""
    asked = words(query)
    if len(asked) < 2:
        return []
    known = catalogue.current()
    rows = ((word, known.holding([word])) for word in asked[:3])
    return [(word, found.bit_count()) for word, found in rows if found]


def _with_all(titles: Lines, asked: Sequence[str]) -> Iterator[int]:
    first, *others = asked
    for at in titles.holding(first):
        if all(word in titles[at] for word in others):
            yield at


def _alike(whole: str, lines: Lines, sounds: Lines) -> list[int]:
    """The most alike first: as it sounds, then by the pairs of characters that they share."""
    typed = search.sounds(whole).split()
    same = list(sounds.holding("".join(typed))) if len(typed) > 1 else []
    pairs = {f"{one}{other}" for one, other in pairwise(whole)}
    shared = Counter(at for pair in pairs for at in lines.holding(pair))
    near = [at for at, count in shared.most_common(MOST * 3) if count >= _LIKE * len(pairs)]
    near.sort(key=lambda at: (-shared[at], len(lines[at])))
    return list(dict.fromkeys([*same, *near]))


def _titles(known: Catalogue, places: Iterable[int], most: int) -> Iterator[Name]:
    """As they are printed; asked of what is out now, whatever the catalogue says."""
    wanted = [known.numbers[at] // 4 for at in islice(places, most)]
    if not wanted:
        return
    rows = PrintedArticle.objects.out().filter(article__in=wanted)
    shown = {each.article_id: each for each in rows.only("article", "title", "byline")}
    for key in wanted:
        if each := shown.get(key):
            yield Name("文章", each.title, each.get_absolute_url(), each.byline)
