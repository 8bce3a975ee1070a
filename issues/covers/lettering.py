"""What stands on a cover, made from an issue's facts: names divided, figures in Chinese."""

from dataclasses import dataclass

from .typesetting import clean, cut

DIGITS = "〇一二三四五六七八九"
KINDS = ("双月刊", "专刊", "月刊", "季刊", "半月刊", "周刊", "学刊", "会刊", "期刊", "年刊",
         "杂志", "通讯", "简报", "文集")  # fmt: skip


@dataclass(frozen=True)
class CoverFacts:
    """The facts of one issue that its cover shows; any text, also hostile or empty."""

    name: str
    name_en: str
    year: int
    number: int
    running_number: int  # 0 where there is none: old issues lost theirs
    cover_lines: tuple[str, ...] = ()
    slogan: str = ""
    month: int | None = None


@dataclass(frozen=True)
class Wording:
    """The texts of a cover, cleaned; each may be empty but `main`."""

    main: str
    kind: str
    english: str
    numeral: str
    date: str
    imprint: str
    running: str
    seal: str
    lines: tuple[str, ...]
    slogan: str

    @property
    def title(self) -> str:
        return f"{self.main}{self.kind} {self.imprint}"


def word(facts: CoverFacts) -> Wording:
    """The texts of a cover; the first five cover lines that are not empty."""
    main, kind = divide(clean(facts.name, 24))
    lines = tuple(filter(None, (clean(line, 120) for line in facts.cover_lines)))
    return Wording(
        main=main or f"第{facts.number}期",
        kind=kind,
        english=clean(facts.name_en, 80),
        numeral=str(facts.number),
        date=date_in_characters(facts.year, facts.month),
        imprint=f"{facts.year}年第{facts.number}期",
        running=f"总第{facts.running_number}期" if facts.running_number else "",
        seal=seal_text(facts.number),
        lines=lines[:5],
        slogan=clean(facts.slogan, 80),
    )


def divide(name: str) -> tuple[str, str]:
    """服务文化专刊 → 服务文化, 专刊; the proper name is cut at ten characters."""
    kind = next((k for k in KINDS if name.endswith(k) and len(name) >= len(k) + 2), "")
    return cut(name.removesuffix(kind), 10), kind


def date_in_characters(year: int, month: int | None) -> str:
    """二〇二二年四月; the month only when it is one."""
    spelt = "".join(DIGITS[int(c)] for c in str(abs(year))[:4]) + "年"
    return f"{spelt}{counted(month)}月" if month and 1 <= month <= 12 else spelt


def counted(number: int) -> str:
    """A number from 0 to 99 in characters: 12 → 十二."""
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return f"{DIGITS[tens] if tens > 1 else ''}十{DIGITS[ones] if ones else ''}"


def seal_text(number: int) -> str:
    return f"第{counted(number)}期" if number in range(1, 100) else "期刊之印"
