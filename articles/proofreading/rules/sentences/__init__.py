"""Whether sentences hold together: grammar, words that go together, what is missing. Pure."""

from . import (
    blends,
    collocations,
    counts,
    frames,
    grammar,
    joining,
    missing,
    objects,
    people,
    repeats,
    stops,
)

RULES = (
    *grammar.RULES,
    *collocations.RULES,
    *missing.RULES,
    *joining.RULES,
    *frames.RULES,
    *blends.RULES,
    *repeats.RULES,
    *objects.RULES,
    *people.RULES,
    *counts.RULES,
    *stops.RULES,
)
