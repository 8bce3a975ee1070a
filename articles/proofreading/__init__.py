"""The eye that never tires: findings in a manuscript, and their suggestions applied. Pure.

    text = texts.of_manuscript(Manuscript(title=…, body=…))
    findings = proofread(text, house_terms)
    changed = amend(manuscript, findings[:1])

What a rule is, stands in `rules/rule.py`; what they all are, in `docs/proofreading.md`.
"""

from .amending import amend, tidied
from .findings import Finding, Level, Place, folded, unfolded
from .reader import proofread
from .terms import Term, TermList
from .texts import Manuscript

__all__ = [
    "Finding",
    "Level",
    "Manuscript",
    "Place",
    "Term",
    "TermList",
    "amend",
    "folded",
    "proofread",
    "tidied",
    "unfolded",
]
