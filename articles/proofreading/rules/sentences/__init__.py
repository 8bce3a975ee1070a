"""Whether sentences hold together: grammar, words that go together, what is missing. Pure."""

from . import blends, collocations, frames, grammar, joining, missing, objects, repeats

RULES = (
    *grammar.RULES,
    *collocations.RULES,
    *missing.RULES,
    *joining.RULES,
    *frames.RULES,
    *blends.RULES,
    *repeats.RULES,
    *objects.RULES,
)
