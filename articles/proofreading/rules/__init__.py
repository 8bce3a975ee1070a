"""All rules, in the order of their numbers. Pure."""

from . import brackets, figures, grammar, habits, marks, safeguards, structure, wording
from .rule import Hit, Rule

__all__ = ["BY_ID", "RULES", "Hit", "Rule"]

_MODULES = (brackets, figures, grammar, habits, marks, safeguards, structure, wording)
RULES: tuple[Rule, ...] = tuple(
    sorted((rule for module in _MODULES for rule in module.RULES), key=lambda rule: rule.id)
)
BY_ID = {rule.id: rule for rule in RULES}
