"""Whether sentences hold together: grammar, words that go together, what is missing. Pure."""

from . import collocations, frames, grammar, joining, missing

RULES = (*grammar.RULES, *collocations.RULES, *missing.RULES, *joining.RULES, *frames.RULES)
