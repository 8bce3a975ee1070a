"""Dumps torn as hosts tear them: poems, tables, toolbars, page numbers. All words are our own."""

import pytest

from issues.backissues.dump import BackIssue, parse
from issues.backissues.lines import Line
from issues.backissues.torn import cells
from tests.issues.backissues.dumps import HEAD, HOST, NIGHT, TEXT, an_article

POEM = "门轴响了一声\n风先进来\n他跟在风的后面\n手里攥着一张存单\n\n我把椅子推过去\n椅子也响了一声"


def parsed(text: str) -> BackIssue:
    issue = parse((HOST + text).encode())
    assert issue.account.is_whole
    return issue


def codes(issue: BackIssue) -> set[str]:
    return {doubt.code for doubt in issue.doubts}


# Poems --------------------------------------------------------------------------------------------


def test_a_poem_behind_the_contents_page_is_an_article_with_its_stanzas():
    contents = f"目录\n\nCONTENTS\n\n{NIGHT}门轴\n\n{HEAD}雨天的门垫\n\n"
    issue = parsed(contents + an_article(POEM, NIGHT, "门轴") + an_article(TEXT))
    assert [(each.section, each.title) for each in issue.articles] == [
        ("夜读", "门轴"),
        ("门里门外", "雨天的门垫"),
    ]
    first, second = issue.articles[0].body.split("\n")
    assert first == "<p>门轴响了一声<br>风先进来<br>他跟在风的后面<br>手里攥着一张存单</p>"
    assert second == "<p>我把椅子推过去<br>椅子也响了一声</p>"
    assert issue.doubts == ()


def test_two_poems_behind_the_contents_page_are_two_articles():
    contents = f"目录\n\n{NIGHT}门轴\n椅子\n\n{HEAD}雨天的门垫\n\n"
    poems = an_article(POEM, NIGHT, "门轴") + an_article(POEM, NIGHT, "椅子")
    issue = parsed(contents + poems + an_article(TEXT))
    assert [each.title for each in issue.articles] == ["门轴", "椅子", "雨天的门垫"]


def test_a_poem_that_nobody_signed_is_found_by_the_contents_page():
    contents = f"目录\n\n{NIGHT}门轴\n\n{HEAD}雨天的门垫\n\n"
    issue = parsed(f"{contents}{NIGHT}门轴\n\n{POEM}\n\n{an_article(TEXT)}")
    assert [each.title for each in issue.articles] == ["门轴", "雨天的门垫"]
    assert "no-author" in codes(issue)


def test_verses_with_commas_stay_lines():
    issue = parsed(
        an_article("灯一亮，\n影子就矮下去，\n账本翻到最后一页，\n还有人在门外。", NIGHT)
    )
    assert issue.articles[0].body.count("<br>") == 3


def test_print_broken_into_narrow_lines_is_no_verse():
    broken = (
        "雨下了一上午，门垫换了三回，\n第三回换上的是一块旧的地毯\n"
        "谁也没有滑倒，来的人都说好\n下回就照这样铺。"
    )
    assert "<br>" not in parsed(an_article(broken)).articles[0].body


def test_talk_is_no_verse():
    talk = "“您好。”\n“您好，请坐。”\n“这张单子还能取吗？”\n“能取。”\n“那好。”"
    assert parsed(an_article(talk)).articles[0].body.count("<p>") == 5


def test_a_stanza_over_a_page_break_is_doubted():
    poem = f"门轴响了一声\n风先进来\n他跟在风的后面\n\n{NIGHT}手里攥着一张存单\n我把椅子推过去"
    issue = parsed(an_article(poem, NIGHT))
    line = next(each.line for each in issue.doubts if each.code == "stanza")
    assert (HOST + an_article(poem, NIGHT)).split("\n")[line - 1] == "手里攥着一张存单"


# Tables and page numbers --------------------------------------------------------------------------


TABLE = "月份\n借出\n还回\n三月\n16\n9\n四月\n21\n20"


@pytest.mark.parametrize("table", [TABLE, "月份 借出 还回\n三月 16 9\n四月 21 20"])
def test_a_table_that_was_laid_flat_is_put_up_again_and_doubted(table):
    issue = parsed(an_article(f"{TEXT}\n{table}\n{TEXT}"))
    assert "<tr><th>月份</th><th>借出</th><th>还回</th></tr>" in issue.articles[0].body
    assert "<tr><td>三月</td><td>16</td><td>9</td></tr>" in issue.articles[0].body
    assert codes(issue) == {"table"}
    assert issue.account.page == 0


def test_the_name_of_a_table_stands_above_it():
    body = parsed(an_article(f"{TEXT}\n借伞情况\n{TABLE}\n{TEXT}")).articles[0].body
    assert "<p>借伞情况</p>\n<table>" in body


def test_cells_whose_columns_nobody_can_tell_are_kept_one_by_one_and_doubted():
    issue = parsed(an_article(f"{TEXT}\n三月\n16\n四月\n四月底\n21\n20\n9\n{TEXT}"))
    assert "<p>三月</p>\n<p>16</p>\n<p>四月</p>\n<p>四月底</p>" in issue.articles[0].body
    assert "看不出有几列" in next(d.message for d in issue.doubts if d.code == "table")


def test_a_table_in_a_dump_with_a_blank_behind_every_line_is_no_row_of_page_numbers():
    dump = (
        (HOST + an_article(f"{TEXT}\n{TABLE}\n{TEXT}")).replace("\n\n", "\n").replace("\n", "\n\n")
    )
    issue = parse(dump.encode())
    for number in ("16", "9", "21", "20"):
        assert f">{number}<" in issue.articles[0].body
    assert issue.account.page == 0


def test_page_numbers_are_those_that_go_on():
    pages = an_article(f"{TEXT}来往的人都要问一句这是\n\n12\n\n{HEAD}谁家的地毯。") + "13\n\n"
    issue = parsed(pages + an_article(TEXT, title="晴天的栏杆") + "15\n")
    assert issue.account.page == 3
    assert "问一句这是谁家的地毯。" in issue.articles[0].body
    assert "page-number" not in codes(issue)


def test_a_number_that_goes_on_with_none_is_left_out_under_a_running_head_and_said():
    issue = parsed(an_article(TEXT, head=f"{HEAD}12\n\n"))
    assert issue.account.doubt == 1
    assert "page-number" in codes(issue)
    assert ">12<" not in issue.articles[0].body


def test_numbers_that_part_a_text_are_text():
    issue = parsed(an_article(f"{TEXT}\n\n1\n\n{TEXT}\n\n2\n\n{TEXT}"))
    assert "<p>1</p>" in issue.articles[0].body
    assert "number" in codes(issue)


# What is the host's -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bar",
    [
        "返回 上一页 8/8 下一页 目录 全屏 分享",
        "上一页 1/24 下一页 全屏 分享 收藏",
        "上一页\n1/24\n下一页\n全屏\n分享\n收藏",
        "首页 | 尾页 | 第3页 | 共24页 | 放大 | 缩小",
        "某某画册网 | 第 8/8 页 | 放大 | 缩小 | 下载",
        "点赞 收藏 转发 评论",
        "手机扫码阅读",
        "点赞 12",
        "相关推荐\n某某银行内刊2022年第1期\n某某通讯第3期",
    ],
)
def test_the_hosts_toolbar_is_no_text(bar):
    issue = parsed(an_article(TEXT) + f"{bar}\n")
    assert [each.body for each in issue.articles] == [f"<p>{TEXT}</p>"]
    assert issue.account.host == 3 + bar.count("\n") + 1
    assert issue.doubts == ()


def test_the_hosts_toolbar_on_every_page_parts_no_sentence():
    bar = "\n\n上一页 3/8 下一页 目录 全屏\n\n"
    issue = parsed(an_article(f"{TEXT}来往的人都要问一句这是{bar}谁家的地毯。"))
    assert issue.articles[0].body == f"<p>{TEXT}来往的人都要问一句这是谁家的地毯。</p>"


def test_a_title_that_is_a_word_of_a_toolbar_is_a_title():
    issue = parsed(an_article(TEXT) + an_article(TEXT, title="分享"))
    assert [each.title for each in issue.articles] == ["雨天的门垫", "分享"]


def test_a_line_above_the_hosts_title_is_doubted():
    issue = parse(f"某某银行文化建设\n\n{HOST}{an_article(TEXT)}".encode())
    assert [(each.line, each.code) for each in issue.doubts] == [(1, "unplaced")]
    assert (issue.account.is_whole, issue.account.doubt) == (True, 1)


# Bylines, colophon, heads, steps ------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        f"□ 营业部 钱进 {TEXT}",
        f"□ 营业部 钱进 本刊通讯员 {TEXT}",
        f"□ 营业部 钱进 本刊通讯员：{TEXT}",
        f"◎营业部 钱进　{TEXT}",
        f"（营业部 钱进）{TEXT}",
    ],
)
def test_a_byline_fused_with_the_first_sentence_is_parted_from_it(line):
    issue = parsed(f"{HEAD}雨天的门垫\n\n{line}\n")
    article = issue.articles[0]
    assert (article.title, article.branch, article.authors) == ("雨天的门垫", "营业部", ("钱进",))
    assert article.body == f"<p>{TEXT}</p>"
    assert ("byline-note" in codes(issue)) == ("通讯员" in line)


def test_a_signed_letter_is_one_article():
    letter = f"亲爱的客户：\n{TEXT}\n此致\n敬礼\n南湖支行 沈一鸣\n2023年7月3日"
    issue = parsed(an_article(letter))
    assert [each.title for each in issue.articles] == ["雨天的门垫"]
    assert "<p>南湖支行 沈一鸣</p>" in issue.articles[0].body


def test_the_colophon_on_the_last_page_is_no_heading_and_what_it_says_besides_is_doubted():
    issue = parsed(an_article(TEXT) + "示范农商银行党群工作部 编印\n\n责任编辑：林一舟\n")
    assert issue.colophon.compiled_by == "示范农商银行党群工作部"
    assert issue.articles[0].body == f"<p>{TEXT}</p>"
    doubt = next(each for each in issue.doubts if each.code == "colophon")
    assert "责任编辑：林一舟" in doubt.message
    assert doubt.line > 0


def test_the_banks_name_at_the_head_of_pages_is_no_section_and_no_text():
    head = "门里门外\n\nIndoors and out\n示范农商银行\n\n"
    issue = parsed("".join(an_article(TEXT, head, title) for title in ("门垫", "栏杆", "长椅")))
    assert [(each.section, each.title) for each in issue.articles] == [
        ("门里门外", "门垫"),
        ("门里门外", "栏杆"),
        ("门里门外", "长椅"),
    ]
    assert codes(issue) == {"page-head"}


def test_a_name_that_shares_its_page_with_many_sections_is_none():
    heads = [HEAD, NIGHT, "窗下\n\nBelow the window\n\n", "老照片\n\nOld photographs\n\n"]
    bank = "农商银行\n\nRural Bank\n\n"
    articles = (an_article(TEXT, bank + head, f"门垫{at}号") for at, head in enumerate(heads))
    issue = parsed("".join(articles))
    assert "农商银行" not in {each.name for each in issue.sections}
    assert "page-head" in codes(issue)


def test_a_title_above_each_of_its_pages_is_no_section():
    pages = f"{HEAD}老地毯\n\n◎东岭支行 高志远\n\n{TEXT}\n\n" + f"{HEAD}老地毯\n\n{TEXT}\n\n" * 2
    issue = parsed(pages)
    assert [(each.section, each.title) for each in issue.articles] == [("门里门外", "老地毯")]
    assert [each.name for each in issue.sections] == ["门里门外"]


def test_steps_with_a_remark_in_brackets_are_no_headings():
    steps = "1.打开手机银行\n（没有下载的先到柜台）\n2.点“挂失”\n（要刷脸）\n3.等短信\n"
    body = parsed(an_article(f"办理挂失分三步：\n{steps}{TEXT}")).articles[0].body
    assert "<h4>" not in body
    assert "<p>1.打开手机银行</p>\n<p>（没有下载的先到柜台）</p>" in body


def test_numbers_with_no_page_between_them_are_no_pages():
    names = "门垫换了三回又换三回\n\n16\n\n栏杆擦了两遍又擦两遍\n\n17\n\n长椅挪了一回又挪一回"
    issue = parsed(an_article(f"{TEXT}\n\n{names}\n\n{TEXT}"))
    assert issue.account.page == 0
    assert "<p>16</p>" in issue.articles[0].body


def test_numbers_beside_numbers_are_no_pages():
    rows = "".join(f"{number}\n\n{number + 40}\n\n{TEXT}\n\n" for number in (3, 4, 5))
    assert parsed(an_article(f"{TEXT}\n\n{rows}")).account.page == 0


def test_a_poem_of_three_lines_is_a_poem():
    issue = parsed(an_article(TEXT) + an_article("灯在\n人在\n钟也在", NIGHT, "夜班"))
    assert issue.articles[1].body == "<p>灯在<br>人在<br>钟也在</p>"


def test_a_colophon_in_one_line_is_read_part_by_part():
    issue = parsed(an_article(TEXT) + "河畔农商银行办公室 编印　　电话：0000-1234567\n")
    assert issue.colophon.compiled_by == "河畔农商银行办公室"
    assert issue.colophon.telephone == "0000-1234567"
    assert issue.articles[0].body == f"<p>{TEXT}</p>"


@pytest.mark.parametrize(
    "row", ["单位名称\t{}\t1000", "单位名称 {} 笔数"], ids=["figures", "words"]
)
def test_rows_without_a_head_are_looked_at_once_however_many(row):
    """Looked at anew from each line on, as many lines as a dump may have took twenty minutes."""
    lines = [Line(at, row.format(f"{at:06}"), 0, 0, at) for at in range(20_000)]
    assert all(not rows for _, _, rows in cells.tables(lines))
