"""What an article earns, by rules that are data (`FeeRule`, `TaxRule`). Pure: nothing is stored."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from ..models import FeeRule, FeeSheet, TaxRule
from .sharing import rounded

Basis = FeeRule.Basis
#: Either says what the text earns; one of them does.
_TEXT = (Basis.THOUSAND, Basis.PIECE)


@dataclass(frozen=True, slots=True)
class Earned:
    """`how` says in Chinese how it was reckoned."""

    fen: int
    how: str


def earned(
    rules: Iterable[FeeRule],
    *,
    day: date,
    section: int | None,
    grades: Collection[str],
    length: int,
    pictures: int,
) -> Earned | None:
    """By the rules that hold on the day; None where none says anything of the text."""
    holding = [rule for rule in rules if rule.since <= day and _is_for(rule, section, grades)]
    text = _best(rule for rule in holding if rule.basis in _TEXT)
    if text is None:
        return None
    fen, told = _of_text(text, length)
    how = [told]
    shown = _best(rule for rule in holding if rule.basis == Basis.PICTURE)
    if shown and pictures:
        more = _between(shown, shown.fen * pictures)
        fen += more
        how.append(f"图片 {pictures} 幅 × {_yuan(shown.fen)} 元{_bounds(shown)}")
    for grade in sorted(grades):
        bonus = _best(rule for rule in holding if rule.basis == Basis.BONUS and rule.grade == grade)
        if bonus:
            fen += bonus.fen
            how.append(f"{bonus.get_grade_display()}另加 {_yuan(bonus.fen)} 元")
    return Earned(fen, "；".join(how))


def _is_for(rule: FeeRule, section: int | None, grades: Collection[str]) -> bool:
    return rule.section_id in (None, section) and (not rule.grade or rule.grade in grades)


def _best(rules: Iterable[FeeRule]) -> FeeRule | None:
    """Of the section before the general one, of the grade before any; then the newest."""
    return max(
        rules,
        key=lambda rule: (rule.section_id is not None, bool(rule.grade), rule.since, rule.pk or 0),
        default=None,
    )


def _of_text(rule: FeeRule, length: int) -> tuple[int, str]:
    if rule.basis == Basis.PIECE:
        return _between(rule, rule.fen), f"每篇 {_yuan(rule.fen)} 元"
    counted = length
    told = f"{length} 字"
    if rule.counting == FeeRule.Counting.HALVES:
        counted = -(-length // 500) * 500
        told = f"{length} 字按 {counted} 字"
    fen = _between(rule, rounded(counted * rule.fen, 1000, rule.step_fen, rule.rounding))
    return fen, f"{told} × {_yuan(rule.fen)} 元/千字{_bounds(rule)}"


def _between(rule: FeeRule, fen: int) -> int:
    fen = max(fen, rule.at_least_fen or 0)
    return fen if rule.at_most_fen is None else min(fen, rule.at_most_fen)


def _bounds(rule: FeeRule) -> str:
    told = ""
    if rule.at_least_fen:
        told += f"，至少 {_yuan(rule.at_least_fen)} 元"
    if rule.at_most_fen is not None:
        told += f"，至多 {_yuan(rule.at_most_fen)} 元"
    return told


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}".removesuffix(".00")


def in_force(rules: Iterable[TaxRule], day: date) -> TaxRule | None:
    return max(
        (rule for rule in rules if rule.since <= day), key=lambda rule: rule.since, default=None
    )


def tax_of(sheet: FeeSheet) -> TaxRule | None:
    """By the day of the issue; of a closed sheet as it was at closing, whatever rules say now."""
    if sheet.tax_terms is not None:
        return TaxRule(**sheet.tax_terms) if sheet.tax_terms else None
    day = sheet.issue.date or timezone.localdate(sheet.reckoned_at)
    return in_force(TaxRule.objects.all(), day)


def tax(fen: int, rule: TaxRule | None) -> int:
    """What is held back of one person's sum, to the fen, halves upwards."""
    if rule is None or fen <= rule.free_fen:
        return 0
    if fen <= rule.flat_to_fen:
        base = (fen - rule.free_fen) * 1000
    else:
        base = fen * (1000 - rule.off_permille)
    return rounded(base * rule.taxed_permille * rule.rate_permille, 10**9, 1, "half")
