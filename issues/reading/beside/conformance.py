"""无障碍符合性: what readers with any sense or hand can rely on, line by line, each with its test.

The web reader's lines are the topics of the report that Thorium Reader publishes of itself
(navigation, screen readers, reading aloud, how a page looks, keys and pointers, pictures), the
e-book's those of EPUB Accessibility 1.1. What is not there is said. `tests/` is asked by
`test_conformance.py` whether each test is there.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from servicejournal.access import readers_page

from .. import answering, serving


class Met(StrEnum):
    YES = "达到"
    PARTLY = "部分达到"
    NO = "未做到"
    NOT_ASKED = "不适用"


@dataclass(frozen=True, slots=True)
class Line:
    """`clause` is of WCAG 2.2 or EPUB Accessibility 1.1; `test` is FILE::NAME, "" without one."""

    number: str
    asked: str
    clause: str
    met: Met
    how: str
    test: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    lines: tuple[Line, ...]


_READING = "tests/browser/test_reading.py::"
_TOOLS = "tests/browser/test_article_tools.py::"
_FLIPBOOK = "tests/browser/test_flipbook.py::"
_AXE = "tests/browser/test_accessibility.py::"
_EPUB = "tests/issues/exports/test_epub.py::"

WEB = (
    Part(
        "1　公开说明",
        (
            Line(
                "1.1",
                "阅读器说明自己的无障碍情况",
                "—",
                Met.YES,
                "就是本页，每条附测试；由“无障碍”链接进入。",
                "tests/issues/reading/beside/test_conformance.py::test_says_of_each_line_how_it_stands_and_by_which_test",
            ),
            Line(
                "1.2",
                "读者有处反映问题",
                "—",
                Met.YES,
                "版权页和页脚有编印单位的电话和投稿邮箱（由编辑部填写）。",
                "tests/issues/reading/test_views.py::test_has_theme_standfirst_and_facts",
            ),
        ),
    ),
    Part(
        "2　内容能打开、能更新",
        (
            Line(
                "2.1",
                "不装软件、不开脚本也能读",
                "4.1.2",
                Met.YES,
                "每一页都是完整的网页，脚本只是锦上添花。",
                _READING + "test_without_javascript_everything_is_there_and_nothing_pretends",
            ),
            Line(
                "2.2",
                "没有网络也能读",
                "—",
                Met.YES,
                "保存整期，或看过的期自动留在本机；撤下的连网后不再显示。",
                "tests/browser/test_offline.py::test_a_saved_issue_is_read_without_a_network_and_a_withdrawn_article_is_not",
            ),
        ),
    ),
    Part(
        "3　在刊物里走动",
        (
            Line(
                "3.1",
                "前后翻",
                "2.4.5",
                Met.YES,
                "每篇有上一篇、下一篇；翻页阅读可用键盘、按钮、手势。",
                _FLIPBOOK + "test_at_a_desk_spreads_turn_by_keys_buttons_and_contents",
            ),
            Line(
                "3.2",
                "目录，并标出现在读到哪里",
                "2.4.5",
                Met.YES,
                "期目录由文章算出；长文有本文目录，标出当前一节。",
                _READING + "test_without_javascript_everything_is_there_and_nothing_pretends",
            ),
            Line(
                "3.3",
                "按印刷页码找到内容",
                "—",
                Met.YES,
                "在期的首页填印刷版页码，到那一页的文章；翻页阅读的网址里有页码。",
                "tests/issues/reading/beside/test_printed_pages.py::test_a_page_leads_to_the_article_that_stands_there",
            ),
            Line(
                "3.4",
                "按时间走动（有声内容）",
                "—",
                Met.NOT_ASKED,
                "没有音频、视频；朗读可逐句前后走。",
            ),
            Line(
                "3.5",
                "再打开时回到上次的位置",
                "—",
                Met.YES,
                "每期每篇读到哪里只记在本机；期的首页和文章页都能接着读。",
                _TOOLS + "test_the_place_is_kept_in_each_issue_and_a_jump_leads_back",
            ),
            Line(
                "3.6",
                "知道现在读到哪里",
                "2.4.8",
                Met.YES,
                "页顶有进度条，面包屑有栏目和期号，注明印刷版第几页。",
                _READING + "test_a_bar_tells_how_far_one_has_read",
            ),
            Line(
                "3.7",
                "跳转后回到刚才的位置",
                "—",
                Met.YES,
                "每次页内跳转后都有“回到刚才的位置”。",
                _TOOLS + "test_the_place_is_kept_in_each_issue_and_a_jump_leads_back",
            ),
        ),
    ),
    Part(
        "4　读屏软件",
        (
            Line(
                "4.1",
                "界面每一处都有名字和角色",
                "4.1.2",
                Met.YES,
                "全部页面在多种样子下用 axe 核对，没有问题。",
                _AXE + "test_axe_finds_nothing_on_readers_pages",
            ),
            Line(
                "4.2",
                "按标题、段落、列表、表格走动",
                "1.3.1",
                Met.YES,
                "正文是真正的标题、列表、表格；标题不跳级。",
                "tests/articles/bodies/test_layout.py::test_headings_get_anchors_in_order",
            ),
            Line(
                "4.3",
                "连续读",
                "1.3.2",
                Met.YES,
                "网页顺序就是阅读顺序；旁注只在清单里读一遍。",
                _TOOLS + "test_notes_stand_beside_the_text_or_in_a_window",
            ),
            Line(
                "4.4",
                "在真机上用读屏软件试读",
                "—",
                Met.PARTLY,
                "自动核对过；还没有请读屏用户逐项试读。",
            ),
        ),
    ),
    Part(
        "5　朗读",
        (
            Line(
                "5.1",
                "朗读，并标出正在读的句子",
                "—",
                Met.YES,
                "用设备自带的中文语音逐句读、逐句标；没有本机语音就不显示按钮，文字不发给别人。",
                _TOOLS
                + "test_an_article_is_read_aloud_by_a_voice_of_the_machine_sentence_by_sentence",
            ),
            Line(
                "5.2",
                "暂停、继续、上一句、下一句、语速",
                "1.4.2",
                Met.YES,
                "都有按钮，键盘可用。",
                _TOOLS
                + "test_an_article_is_read_aloud_by_a_voice_of_the_machine_sentence_by_sentence",
            ),
        ),
    ),
    Part(
        "6　看起来合适",
        (
            Line(
                "6.1",
                "放大文字",
                "1.4.4",
                Met.YES,
                "五档字号，长辈版再大四分之一，正文最大 32 像素；版面不横向滚动。",
                _READING + "test_larger_type_is_one_tap_away_makes_targets_larger_and_stays",
            ),
            Line(
                "6.2",
                "换底色",
                "1.4.3",
                Met.YES,
                "纸白、米黄、夜间，或跟随系统。",
                _READING + "test_the_readers_own_paper_wins_over_the_systems_and_stays",
            ),
            Line(
                "6.3",
                "高对比",
                "1.4.6",
                Met.YES,
                "长辈版里打开：纯黑纯白，对比 7:1 以上。",
                _TOOLS + "test_large_type_has_high_contrast_and_a_ruler",
            ),
            Line(
                "6.4",
                "换字体",
                "—",
                Met.YES,
                "黑体或宋体，用设备自带的字。",
                _READING + "test_type_size_and_face_are_the_readers",
            ),
            Line(
                "6.5",
                "阅读尺",
                "—",
                Met.YES,
                "长辈版里打开：只亮正在读的几行。",
                _TOOLS + "test_large_type_has_high_contrast_and_a_ruler",
            ),
            Line(
                "6.6",
                "自己调行距、字距",
                "1.4.12",
                Met.PARTLY,
                "浏览器的样式可以改；网页上没有单独的开关。",
            ),
            Line(
                "6.7",
                "窄屏不必左右拖",
                "1.4.10",
                Met.YES,
                "390 像素宽的每一页都不横向滚动；宽表格在自己的框里滚动。",
                _READING + "test_no_page_is_wider_than_the_screen",
            ),
            Line(
                "6.8",
                "少动",
                "2.3.3",
                Met.YES,
                "系统设了减少动态效果，就没有动画。",
                _READING + "test_who_asked_for_less_motion_gets_none",
            ),
        ),
    ),
    Part(
        "7　键盘和手指",
        (
            Line(
                "7.1",
                "全部能用键盘做",
                "2.1.1",
                Met.YES,
                "第一下 Tab 跳到正文；设置、翻页、大图都能用键盘。",
                _READING + "test_settings_open_and_close_by_keyboard_and_close_by_a_click_outside",
            ),
            Line(
                "7.2",
                "看得见焦点",
                "2.4.7",
                Met.YES,
                "3 像素的朱红框。",
                _READING + "test_what_has_focus_is_seen_to_have_it",
            ),
            Line(
                "7.3",
                "按得准",
                "2.5.8",
                Met.YES,
                "单独的链接和按钮至少 44 像素高，长辈版 60。",
                _READING + "test_every_target_is_large_enough_for_a_thumb",
            ),
        ),
    ),
    Part(
        "8　图片",
        (
            Line(
                "8.1",
                "图片有文字说明",
                "1.1.1",
                Met.PARTLY,
                "写稿和编辑时逐张提示填写；过刊里有的没有。",
                "tests/browser/test_pictures.py::test_many_at_once_described_reordered_taken_away_and_put_back",
            ),
            Line(
                "8.2",
                "放大看，带图注和说明",
                "1.4.4",
                Met.YES,
                "键盘、手势都能翻，说明和图注写在图下。",
                _TOOLS + "test_a_picture_is_enlarged_by_keys_with_caption_and_words",
            ),
            Line(
                "8.3",
                "只有扫描件的过刊也有文字",
                "1.4.5",
                Met.PARTLY,
                "PDF 里有文字的，翻页阅读下有“本页文字”；只是照片的没有。",
                _FLIPBOOK + "test_without_a_script_links_lead_to_pages_words_and_what_is_looked_up",
            ),
        ),
    ),
)
EPUB = (
    Part(
        "E1　电子书（EPUB）",
        (
            Line(
                "E1.1",
                "符合格式",
                "EPUB 3.3",
                Met.YES,
                "每次都用官方的 epubcheck 核对，没有错误、没有警告。",
                _EPUB + "test_the_checker_has_nothing_to_say",
            ),
            Line(
                "E1.2",
                "写明无障碍信息",
                "2.2",
                Met.YES,
                "写明阅读方式、特性和风险（schema.org 的各项）。",
                "tests/issues/reading/beside/test_conformance.py::test_the_e_book_says_what_it_offers",
            ),
            Line(
                "E1.3",
                "写明符合哪一级标准、由谁核定",
                "2.4",
                Met.NO,
                "还没有请外部机构核定，不自己声明。",
            ),
            Line(
                "E1.4",
                "目录带到每一篇",
                "WCAG 2.4.5",
                Met.YES,
                "目录按栏目分层，带到每一篇。",
                _EPUB + "test_the_contents_lead_through_sections_to_articles",
            ),
            Line(
                "E1.5",
                "阅读顺序",
                "WCAG 1.3.2",
                Met.YES,
                "与印刷次序一样。",
                _EPUB + "test_pages_are_read_in_print_order",
            ),
            Line(
                "E1.6",
                "标题不跳级",
                "WCAG 1.3.1",
                Met.YES,
                "逐级。",
                _EPUB + "test_headings_never_leave_out_a_level",
            ),
            Line(
                "E1.7",
                "图片有文字说明",
                "WCAG 1.1.1",
                Met.PARTLY,
                "带着稿件里填写的说明；没填的没有。",
                _EPUB + "test_pictures_have_their_words_and_a_size_for_a_tablet",
            ),
            Line(
                "E1.8",
                "注释能弹出、能返回",
                "—",
                Met.YES,
                "标为注释，阅读软件可以弹出。",
                _EPUB + "test_notes_pop_up",
            ),
            Line(
                "E1.9",
                "印刷页码（page-list）",
                "3.3",
                Met.NO,
                "文章起始的印刷页在网页上有，电子书里还没有。",
            ),
            Line(
                "E1.10",
                "语言",
                "WCAG 3.1.1",
                Met.YES,
                "标明简体中文，英文刊名另标。",
                "tests/issues/reading/beside/test_conformance.py::test_the_e_book_says_what_it_offers",
            ),
        ),
    ),
)


@require_safe
@readers_page
@serving.behind_the_question
def page(request: HttpRequest) -> HttpResponse:
    context = {"parts": [*WEB, *EPUB]}
    return answering.of_no_single_issue(request, "issues/accessibility.html", context)
