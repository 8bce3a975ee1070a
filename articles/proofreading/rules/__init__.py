"""All rules, in the order of their numbers. Pure."""

from . import (
    brackets,
    characters,
    grammar,
    habits,
    marks,
    meetings,
    numerals,
    personal,
    safeguards,
    shapes,
    structure,
    word_lists,
)
from .rule import Hit, Rule

__all__ = ["BY_ID", "RULES", "Hit", "Rule"]

_MODULES = (
    brackets,
    characters,
    numerals,
    grammar,
    habits,
    marks,
    meetings,
    personal,
    safeguards,
    shapes,
    structure,
    word_lists,
)
RULES: tuple[Rule, ...] = tuple(
    sorted((rule for module in _MODULES for rule in module.RULES), key=lambda rule: rule.id)
)
BY_ID = {rule.id: rule for rule in RULES}
