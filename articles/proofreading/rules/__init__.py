"""All rules, in the order of their numbers. Pure."""

from . import (
    brackets,
    changes,
    characters,
    dates,
    habits,
    lists,
    marks,
    meetings,
    numerals,
    personal,
    promotion,
    quotations,
    quoting,
    rates,
    sentences,
    shapes,
    structure,
    sums,
    word_lists,
    wording,
)
from .rule import Hit, Rule

__all__ = ["BY_ID", "RULES", "Hit", "Rule"]

_MODULES = (
    brackets,
    changes,
    characters,
    dates,
    numerals,
    habits,
    lists,
    marks,
    meetings,
    personal,
    promotion,
    quotations,
    quoting,
    rates,
    sentences,
    shapes,
    structure,
    sums,
    word_lists,
    wording,
)
RULES: tuple[Rule, ...] = tuple(
    sorted((rule for module in _MODULES for rule in module.RULES), key=lambda rule: rule.id)
)
BY_ID = {rule.id: rule for rule in RULES}
