"""The list of rules in docs/proofreading.md, made from the rules themselves. Pure.

`python -m articles.proofreading.handbook` writes it; a test holds that it was written.
"""

from pathlib import Path

from .rules import RULES, Rule

PAGE = Path(__file__).parents[2] / "docs" / "proofreading.md"
BEGIN, END = "<!-- rules: made by articles.proofreading.handbook -->", "<!-- /rules -->"
_GROUPS = {
    "P": "标点",
    "N": "数字、日期、单位",
    "M": "算得出的",
    "C": "结构",
    "G": "语法",
    "W": "别字、赘余",
    "D": "词形、用语",
    "A": "缩写",
    "T": "时间和统一",
    "S": "慎用和禁用",
    "F": "产品宣传",
    "I": "个人信息",
    "X": "字符",
}


def listing() -> str:
    parts = []
    for letter, name in _GROUPS.items():
        rows = [_row(rule) for rule in RULES if rule.id[0] == letter]
        parts += [
            f"### {name}",
            "",
            "| 编号 | 级别 | 规则 | 例 | 依据 |",
            "|---|---|---|---|---|",
            *rows,
        ]
        parts.append("")
    return "\n".join(parts).rstrip()


def _row(rule: Rule) -> str:
    cells = (rule.id, rule.level.label, rule.name, _cell(rule.wrong[0]), rule.source)
    return f"| {' | '.join(cells)} |"


def _cell(example: str) -> str:
    short = example if len(example) <= 60 else f"{example[:40]}……"
    return f"`{short}`".replace("|", "\\|").replace("\n", " ").replace("\xa0", "␣")


def with_listing(page: str) -> str:
    head, _, rest = page.partition(BEGIN)
    return f"{head}{BEGIN}\n\n{listing()}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(with_listing(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
