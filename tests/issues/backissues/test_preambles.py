"""A preamble behind the contents page, signed by a bare name."""

import pytest

from issues.backissues.dump import parse

TEXT = (
    "雨落在门口，声音不大，却把整个早上都润湿了。我们把垫子换了三次，客人进门先低头，再抬头。\n"
    "等雨停的时候，伞架上多了一把旧伞，谁也不知道是谁的，就一直留着，等它的主人回来。"
)
DUMP = """服务文化专刊2023第三期

专刊

2023年第3期
总第45期

CONTENTS

目录

卷首语

Preamble

雨落在门口

服务管理

Service management

一把伞的去处

卷首语

Preamble

{preamble}

专刊

Service culture special issue

服务管理

Service management

一把伞的去处

◎东岭支行 高志远

下雨那天，门口的垫子换了三次，客人进门先低头看脚下，再抬头看我们。
我们把伞架挪到了门外，谁用谁取，用完放回来。到月底一数，少了两把，多了三把。
"""


def preamble(text: str):
    found = parse(DUMP.format(preamble=text).encode())
    return found.articles[0], [each.code for each in found.doubts]


@pytest.mark.parametrize(
    "text",
    [
        f"雨落在门口\n\n沈一鸣\n\n{TEXT}",
        f"沈一鸣\n\n雨落在门口\n\n{TEXT}",
        f"雨落在门口\n\n{TEXT}\n\n沈一鸣",
        f"雨落在门口\n\n{TEXT}\n\n——沈一鸣",
        f"雨落在门口\n\n{TEXT}\n\n（沈一鸣）",
    ],
)
def test_is_signed_wherever_the_name_stands_and_says_that_it_was_guessed(text):
    article, doubts = preamble(text)
    assert (article.section, article.title) == ("卷首语", "雨落在门口")
    assert [(each.branch, each.name) for each in article.signatures] == [("", "沈一鸣")]
    assert "沈一鸣" not in article.body
    assert "byline-guessed" in doubts


@pytest.mark.parametrize("line", ["安静", "雨声里", "写在前面的话", "方法", "黄昏", "高兴"])
def test_what_is_no_name_is_nobodys_signature(line):
    article, doubts = preamble(f"雨落在门口\n\n{TEXT}\n\n{line}")
    assert article.signatures == ()
    assert "byline-guessed" not in doubts


def test_one_that_is_signed_is_left_alone():
    article, doubts = preamble(f"雨落在门口\n\n◎卢一清\n\n{TEXT}\n\n沈一鸣")
    assert [each.name for each in article.signatures] == ["卢一清"]
    assert "byline-guessed" not in doubts
