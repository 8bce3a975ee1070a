"""Leafing through an issue (翻页阅读) over HTTP: who may, what is there, what it costs."""

import gzip
import re
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from issues.models import Edition
from servicejournal import generation
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_issue, printed_anew
from tests.issues.paged import in_pages
from tests.pages import link, seen

pytestmark = pytest.mark.django_db

READ = "/issues/2026/3/read/"
PICTURE = "/issues/2026/3/pages/1/2-800.webp"
TEXTS = ["封面", "河堤上的灯\n天黑以前，灯就亮了。", "灯亮到深夜。", "ＡＢＣ 柜台", ""]
#: Queries by which a page that is stored learns what it is made from.
THE_STATE = 1
BOTH = pytest.mark.parametrize("path", [READ, PICTURE])


@pytest.fixture
def edition() -> Edition:
    return in_pages(TEXTS)


class TestThePages:
    def test_stand_in_order_with_pictures_words_and_addresses(self, get, edition, html_valid):
        response = get(READ)
        html_valid(response.text)
        for number in range(1, 6):
            assert f'<li id="p{number}">' in response.text
            assert f'alt="第 {number} 页"' in response.text
        assert f'src="{PICTURE}"' in response.text
        assert len(re.findall(r'<img [^>]*fetchpriority="high"', response.text)) == 1
        assert "第 2 页文字 回到版面 河堤上的灯 天黑以前，灯就亮了。" in seen(response)
        assert "第 5 页文字" not in seen(response)

    def test_lead_to_the_articles_that_start_on_them_or_run_on_over_them(self, get, edition):
        lamp = an_article(issue=edition.issue, title="河堤上的灯")
        desk = an_article(issue=edition.issue, title="柜台之外")
        edition.outline = [
            {"title": desk.title, "page": 4, "article": desk.pk},
            {"title": lamp.title, "page": 2, "article": lamp.pk},
        ]
        edition.save(update_fields=["outline"])
        pages = get(READ).text.split('<li id="p')[1:]
        leads = [
            [pk for pk in (lamp.pk, desk.pk) if f'"/articles/{pk}/"' in page] for page in pages
        ]
        assert leads == [[], [lamp.pk], [lamp.pk], [desk.pk], [desk.pk]]
        assert link(get(READ), "河堤上的灯") == "#p2"
        assert link(get(f"/articles/{lamp.pk}/"), "看版面 第 2 页") == f"{READ}#p2"

    def test_of_an_issue_that_is_a_pdf_only_have_contents_and_their_own_words(self, get, edition):
        edition.outline = [{"title": "河堤上的灯", "page": 2, "article": None}]
        edition.save()
        response = get(READ)
        assert link(response, "河堤上的灯") == "#p2"
        assert "文字版" not in seen(response)
        assert link(response, "本页文字") == "#t1"

    def test_are_offered_on_the_page_of_the_issue_and_at_home(self, get, edition):
        assert link(get("/issues/2026/3/"), "翻页阅读") == READ
        assert link(get("/"), "翻页阅读") == READ
        Edition.objects.update(in_pages=False)
        generation.turn()
        assert "翻页阅读" not in seen(get("/issues/2026/3/"))

    def test_travel_compressed(self, get, edition):
        response = get(READ, headers={"Accept-Encoding": "gzip"})
        assert "河堤上的灯" in gzip.decompress(response.content).decode()

    @pytest.mark.parametrize("count", [1, 5])
    @pytest.mark.parametrize(("query", "queries"), [("?q=灯", 5), ("", 2 + THE_STATE)])
    def test_take_the_same_queries_however_many(
        self, client, count, query, queries, django_assert_num_queries
    ):
        in_pages([f"灯 {text}" for text in TEXTS[:count]])
        with django_assert_num_queries(queries):
            assert client.get(f"{READ}{query}").status_code == 200

    def test_are_shown_by_the_picture_that_fits_the_largest_screens_too(self, get, edition):
        chosen = re.search(r'srcset="([^"]+)"', get(READ).text)[1]
        assert [each.rpartition(" ")[2] for each in chosen.split(", ")] == [
            "800w",
            "1200w",
            "1800w",
        ]

    @pytest.mark.parametrize(
        ("number", "page"), [("4", 4), ("0", 1), ("99", 5), ("四", 0), ("", 0)]
    )
    def test_are_led_to_by_their_printed_number(self, get, edition, number, page):
        response = get(READ, query_params={"page": number})
        assert response.get("Location", "") == (f"{READ}#p{page}" if page else "")


class TestLookingUp:
    @pytest.mark.parametrize(
        ("words", "places"),
        [
            ("灯就亮", ["第 2 页 河堤上的灯 天黑以前， 灯就亮 了。"]),
            ("灯 天黑", ["第 2 页 河堤上的 灯 天黑 以前，灯就亮了。"]),
            ("abc柜台", ["第 4 页 ＡＢＣ 柜台"]),
            ("深夜", ["第 3 页 灯亮到 深夜 。"]),
        ],
    )
    def test_minds_neither_spaces_nor_case_nor_width(self, get, edition, words, places):
        response = get(READ, query_params={"q": words, "part": "found"})
        assert seen(response) == " ".join([f"“{words}”共 {len(places)} 处：", *places])
        assert 'href="#p' in response.text
        assert "<html" not in response.text

    def test_marks_what_was_found_on_the_picture(self, get, edition, html_valid):
        lines = [
            [100, 120, 90, 110, 20, 20, 20],
            [130, 150, 90, 110, 20, 20, 20, 20, 20, 20, 20, 20],
        ]
        edition.pages.filter(number=2).update(text="河堤上的\n灯天黑以前灯就亮了", lines=lines)
        whole = get(READ, query_params={"q": "上的灯"})
        html_valid(whole.text)
        (marks,) = re.findall('<svg class="marks".*?</svg>', whole.text)
        assert re.findall(r'x="(\d+)" y="(\d+)" width="(\d+)"', marks) == [
            ("128", "98", "44"),
            ("88", "128", "24"),
        ]
        part = get(READ, query_params={"q": "上的灯", "part": "found"})
        assert marks in part.text
        assert 'data-page="2"' in marks

    def test_finds_what_begins_on_one_page_and_ends_on_the_next(self, get, edition):
        an_article(issue=edition.issue, body="<p>他把湿钱一张一张晾开，谁也不催他快些。</p>")
        printed_anew(edition.issue)
        texts = ["他把湿钱一张一张▲ 一条鱼 服务文化专刊 2", "服务先锋 晾开，谁也不催他快些。"]
        for number, text in enumerate(texts, start=2):
            edition.pages.filter(number=number).update(text=text)
        response = get(READ, query_params={"q": "一张晾开", "part": "found"})
        assert "共 1 处： 第 2–3 页 他把湿钱一张 一张晾开 ，谁也不催他快些。" in seen(response)
        assert "没有找到" in seen(get(READ, query_params={"q": "一条鱼晾开", "part": "found"}))

    def test_shows_every_place_on_the_page_itself(self, get, edition, html_valid):
        response = get(READ, query_params={"q": "灯"})
        html_valid(response.text)
        assert "“灯”共 3 处" in seen(response)
        assert "<details open>" in response.text

    @pytest.mark.parametrize(
        ("words", "status", "told"),
        [
            ("  ", 200, "请先输入要查的字词。"),
            ("没有的词<b>", 200, "没有找到“没有的词<b>”"),
            ("长" * 50, 200, "没有找到"),
            ("长" * 51, 400, "一次最多查 50 个字。"),
            ("\x00", 200, "没有找到"),
        ],
    )
    def test_says_why_there_is_nothing(self, get, edition, words, status, told):
        response = get(READ, query_params={"q": words})
        assert response.status_code == status
        assert told in seen(response)


class TestThePictures:
    def test_may_be_kept_for_half_a_minute_and_are_then_asked_about(self, get, edition):
        response = get(PICTURE)
        assert response["Content-Type"] == "image/webp"
        assert response["Cache-Control"] == "public, max-age=30, s-maxage=30"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert b"".join(response.streaming_content).startswith(b"RIFF")
        again = get(PICTURE, headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == "public, max-age=30, s-maxage=30"
        other = get(PICTURE, headers={"If-None-Match": '"another"'})
        assert other.status_code == 200

    @pytest.mark.parametrize("name", ["1/2-801", "1/6-800", "2/2-800", "1/0-800"])
    def test_that_are_not_there_are_a_404(self, get, edition, name):
        assert get(f"/issues/2026/3/pages/{name}.webp").status_code == 404

    def test_of_an_edition_that_no_longer_stands_are_gone(self, get, edition):
        in_pages(["新封面"], issue=edition.issue)
        old = get(PICTURE)
        assert old.status_code == 410
        assert "现在看到的是第 2 版" in seen(old)
        assert '<a class="button" href="/issues/2026/3/">' in old.text
        assert get("/issues/2026/3/pages/2/1-800.webp").status_code == 200

    def test_whose_file_is_lost_are_a_404(self, get, edition):
        default_storage.delete(edition.pages.get(number=2).file(800))
        assert get(PICTURE).status_code == 404


class TestWhoMay:
    @BOTH
    def test_a_scheduled_issue_is_for_the_desk(self, client, get, edition, path):
        edition.issue.published_at = timezone.now() + timedelta(hours=1)
        edition.issue.save()
        assert get(path).status_code == 404
        client.force_login(a_user(Role.CONTRIBUTOR))
        assert get(path).status_code == 404
        client.force_login(a_user(Role.EDITOR))
        response = get(path)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex, nofollow"

    @BOTH
    def test_a_members_journal_is_for_members(self, client, get, edition, settings, path):
        settings.READER_ACCESS = "members"
        assert get(path).status_code == 302
        client.force_login(a_user(Role.CONTRIBUTOR))
        response = get(path)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"

    @BOTH
    def test_other_methods_are_refused(self, client, edition, path):
        assert client.post(path).status_code == 405

    @BOTH
    def test_an_issue_that_is_not_there_is_a_404(self, get, edition, path):
        assert get(path.replace("2026", "2025")).status_code == 404


class TestWithoutPages:
    def test_readers_are_told_how_far_they_are_and_what_there_is_meanwhile(self, get, html_valid):
        an_article(issue=in_pages(TEXTS[:2], page_count=5).issue)
        response = get(READ)
        html_valid(response.text)
        assert "版面共 5 页，已经做好 2 页" in seen(response)
        assert link(response, "读文章") == "/issues/2026/3/#contents"
        assert link(response, "看 PDF") == "/issues/2026/3/issue.pdf"
        assert "<img" not in response.text
        assert response["Cache-Control"] == "no-store"

    def test_only_the_desk_is_told_why_they_cannot_be_made(self, client, get):
        in_pages([], page_count=5, without_pages="这个 PDF 读不出来。")
        words = seen(get(READ))
        assert "没有版面 可以看 PDF。" in words
        assert "读不出来" not in words
        client.force_login(a_user(Role.EDITOR))
        assert "这个 PDF 读不出来。" in seen(get(READ))

    def test_an_edition_without_a_pdf_is_a_404_for_readers(self, client, get):
        edition = in_pages([])
        Edition.objects.update(pdf="", without_pdf="没有字体。")
        assert get(READ).status_code == 404
        client.force_login(a_user(Role.EDITOR))
        assert "没有字体。" in seen(get(READ))
        assert edition.issue.is_published

    def test_the_desk_is_told_that_publishing_makes_them(self, client, get):
        an_issue(year=2026, number=3)
        assert get(READ).status_code == 404
        client.force_login(a_user(Role.EDITOR))
        response = get(READ)
        assert "签发以后才有版面" in seen(response)
        assert response["Cache-Control"] == "private, no-store"
