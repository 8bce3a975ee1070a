"""Every line of a dump is accounted for: kept, left out and counted, or doubted."""

from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from issues.backissues import load
from issues.backissues.dump import NotADump, parse
from issues.backissues.facts import Fate, FoundArticle
from issues.backissues.lines import Line
from issues.backissues.torn.account import Ledger, not_in
from issues.models import Issue
from servicejournal.roles import Role
from tests.factories import a_user, release_page
from tests.issues.backissues.dumps import HEAD, HOST, NIGHT, TEXT, an_article
from tests.issues.tearing import Tearer, Writer, encoded

ROWS = st.lists(
    st.sampled_from(
        [
            *("prose verse cell number byline heading item blank blank".split()),
            *("section mark contents bar colophon title enclosed table".split()),
        ]
    ),
    min_size=6,
    max_size=70,
)


SIGNS = "梅兰竹菊松柏桃李杏荷莲桂枫槐榆柳"


def token(number: int) -> str:
    """Four characters that no other row has."""
    return "".join(SIGNS[number >> shift & 15] for shift in (8, 4, 0)) + "渠"


def row(kind: str, number: int) -> str:
    own = token(number)
    return {
        "prose": f"{own}，雨下了一上午，门垫换了三回，谁也没有滑倒。",
        "verse": f"{own}的风",
        "cell": own,
        "number": str(number),
        "byline": f"◎东岭支行 高志远\n{own}，来往的人都要问一句这是谁家的。",
        "heading": f"一、{own}",
        "item": f"√{own}：每天抖一次。",
        "blank": "",
        "section": "门里门外\n\nIndoors and out\n",
        "mark": "2023年第4期",
        "contents": "目录",
        "bar": "上一页 3/8 下一页",
        "colophon": "某某农商银行 编印",
        "title": f"\n{own}与门垫\n",
        "enclosed": f"（南湖支行 卢青）{own}，雨下了一上午，又下了一下午。",
        "table": f"月份\n借出\n三月\n{number}\n{own}\n7",
    }[kind]


@settings(max_examples=250, derandomize=True)
@given(ROWS)
def test_no_row_of_any_dump_is_lost_uncounted(kinds):
    text = HOST + an_article(TEXT) + "\n".join(row(kind, n) for n, kind in enumerate(kinds))
    issue = parse(text.encode())
    account = issue.account
    assert account.is_whole
    assert account.lines == sum(bool(line.strip()) for line in text.split("\n"))
    kept = "".join(f"{a.title}{a.body}" for a in issue.articles) + issue.slogan
    kept += "".join(issue.cover_lines) + "".join(each.name for each in issue.sections)
    said = {doubt.line for doubt in issue.doubts}
    lines = text.split("\n")
    missing = [
        number
        for number, line in enumerate(lines, start=1)
        for n in range(len(kinds))
        if token(n) in line and token(n) not in kept
    ]
    # What stands on a contents page is compared with the articles, and not kept.
    silent = [number for number in missing if number not in said]
    assert len(silent) <= account.front
    assert "目录" in text or not silent or account.front > 0


@settings(max_examples=60, derandomize=True)
@given(st.integers(min_value=0, max_value=2**32))
def test_torn_print_is_accounted_for_line_by_line(number):
    random = Random(number)  # noqa: S311
    made = Writer(random).issue()
    account = parse(encoded(Tearer(random, made).text(), random)).account
    assert account.is_whole
    assert account.text > len(made.articles)


@given(st.text(alphabet="服务◎√□一、(1.目录12期年第: \n\n\r\t。,AB上一页", max_size=300))
def test_the_account_of_any_text_is_whole(text):
    try:
        issue = parse((HOST + text).encode())
    except NotADump:
        return
    assert issue.account.is_whole


# Into the database --------------------------------------------------------------------------------


LOST = HOST + f"目录\n\n{HEAD}雨天的门垫\n晴天的栏杆\n\n" + an_article(TEXT)


def command(*args) -> str:
    out = StringIO()
    call_command("import_issue", *map(str, args), stdout=out)
    return out.getvalue()


@pytest.mark.django_db
class TestTheImport:
    @pytest.fixture
    def file(self, tmp_path):
        path = tmp_path / "2023-04.txt"
        path.write_text(LOST, encoding="utf-8")
        return path

    def test_the_command_says_where_each_line_went(self, file):
        assert (
            "文件里有字的共 16 行：文章 3、封面、目录和版权页 5、栏目名、刊名和期号 5、网站自带 3。"
            in command(file)
        )

    def test_with_a_lost_article_it_is_imported_and_not_published(self, file):
        with pytest.raises(CommandError, match="已导入，没有发布：1 处可能漏了文章") as refused:
            command(file, "--publish")
        assert "\n" not in str(refused.value)
        issue = Issue.objects.get()
        assert issue.published_at is None
        with pytest.raises(CommandError, match="晴天的栏杆"):
            command(file, "--publish")

    def test_after_somebody_has_compared_it_it_is_published(self, file, client):
        command(file)
        issue = Issue.objects.get()
        client.force_login(a_user(Role.CHIEF_EDITOR))
        url = f"/admin/issues/issue/{issue.pk}/release/"
        assert "文件里有字的共 16 行" in client.get(url).content.decode()
        client.post(url, {"step": "accept", **release_page(issue)})
        assert "已发布" in command(file, "--publish")

    def test_another_order_of_sections_than_the_houses_is_doubted(self):
        first = load.load(
            (HOST + an_article(TEXT) + an_article(TEXT, NIGHT, "灯")).encode(),
            file_name="a.txt",
            by=a_user(),
        )[0]
        assert "section-order" not in {doubt["code"] for doubt in first.doubts}
        turned = HOST.replace("第4期", "第5期").replace("第40期", "第41期")
        second = load.load(
            (turned + an_article(TEXT, NIGHT, "灯") + an_article(TEXT)).encode(),
            file_name="b.txt",
            by=a_user(),
        )[0]
        doubt = next(each for each in second.doubts if each["code"] == "section-order")
        assert (
            "原刊的栏目次序是夜读、门里门外，这里按“栏目”表排成门里门外、夜读" in doubt["message"]
        )

    def test_a_title_longer_than_its_field_is_cut_and_said(self):
        title = "\n".join(
            f"很长很长的题目又长又长的题目还没有写完的题目第{n}行" for n in "一二三四五六"[:4]
        )
        title = title.replace("行", "行仍旧没有写完的题目")
        dump = HOST + an_article(TEXT, title=title)
        intake = load.load(dump.encode(), file_name="a.txt", by=a_user())[0]
        doubt = next(each for each in intake.doubts if each["code"] == "cut")
        assert "只收了前 120 字" in doubt["message"]
        assert doubt["line"] > 0


def test_a_line_that_nobody_accounts_for_is_a_doubt_with_its_number():
    lines = [Line(1, "门垫", 0, 0, 0), Line(3, "栏杆", 0, 0, 1)]
    ledger = Ledger(lines)
    ledger.enter(lines[:1], Fate.TEXT)
    account, doubts = ledger.close(lines, ())
    assert (account.text, account.doubt, account.is_whole) == (1, 1, True)
    assert [(each.line, each.code) for each in doubts] == [(3, "unplaced")]


def test_a_line_that_its_article_does_not_hold_is_found_out():
    article = FoundArticle(
        "", "门垫", (), "<ol><li>先抖一抖。</li></ol><p>再晒 &lt;三&gt; 次</p>", 1
    )
    texts = ("门垫", "1.先抖一抖。", "再晒<三>次", "地毯")
    lines = [Line(number, text, 0, 0, 0) for number, text in enumerate(texts, start=1)]
    assert [line.text for line in not_in(article, lines)] == ["地毯"]
