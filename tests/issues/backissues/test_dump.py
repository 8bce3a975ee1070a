"""Whole dumps: goldens, print torn by chance, the seed, and small dumps with one trouble each."""

import dataclasses
import hashlib
import json
import re
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from issues.backissues.dump import BackIssue, NotADump, parse
from tests.issues.tearing import JOURNAL, JOURNAL_EN, Tearer, Writer, encoded

FILES = Path(__file__).parents[2] / "files"
#: Section; digests of title and branch; counts of p, h2, h3, ul, li; digest of the text.
SEED_ARTICLES = [
    ("卷首语", "1f7ce5586426e7a8", "e3b0c44298fc1c14", (5, 0, 0, 0, 0), "3f2efe36ac25082c"),
    ("服务管理", "309eaeb0613ebdd2", "e4776228ca722ce2", (9, 3, 0, 0, 0), "94273fdae5429dc3"),
    ("服务管理", "2ea0f6dece7fb810", "f8d5f72affc55f71", (4, 0, 0, 2, 10), "367f2e403d1d16c1"),
    ("服务管理", "768ab074bc447299", "4fa927349a231311", (13, 3, 5, 0, 0), "f025cf123718a62c"),
]
GOLDENS = ["back-issue-2019-11", "back-issue-2024-03", "back-issue-2025-02"]


def plain(issue: BackIssue) -> dict:
    """As the JSON beside a golden dump has it: bodies as lists of lines, dates as text."""
    facts = dataclasses.asdict(issue)
    for article in facts["articles"]:
        article["body"] = article["body"].split("\n")
    return json.loads(json.dumps(facts, default=date.isoformat))


@pytest.mark.parametrize("name", GOLDENS)
def test_a_dump_becomes_the_issue_that_was_printed(name):
    found = plain(parse((FILES / f"{name}.txt").read_bytes()))
    assert found == json.loads((FILES / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", GOLDENS)
def test_the_same_bytes_give_the_same_issue(name):
    data = (FILES / f"{name}.txt").read_bytes()
    assert parse(data) == parse(data)


# The same numbers in every run: print can be torn so that nothing tells a step from a heading
# (20058 is such a number), and a run must not fail by the draw.
@settings(max_examples=150, derandomize=True)
@given(st.integers(min_value=0, max_value=2**32))
def test_torn_print_is_put_together_again(number):
    random = Random(number)  # noqa: S311
    made = Writer(random).issue()
    tearer = Tearer(random, made)
    found = parse(encoded(tearer.text(), random))

    assert (found.year, found.number, found.running_number) == (
        made.year,
        made.number,
        made.running,
    )
    assert found.journal_name == (JOURNAL if tearer.wrapped else "专刊")
    assert found.journal_name_en == JOURNAL_EN
    assert (found.cover_lines, found.slogan) == (tuple(made.cover_lines), made.slogan)
    assert [(each.name, each.name_en) for each in found.sections] == made.sections
    assert bool(found.colophon.telephone) == made.colophon
    assert [
        (each.section, each.title, each.branch, each.authors, each.body) for each in found.articles
    ] == [
        (each.section, each.whole_title, each.branch, each.authors, each.body)
        for each in made.articles
    ]


# The real issue, which stands beside the checkout ------------------------------------------------


def digest(text: str) -> str:
    """Of the text without tags and spaces: no sentence of the real issue stands here."""
    return hashlib.sha256(re.sub(r"<[^>]*>|\s", "", text).encode()).hexdigest()[:16]


def test_the_seed_gives_its_facts(seed):
    issue = parse(seed.read_bytes())
    assert (issue.year, issue.number, issue.running_number) == (2022, 2, 38)
    assert issue.journal_name == "服务文化专刊"
    assert issue.journal_name_en == "Service culture special issue"
    assert issue.slogan == "传播服务文化价值 展示服务品牌形象"
    assert len(issue.cover_lines) == 3
    assert [(each.name, each.name_en) for each in issue.sections] == [
        ("卷首语", "Preamble"),
        ("服务管理", "Service management"),
        ("服务探讨", "Service discussion"),
        ("服务掠影", "Service sketch"),
        ("服务先锋", "Service vanguard"),
        ("服务情思", "Service emotion"),
        ("域外服务", "Extraterritorial service"),
        ("服务支撑", "Service support"),
        ("服务回声", "Service echoes"),
        ("服务创新", "Service innovate"),
    ]
    assert (issue.host.published_on, issue.host.views) == (date(2022, 4, 24), 377)
    assert all(dataclasses.astuple(issue.colophon)[:4])
    assert issue.punctuation_fixes == 351


def test_the_seed_gives_its_articles(seed):
    def count(body: str) -> tuple[int, ...]:
        return tuple(body.count(f"<{tag}>") for tag in ("p", "h2", "h3", "ul", "li"))

    assert [
        (each.section, digest(each.title), digest(each.branch), count(each.body), digest(each.body))
        for each in parse(seed.read_bytes()).articles
    ] == SEED_ARTICLES


def test_no_run_of_characters_of_the_seed_is_lost_or_doubled(seed):
    issue = parse(seed.read_bytes())
    lines = seed.read_text(encoding="utf-8").splitlines()
    preamble, first = issue.articles[0].line - 1, issue.articles[1].line - 1
    contents = lines.index("服务管理")
    dump = "\n".join([*lines[preamble:contents], *lines[first:]]).split("Copyright")[0]
    found = "\n".join(
        "\n".join([each.title, each.branch, *each.authors, each.body]) for each in issue.articles
    )
    runs = set(re.findall("[\u4e00-\u9fff]{6,}", dump))
    assert len(runs) > 400
    assert [run for run in runs if found.count(run) != dump.count(run)] == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_seed_is_the_same_issue_in_every_encoding(seed, encoding, end):
    text = seed.read_text(encoding="utf-8")
    found = parse(text.replace("\n", end).encode(encoding))
    assert dataclasses.replace(found, encoding="UTF-8") == parse(seed.read_bytes())


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [
        ("host", 1, 7),
        ("cover", 8, 23),
        ("cover lines", 13, 16),
        ("number", 21, 23),
        ("contents", 42, 137),
        ("colophon", 117, 121),
        ("footer", 247, 250),
    ],
)
def test_without_a_part_the_articles_of_the_seed_are_the_same(seed, part, first, last):
    lines = seed.read_text(encoding="utf-8").split("\n")
    found = parse("\n".join(lines[: first - 1] + lines[last:]).encode())
    whole = parse(seed.read_bytes())
    assert [dataclasses.replace(each, line=0) for each in found.articles] == [
        dataclasses.replace(each, line=0) for each in whole.articles
    ], part


def test_the_seed_is_doubted_in_few_words(seed):
    issue = parse(seed.read_bytes())
    assert [(each.line, each.code) for each in issue.doubts] == [
        (8, "cover-line-without-article"),
        (24, "title-differs"),
        (46, "contents-repeats"),
        (62, "section-without-article"),
        (90, "section-guessed"),
        (92, "section-guessed"),
        (144, "not-in-contents"),
        (187, "out-of-order"),
    ]


# One trouble each --------------------------------------------------------------------------------

HOST = "注册\n\n邻里服务专刊2023第4期\n\n其他分类其他2023-08-01\n12\n\n2023年第4期\n总第40期\n\n"
HEAD = "门里门外\n\nIndoors and out\n\n"
TEXT = "雨下了一上午，门垫换了三回。第三回换上的是一块旧地毯，谁也没有滑倒。"


def parsed(text: str) -> BackIssue:
    return parse((HOST + text).encode())


def codes(issue: BackIssue) -> set[str]:
    return {doubt.code for doubt in issue.doubts}


def test_a_column_in_the_wrong_place_is_moved_to_its_sentence_and_doubted():
    issue = parsed(
        f"{HEAD}雨天的门垫\n\n◎东岭支行 高志远\n\n"
        f"    {TEXT}第二天放晴，地毯晒在栏杆上，来往的人都要问一句这是谁家的\n\n"
        f"    后来它就留在了门口，一直留到冬天。{TEXT}\n\n"
        f"地毯，问到第五个人，就有人带了一块新的来。\n    {TEXT}\n"
    )
    body = issue.articles[0].body.split("\n")
    assert "这是谁家的地毯，问到第五个人" in body[0]
    assert body[2].startswith("<p>后来它就留在了门口")
    assert "out-of-order" in codes(issue)


def test_a_sentence_without_its_end_stays_where_it_is_and_is_doubted():
    issue = parsed(
        f"{HEAD}雨天的门垫\n\n◎东岭支行 高志远\n\n"
        f"    {TEXT}第二天放晴，地毯晒在栏杆上，来往的人都要问一句这是谁家的\n\n"
        f"    一、地毯的去处\n    {TEXT}\n"
    )
    doubt = next(each for each in issue.doubts if each.code == "sentence-cut")
    assert doubt.line == 19
    assert issue.articles[0].body.count("<p>") == 2


def test_items_that_nothing_introduces_keep_their_place_and_are_doubted():
    issue = parsed(
        f"{HEAD}雨天的门垫\n\n◎东岭支行 高志远\n\n"
        f"√门垫：每天抖一次。\n√地毯：每周晒一次。\n\n{TEXT}\n"
    )
    assert issue.articles[0].body.startswith("<ul><li>√ 门垫：每天抖一次。</li>")
    assert "out-of-order" in codes(issue)


def test_items_go_to_the_only_lead_in_whose_number_they_fill():
    issue = parsed(
        f"{HEAD}雨天的门垫\n\n◎东岭支行 高志远\n\n√地毯：每周晒一次。\n\n{TEXT}\n\n"
        f"要记住两条：\n√门垫：每天抖一次。\n\n另有三个问题：\n√谁来抖。\n√谁来晒。\n√谁来收。\n"
    )
    assert (
        "<p>要记住两条：</p>\n<ul><li>√ 门垫：每天抖一次。</li><li>√ 地毯：每周晒一次。</li></ul>"
        in issue.articles[0].body
    )


@pytest.mark.parametrize("line", ["◎服务无声 温情有痕", "◎雨天的门垫", "◎门垫地毯 人人称好"])
def test_a_marked_line_on_the_cover_is_no_byline(line):
    issue = parse(
        (
            HOST.replace("2023年", f"{line}\n\n2023年") + f"{HEAD}门垫\n\n◎高志远\n\n{TEXT}\n"
        ).encode()
    )
    assert issue.cover_lines == (line[1:],)
    assert [each.authors for each in issue.articles] == [("高志远",)]


def test_every_missing_part_is_missing_and_nothing_else():
    issue = parse(f"邻里服务专刊2023第4期\n{HEAD}雨天的门垫\n\n◎高志远\n\n{TEXT}\n".encode())
    assert (issue.cover_lines, issue.slogan, issue.running_number) == ((), "", None)
    assert issue.colophon.compiled_by == ""
    assert issue.host.published_on is None
    assert [each.title for each in issue.articles] == ["雨天的门垫"]
    assert codes(issue) == {"no-running-number", "no-branch"}


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("邻里服务专刊2023第二期", 2),
        ("邻里服务专刊2023年第2期", 2),
        ("《邻里服务专刊》2023年 2期", 2),
        ("邻里服务专刊（2023年第十二期）", 12),
        ("邻里服务专刊2023第二十期", 20),
        ("2023年第2期邻里服务专刊", 2),
        ("邻里服务专刊2023年第2期（总第44期）", 2),
    ],
)
def test_the_number_is_read_however_it_is_written(title, number):
    issue = parse(
        f"注册\n\n{title}\n\n其他2023-01-02\n\n{HEAD}门垫\n\n◎高志远\n\n{TEXT}\n".encode()
    )
    assert (issue.journal_name, issue.year, issue.number) == ("邻里服务专刊", 2023, number)


def test_cover_and_host_disagree_and_the_cover_wins():
    text = HOST.replace("2023第4期", "2023第5期") + f"{HEAD}门垫\n\n◎高志远\n\n{TEXT}\n"
    issue = parse(text.encode())
    assert issue.number == 4
    assert "number-differs" in codes(issue)


def test_an_article_without_a_byline_is_found_by_its_title_on_the_contents_page():
    issue = parsed(
        f"目录\n\n{HEAD}雨天的门垫\n晴天的栏杆\n\n"
        f"{HEAD}雨天的门垫\n\n◎东岭支行 高志远\n\n{TEXT}\n\n"
        f"{HEAD}晴天的栏杆\n\n{TEXT}\n"
    )
    assert [(each.title, each.authors) for each in issue.articles] == [
        ("雨天的门垫", ("高志远",)),
        ("晴天的栏杆", ()),
    ]
    assert "no-author" in codes(issue)


def test_an_article_without_a_running_head_goes_where_the_contents_page_has_it():
    issue = parsed(
        f"目录\n\n{HEAD}雨天的门垫\n\n窗下\n\nBelow the window\n\n晴天的栏杆\n\n"
        f"{HEAD}雨天的门垫\n\n◎东岭支行 方圆\n\n{TEXT}\n\n12\n\n"
        f"晴天的栏杆\n\n◎东岭支行 方圆\n\n{TEXT}\n\n13\n\n"
        f"没有列出的长椅\n\n◎东岭支行 方圆\n\n{TEXT}\n"
    )
    assert [each.section for each in issue.articles] == ["门里门外", "窗下", "窗下"]
    assert [each.code for each in issue.doubts] == ["no-section", "no-section", "not-in-contents"]


def test_a_caption_never_stands_inside_of_a_sentence():
    issue = parsed(
        f"{HEAD}雨天的门垫\n\n◎东岭支行 高志远\n\n{TEXT}来往的人都要问一句这是谁家的\n\n"
        f"图为晒在栏杆上的门垫\n\n▲图为收回来的门垫\n\n地毯，问到第五个人，就有人带了一块新的来。\n"
    )
    assert issue.articles[0].body.split("\n")[1:] == [
        "<p>图为晒在栏杆上的门垫</p>",
        "<ul><li>图为收回来的门垫</li></ul>",
    ]
    assert "这是谁家的地毯，问到第五个人" in issue.articles[0].body
    assert [each.code for each in issue.doubts] == ["caption", "caption"]


@pytest.mark.parametrize(
    "head",
    [
        "雨天的门垫\n\n◎东岭支行 高志远\n\n",
        "雨天的门垫\n◎东岭支行 高志远\n",
        "◎东岭支行 高志远\n\n雨天的门垫\n\n",
        "雨天的门垫  ◎东岭支行 高志远\n\n",
        "雨天的门垫\n\n◎东岭支行\n高志远\n\n",
        "雨天的门垫\n\n文/高志远（东岭支行）\n\n",
        "雨天的门垫\n\n东岭支行  高志远\n\n",
        "◎东岭支行 高志远\n\n门里门外\n\nIndoors and out\n\n雨天的门垫\n\n",
        "雨天的门垫\n\n" + TEXT + "\n\n（东岭支行 高志远）\n\n",
    ],
)
def test_title_and_byline_are_told_wherever_they_stand(head):
    issue = parsed(f"{HEAD}{head}{TEXT}\n" if TEXT not in head else HEAD + head)
    assert [(each.title, each.branch, each.authors) for each in issue.articles] == [
        ("雨天的门垫", "东岭支行", ("高志远",))
    ]
    assert issue.articles[0].body == f"<p>{TEXT}</p>"


def test_contents_lines_with_numbers_and_authors_are_titles_still():
    issue = parsed(
        f"目录\n\n{HEAD}雨天的门垫 …… 12\n晴天的栏杆  ◎东岭支行 方圆\n08 阴天的长椅\n\n"
        + "".join(
            f"{HEAD}{title}\n\n◎东岭支行 方圆\n\n{TEXT}\n\n"
            for title in ("雨天的门垫", "晴天的栏杆", "阴天的长椅")
        )
    )
    assert len(issue.articles) == 3
    assert issue.doubts == ()


def test_sections_are_told_from_their_english_names_in_other_columns():
    contents = (
        "目录\n\n门里门外\n\nIndoors and out\n\n雨天的门垫\n\n“三农”一线\n\n街·巷\n\n雨天的门垫\n\n"
        "Streets\n\nFields at first hand\n\n雨天的门垫\n\n"
    )
    issue = parsed(f"{contents}{HEAD}雨天的门垫\n\n◎东岭支行 方圆\n\n{TEXT}\n")
    assert [(each.name, each.name_en) for each in issue.sections] == [
        ("门里门外", "Indoors and out"),
        ("“三农”一线", "Fields at first hand"),
        ("街·巷", "Streets"),
    ]
    assert "section-guessed" in codes(issue)


def test_many_doubts_of_one_kind_are_summed_up():
    cut = "    来往的人都要问一句这是谁家的门垫谁家的地毯谁家的长椅\n\n" * 80
    issue = parsed(f"{HEAD}雨天的门垫\n\n◎东岭支行 高志远\n\n{cut}    {TEXT}\n")
    assert len(issue.doubts) == 31
    assert "另有 50 处" in issue.doubts[-1].message


def test_words_on_the_cover_that_are_no_chinese_are_doubted_and_never_a_text():
    issue = parse(
        (
            HOST.replace("2023年", "SINCE 1998\n\nNO.40 2023\n\n2023年")
            + f"{HEAD}门垫\n\n◎高志远\n\n{TEXT}"
        ).encode()
    )
    assert issue.articles[0].body == f"<p>{TEXT}</p>"
    assert "unplaced" in codes(issue)


def test_text_is_escaped():
    issue = parsed(f"{HEAD}门垫\n\n◎高志远\n\n<script>alert(1)</script>是别人写在留言簿上的。\n")
    assert issue.articles[0].body == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;是别人写在留言簿上的。</p>"
    )


def test_repeated_contents_titles_are_one_doubt():
    titles = "雨天的门垫\n" * 30
    issue = parsed(f"目录\n\n{HEAD}{titles}\n{HEAD}雨天的门垫\n\n◎东岭支行 高志远\n\n{TEXT}\n")
    assert [each.code for each in issue.doubts] == ["contents-repeats"]


@pytest.mark.parametrize(
    "text",
    [
        "今天天气很好，我们去公园走了走。\n\n公园里有很多人。\n",
        "邻里服务专刊2023第4期\n\n其他2023-08-01\n12\n",
        "name,amount\nchair,3\n",
        '{"year": 2023, "number": 4}',
        "2023年第4期\n" * 50,
        "目录\n\n" * 50,
        "◎东岭支行 高志远\n" * 50,
    ],
)
def test_what_is_no_back_issue_is_refused_in_one_sentence(text):
    with pytest.raises(NotADump, match=r"^[^。]*[\u4e00-\u9fff][^。]*。$"):
        parse(text.encode())


@given(st.text(alphabet="服务◎√一、(1.目录12期年第: \n\n\r\t。,AB电话", max_size=300))
def test_any_text_is_an_issue_or_is_refused(text):
    try:
        issue = parse((HOST + text).encode())
    except NotADump:
        return
    assert all(article.line > 0 for article in issue.articles)
