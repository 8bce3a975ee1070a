"""稿酬: what an article earns by the journal's own rate. Nothing is stored."""

from servicejournal.models import Masthead


def of(length: int, rate: Masthead) -> int | None:
    """In yuan, halves upwards, for so many characters; None where the journal has no rate."""
    if rate.fee_per_thousand is None and rate.fee_at_least is None:
        return None
    by_length = (length * (rate.fee_per_thousand or 0) + 500) // 1000
    return max(by_length, rate.fee_at_least or 0)


def basis(rate: Masthead) -> str:
    """How it is reckoned, for the sheet that shows it."""
    by_length = f"{rate.fee_per_thousand} 元/千字" if rate.fee_per_thousand is not None else ""
    at_least = f"每篇至少 {rate.fee_at_least} 元" if rate.fee_at_least is not None else ""
    if not by_length and at_least:
        return f"每篇 {rate.fee_at_least} 元"
    return "，".join(filter(None, [by_length, at_least]))
