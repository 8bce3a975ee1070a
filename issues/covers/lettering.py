"""What stands on a cover, made from an issue's facts: names divided, figures in Chinese."""

from dataclasses import dataclass

from issues import numbering

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
    kind: str = numbering.REGULAR
    last_number: int | None = None
    permit: str = ""
    notice: str = ""
    #: What an editor chose, by name; "" leaves it to the issue's turn.
    layout: str = ""
    motif: str = ""
    colours: str = ""
    has_picture: bool = False  # one of their own in the place of the motif

    @property
    def turn(self) -> int:
        """Which of the compositions, palettes and motifs is this one's turn."""
        if self.running_number or self.kind == numbering.REGULAR:
            return self.running_number
        return self.year + 2 * self.number + (self.kind == numbering.EXTRA)


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
    leave: str  # 准印证号, 内部资料 免费交流

    @property
    def title(self) -> str:
        return f"{self.main}{self.kind} {self.imprint}"


def word(facts: CoverFacts) -> Wording:
    """The texts of a cover; the first five cover lines that are not empty."""
    main, kind = divide(clean(facts.name, 24))
    lines = tuple(filter(None, (clean(line, 120) for line in facts.cover_lines)))
    return Wording(
        main=main or numbering.short(facts),
        kind=kind,
        english=clean(facts.name_en, 80),
        numeral=numeral_of(facts),
        date=date_in_characters(facts.year, facts.month),
        imprint=numbering.label(facts),
        running=numbering.running(facts),
        seal=seal_text(facts),
        lines=lines[:5],
        slogan=clean(facts.slogan, 80),
        leave=leave_of(facts),
    )


def leave_of(facts: CoverFacts) -> str:
    permit, notice = clean(facts.permit, 60), clean(facts.notice, 40)
    if permit and "准印证" not in permit:
        permit = f"准印证号：{permit}"
    return "　".join(filter(None, (permit, notice)))


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


def numeral_of(issue: numbering.InAYear) -> str:
    """What stands largest: 04, 7–8, 增刊."""
    if issue.kind == numbering.REGULAR:
        return numbering.parts(issue)[1].rjust(2, "0")
    return numbering.NAMES[issue.kind]


def seal_text(issue: numbering.InAYear) -> str:
    """第四期, 七八合刊, 增刊一; as many characters as a seal holds."""
    if issue.number not in range(1, 100):
        return "期刊之印"
    if issue.kind != numbering.REGULAR:
        return f"{numbering.NAMES[issue.kind]}{counted(issue.number)}"
    if issue.last_number is None:
        return f"第{counted(issue.number)}期"
    if issue.last_number == issue.number + 1 and issue.last_number <= 10:
        return f"{counted(issue.number)}{counted(issue.last_number)}合刊"
    return "合刊之印"
