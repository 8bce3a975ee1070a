"""What readers see, and what they never see."""

import gzip
import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from articles.models import Article, Author, Branch, Section
from issues.models import Issue
from issues.reading import lists
from servicejournal.roles import Role
from tests.factories import (
    a_picture,
    a_section,
    a_user,
    an_article,
    an_author,
    an_issue,
    printed_anew,
)
from tests.pages import link, seen, unbroken
from tests.prepared import laid_out
from tests.readers_journal import SECRETS, Journal, a_journal

pytestmark = pytest.mark.django_db


@pytest.fixture
def journal() -> Journal:
    return laid_out(a_journal)


class TestHome:
    def test_is_the_newest_issue_that_is_out(self, client, journal):
        words = seen(client.get("/"))
        assert "2026 年第 3 期 总第63期 6月24日 出刊 把服务做到家门口" in words

    def test_shows_earlier_issues_and_where_all_of_them_are(self, client, journal):
        response = client.get("/")
        assert f'href="{journal.earlier.get_absolute_url()}"' in response.text
        assert link(response, "全部往期") == "/issues/"

    def test_before_the_first_issue_asks_for_manuscripts(self, client, html_valid):
        an_issue(theme="还没有写完的一期")
        response = client.get("/")
        assert "第一期正在编" in seen(response)
        assert "还没有写完的一期" not in response.text
        html_valid(response.text)

    def test_an_issue_that_is_scheduled_is_not_out(self, client, journal):
        hour = timezone.now() + timedelta(hours=1)
        Issue.objects.filter(pk=journal.current.pk).update(published_at=hour)
        assert "把服务做到家门口" not in client.get("/").text
        assert client.get(journal.current.get_absolute_url()).status_code == 404
        assert client.get(journal.rich.get_absolute_url()).status_code == 404


class TestArchive:
    def test_is_a_wall_of_covers_by_year_newest_first(self, client, journal):
        an_issue(published=True, year=2025, number=6)
        response = client.get("/issues/")
        assert re.findall(r'<h2 id="year-(\d+)"', response.text) == ["2026", "2025"]
        assert re.findall(r'src="(/issues/[^"]+)"', response.text) == [
            "/issues/2026/3/cover.svg",
            "/issues/2026/2/cover.svg",
            "/issues/2025/6/cover.svg",
        ]

    def test_ends_a_page_with_the_year_that_makes_it_long_enough(
        self, client, monkeypatch, html_valid
    ):
        monkeypatch.setattr(lists, "WALL", 3)
        for year, number in [(2024, 1), (2024, 2), (2023, 1), (2023, 2), (2021, 1)]:
            an_issue(published=True, year=year, number=number)
        first = client.get("/issues/")
        assert "共 5 期" in seen(first)
        assert re.findall(r'<h2 id="year-(\d+)"', first.text) == ["2024", "2023"]
        assert link(first, "2021年") == "?page=2"
        second = client.get("/issues/?page=2")
        html_valid(second.text)
        assert re.findall(r'<h2 id="year-(\d+)"', second.text) == ["2021"]
        assert link(second, "2024—2023年") == "?page=1"

    def test_before_the_first_issue_says_so(self, client, html_valid):
        response = client.get("/issues/")
        assert "还没有出刊" in seen(response)
        html_valid(response.text)


class TestIssue:
    def test_has_theme_standfirst_and_facts(self, client, journal):
        words = seen(client.get("/issues/2026/3/"))
        for fact in [
            "把服务做到家门口",
            "四月的城市安静下来，网点的灯却没有灭。",
            "期号 2026年第3期（总第63期）",
            "出刊 2026年6月24日",
            "编印单位 示范农商银行党群工作部",
            "电话 0431-80000000",
        ]:
            assert fact in words

    def test_contents_are_bilingual_with_bylines_and_reading_time(self, client, journal):
        words = seen(client.get("/issues/2026/3/"))
        assert "目录 Contents" in words
        written = "服务探讨 Service discussion 把表格变成谈话 南湖支行 沈一鸣 方圆 林晓岚 约 5 分钟"
        assert written in words

    def test_what_the_cover_announces_is_told_with_the_cover_and_not_beside_it(
        self, client, journal
    ):
        response = client.get("/issues/2026/3/")
        cover = re.search(r'<img class="cover"[^>]*alt="([^"]+)"', response.text)
        assert cover
        assert "要目：" in cover[1]
        assert "一封没有寄出的信" in cover[1]
        assert "一封没有寄出的信" not in seen(response)

    def test_leads_with_what_an_editor_marked_else_with_what_the_cover_announces(
        self, client, journal, html_valid
    ):
        """Its picture stands above, so that its line in the contents has none."""
        page = client.get("/issues/2026/3/")
        leads = page.text.split('class="leads"')[1].split("</section>")[0]
        assert unbroken(leads).count("<h3") == 1
        assert "把表格变成谈话" in unbroken(leads)
        picture = journal.rich.pictures.get()
        assert page.text.count(f"/pictures/{picture.token}/480.webp ") == 1
        Article.objects.filter(pk=journal.rich.pk).update(lead=1)
        Article.objects.filter(pk=journal.plain.pk).update(lead=2)  # printed before the other
        printed_anew(journal.current)
        page = client.get("/issues/2026/3/")
        leads = unbroken(page.text.split('class="leads"')[1].split("</section>")[0])
        assert leads.index("把表格变成谈话") < leads.index(journal.plain.title[:10])
        html_valid(page.text)
        html_valid(client.get("/").text)

    def test_says_the_facts_of_its_colophon_once(self, client, journal):
        for path in ("/", "/issues/2026/3/"):
            assert client.get(path).text.count("0431-80000000") == 1, path
        assert "0431-80000000" in client.get("/issues/").text

    def test_a_short_preamble_stands_in_full(self, client, journal):
        words = seen(client.get("/issues/2026/3/"))
        assert "卷首语 Preamble 春天从门口开始" in words
        assert "◎林晓岚" in words

    def test_a_long_preamble_is_begun(self, client, journal):
        body = "<p>" + "春天。" * 500 + "</p>"
        facts = {"section": a_section("preamble"), "title": "很长的卷首语", "body": body}
        article = an_article(issue=journal.current, **facts)
        response = client.get("/issues/2026/3/")
        assert link(response, "读全文") == article.get_absolute_url()
        assert "春天。" * 100 not in response.text

    def test_shows_editions_and_corrections(self, client, journal):
        words = seen(client.get("/issues/2026/3/"))
        assert re.search(r"更正 \d+年\d+月\d+日 把表格变成谈话 ：第三段户数改正。", words)
        assert "第2版" in words

    def test_without_theme_and_cover_lines_is_headed_by_its_number(self, client, journal):
        response = client.get("/issues/2026/2/")
        assert ">2026年第2期</h1>" in unbroken(response.text)

    def test_shows_the_first_picture_of_an_article_small_as_avif_and_webp(self, client, journal):
        Article.objects.filter(pk=journal.plain.pk).update(lead=1)
        printed_anew(journal.current)
        address = f"/pictures/{journal.rich.pictures.get().token}/480"
        page = client.get("/issues/2026/3/").text
        assert f'srcset="{address}.avif"' in page
        assert f'src="{address}.webp"' in page

    def test_shows_no_picture_that_was_taken_out_of_the_text(self, client, journal):
        picture = journal.rich.pictures.get()
        journal.rich.body = "<p>没有图了。</p>"
        journal.rich.save()
        printed_anew(journal.current)
        assert str(picture.token) not in client.get("/issues/2026/3/").text

    @pytest.mark.parametrize("path", ["/issues/2026/4/", "/issues/2026/9/", "/issues/1999/1/"])
    def test_that_is_not_out_or_not_there_is_404(self, client, journal, path):
        response = client.get(path)
        assert response.status_code == 404
        assert "没有这一页" in seen(response)
        assert "还没有写完的一期" not in response.text

    @pytest.mark.parametrize("path", ["/issues/99999999999999999999/1/", "/issues/2026/0/"])
    def test_of_impossible_numbers_is_404(self, client, path):
        assert client.get(path).status_code == 404


class TestPreview:
    @pytest.fixture(params=["issue", "article", "manuscript"])
    def hidden(self, request, journal) -> str:
        things = {
            "issue": journal.making,
            "article": journal.unpublished,
            "manuscript": journal.manuscript,
        }
        return things[request.param].get_absolute_url()

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR])
    def test_the_desk_reads_ahead_under_a_ribbon(self, client, hidden, role, html_valid):
        client.force_login(a_user(role))
        response = client.get(hidden)
        assert response.status_code == 200
        assert "未发布 · 仅编辑可见" in seen(response)
        html_valid(response.text)

    def test_a_preview_is_neither_kept_nor_indexed(self, client, hidden):
        client.force_login(a_user(Role.EDITOR))
        response = client.get(hidden)
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert '<meta name="robots" content="noindex, nofollow">' in response.text

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.ADMINISTRATOR])
    def test_is_404_to_others(self, client, hidden, role):
        client.force_login(a_user(role))
        assert client.get(hidden).status_code == 404

    def test_is_404_to_strangers(self, client, hidden):
        response = client.get(hidden)
        assert response.status_code == 404
        assert [secret for secret in SECRETS if secret in seen(response)] == []

    def test_is_404_to_the_writer_whom_it_would_show_the_unpublished_neighbours(
        self, client, journal
    ):
        client.force_login(journal.unpublished.contributor)
        assert client.get(journal.unpublished.get_absolute_url()).status_code == 404

    def test_the_writer_of_a_published_article_reads_it_like_anybody(self, client, journal):
        client.force_login(journal.rich.contributor)
        assert client.get(journal.rich.get_absolute_url()).status_code == 200

    def test_what_is_out_has_no_ribbon(self, client, journal):
        client.force_login(a_user(Role.EDITOR))
        for path in ["/issues/2026/3/", journal.rich.get_absolute_url()]:
            response = client.get(path)
            assert "未发布" not in response.text
            assert "X-Robots-Tag" not in response

    def test_an_issue_without_articles_can_be_looked_at(self, client, html_valid):
        client.force_login(a_user(Role.EDITOR))
        empty = an_issue()
        response = client.get(empty.get_absolute_url())
        assert "这一期还没有编入文章" in seen(response)
        html_valid(response.text)


class TestArticle:
    def test_is_headed_as_in_print(self, client, journal):
        words = seen(client.get(journal.rich.get_absolute_url()))
        head = (
            "服务探讨 Service discussion 2026年第3期 把表格变成谈话 ◎ 南湖支行 沈一鸣 方圆 林晓岚"
        )
        assert head in words
        assert f"约 5 分钟 · {journal.rich.length:,} 字" in words

    def test_the_byline_leads_to_branch_and_authors(self, client, journal):
        response = client.get(journal.rich.get_absolute_url())
        assert link(response, "南湖支行") == journal.branch.get_absolute_url()
        assert link(response, "沈一鸣") == journal.author.get_absolute_url()
        assert link(response, "林晓岚") == Author.objects.get(name="林晓岚").get_absolute_url()

    def test_the_byline_shows_the_branch_of_then(self, client, journal):
        journal.author.branch = Branch.objects.named("东岭支行")
        journal.author.save()
        words = seen(client.get(journal.rich.get_absolute_url()))
        assert "◎ 南湖支行 沈一鸣" in words

    def test_has_kicker_and_body(self, client, journal):
        words = seen(client.get(journal.plain.get_absolute_url()))
        assert "系列之一 关于乡镇网点" in words
        assert "一行。" in words

    def test_of_many_headings_has_a_list_of_them(self, client, journal):
        response = client.get(journal.rich.get_absolute_url())
        assert link(response, "二、再递笔") == "#s2"
        assert '<h2 id="s2">二、再递笔</h2>' in response.text
        assert "本文目录" not in client.get(journal.plain.get_absolute_url()).text

    def test_shows_its_corrections_with_their_date(self, client, journal):
        words = seen(client.get(journal.rich.get_absolute_url()))
        assert re.search(r"更正 \d+年\d+月\d+日 ：第三段户数改正。", words)

    def test_leads_to_its_neighbours_and_back_to_the_contents(self, client, journal):
        response = client.get(journal.plain.get_absolute_url())
        words = seen(response)
        assert "上一篇 春天从门口开始" in words
        assert "下一篇 把表格变成谈话" in words
        assert link(response, "回到2026年第3期目录") == "/issues/2026/3/#contents"

    def test_neighbours_are_of_the_same_issue(self, client, journal):
        words = seen(client.get(journal.rich.get_absolute_url()))
        assert "上一篇" in words
        assert "下一篇" not in words

    def test_shows_no_picture_of_another_article(self, client, journal):
        foreign = a_picture(journal.unpublished)
        journal.plain.body = f'<p>偷看</p><p><img src="/pictures/{foreign.token}/" alt=""></p>'
        journal.plain.save()
        printed_anew(journal.current)
        response = client.get(journal.plain.get_absolute_url())
        assert "偷看" in response.text
        assert str(foreign.token) not in response.text

    def test_text_that_looks_like_markup_or_template_is_shown_as_text(self, client, journal):
        journal.plain.title = "<script>alert(1)</script> {{ secret }}"
        journal.plain.standfirst = "<img src=x onerror=alert(1)>"
        journal.plain.save()
        printed_anew(journal.current)
        response = client.get(journal.plain.get_absolute_url())
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ secret }}" in response.text
        assert "<script>alert" not in response.text
        assert "<img src=x" not in response.text

    @pytest.mark.parametrize("path", ["/articles/0/", "/articles/99999999999999999999/"])
    def test_that_is_not_there_is_404(self, client, path):
        assert client.get(path).status_code == 404


class TestSection:
    def test_gathers_its_articles_over_all_issues_newest_first(self, client, journal):
        an_article(issue=journal.earlier, title="旧题", section=journal.rich.section)
        response = client.get("/sections/service-discussion/")
        words = seen(response)
        assert "欢迎写文章来商量。 共 2 篇 订阅" in words
        newest = words.rindex("把表格变成谈话")
        assert words.index("2026年第3期") < newest < words.index("2026年第2期")
        assert words.index("2026年第2期") < words.index("旧题")

    def test_says_what_it_is_and_shows_its_pieces_with_pictures_none_twice(
        self, client, journal, html_valid
    ):
        section = journal.rich.section
        Section.objects.filter(pk=section.pk).update(about="有观点，有依据，来商量。")
        again = an_article(issue=journal.earlier, title="又是那张图", section=section)
        picture = a_picture(again)  # of the same pixels
        again.body = f'<figure><img src="/pictures/{picture.token}/"></figure><p>话。</p>'
        again.save()
        printed_anew(journal.earlier)
        page = client.get("/sections/service-discussion/")
        html_valid(page.text)
        assert "有观点，有依据，来商量。" in seen(page)
        face = unbroken(page.text.split('class="face"')[1].split("</section>")[0])
        assert "把表格变成谈话" in face
        assert "又是那张图" not in face
        assert page.text.count("<img") == 1
        every = client.get("/sections/")
        html_valid(every.text)
        assert "有观点，有依据，来商量。" in seen(every)
        assert f"/pictures/{journal.rich.pictures.get().token}/480.avif" in every.text

    def test_goes_on_to_a_second_page(self, client, journal):
        for _ in range(20):
            an_article(issue=journal.current, section=journal.rich.section)
        first, second = (client.get(f"/sections/service-discussion/?page={n}") for n in (1, 2))
        assert link(first, "较早的") == "?page=2"
        assert "第 2 页，共 2 页" in seen(second)
        assert second.text.count('class="title"') == 1
        assert 'class="face"' not in second.text
        assert (
            'rel="canonical" href="https://journal.example.com/sections/service-discussion/?page=2"'
            in (second.text)
        )

    @pytest.mark.parametrize("asked", ["0", "9", "two", "-1", ""])
    def test_with_a_strange_page_number_still_answers(self, client, journal, asked):
        response = client.get("/sections/service-discussion/", {"page": asked})
        assert response.status_code == 200
        assert "把表格变成谈话" in seen(response)

    def test_without_published_articles_says_so(self, client, journal):
        journal.unpublished.section = a_section("service-support")
        journal.unpublished.save()
        response = client.get("/sections/service-support/")
        assert "这里还没有发表过文章" in seen(response)

    def test_that_is_not_there_is_404(self, client):
        assert client.get("/sections/no-such-section/").status_code == 404

    def test_the_list_of_sections_counts_what_is_out_and_names_the_newest(self, client, journal):
        journal.unpublished.section = journal.rich.section
        journal.unpublished.save()
        response = client.get("/sections/")
        assert "服务探讨 Service discussion 一件小事该怎么看？" in seen(response)
        assert "最近 把表格变成谈话 1 篇" in seen(response)
        assert "服务创新" not in response.text

    def test_the_list_of_sections_before_the_first_issue_says_so(self, client, html_valid):
        response = client.get("/sections/")
        assert "还没有出刊" in seen(response)
        html_valid(response.text)


class TestBranchAndAuthor:
    def test_a_branch_has_its_articles_and_authors(self, client, journal):
        words = seen(client.get(journal.branch.get_absolute_url()))
        assert "南湖支行 发表 1 篇 订阅 作者 方圆 1 篇 沈一鸣 1 篇" in words
        assert "2026年第3期 总第63期 把表格变成谈话" in words

    def test_a_branch_keeps_what_its_people_wrote_before_they_left(self, client, journal):
        journal.author.branch = now = Branch.objects.named("红岩支行")
        journal.author.save()
        assert "沈一鸣" in seen(client.get(journal.branch.get_absolute_url()))
        assert client.get(now.get_absolute_url()).status_code == 404

    def test_an_author_has_articles_and_the_branches_printed_with_them(self, client, journal):
        response = client.get(journal.author.get_absolute_url())
        assert "作者 沈一鸣 南湖支行 · 发表 1 篇" in seen(response)
        assert link(response, "把表格变成谈话") == journal.rich.get_absolute_url()

    @pytest.mark.parametrize("name", ["丁一", "梁成"])
    def test_who_has_published_nothing_has_no_page_not_even_for_the_desk(
        self, client, journal, name
    ):
        author = Author.objects.get(name=name)
        client.force_login(a_user(Role.EDITOR))
        for path in [author.get_absolute_url(), author.branch.get_absolute_url()]:
            response = client.get(path)
            assert response.status_code == 404
            assert name not in response.text

    def test_what_an_author_has_not_published_is_not_counted(self, client, journal):
        author = an_author("沈一鸣", "南湖支行")
        assert author == journal.author
        an_article(issue=journal.making, title="未刊之作", authors=[("南湖支行", "沈一鸣")])
        for path in [author.get_absolute_url(), journal.branch.get_absolute_url()]:
            words = seen(client.get(path))
            assert "发表 1 篇" in words
            assert "未刊之作" not in words

    @pytest.mark.parametrize("path", ["/authors/0/", "/branches/no-such-branch/"])
    def test_that_is_not_there_is_404(self, client, path):
        assert client.get(path).status_code == 404


class TestCover:
    def test_is_drawn_from_the_issue(self, client, journal):
        response = client.get("/issues/2026/3/cover.svg")
        assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
        assert "2026年第3期" in response.text
        assert "把表格变成谈话" in response.text

    def test_that_is_drawn_is_sent_packed_to_whoever_unpacks_it(self, client, journal):
        plain = client.get("/issues/2026/3/cover.svg")
        packed = client.get("/issues/2026/3/cover.svg", headers={"Accept-Encoding": "gzip"})
        assert packed["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed["Vary"]
        assert gzip.decompress(packed.content) == plain.content
        assert len(packed.content) < len(plain.content) / 2

    def test_is_not_sent_twice(self, client, journal):
        etag = client.get("/issues/2026/3/cover.svg")["ETag"]
        again = client.get("/issues/2026/3/cover.svg", headers={"If-None-Match": etag})
        assert again.status_code == 304

    def test_that_was_uploaded_takes_the_place_of_the_drawn_one(self, client, journal):
        out = BytesIO()
        Image.new("RGB", (2100, 2850), "#223").save(out, "PNG")
        journal.current.cover.save("cover.png", ContentFile(out.getvalue()))
        printed_anew(journal.current)
        assert 'src="/issues/2026/3/cover.webp"' in client.get("/issues/2026/3/").text
        assert 'src="/issues/2026/3/cover-small.webp"' in client.get("/issues/").text
        for name, width in [("cover", 900), ("cover", 900), ("cover-small", 480)]:
            response = client.get(f"/issues/2026/3/{name}.webp")  # first made, then stored
            assert response["Content-Type"] == "image/webp"
            assert Image.open(BytesIO(response.content)).width == width

    def test_that_was_not_uploaded_or_is_gone_is_404(self, client, journal):
        assert client.get("/issues/2026/3/cover.webp").status_code == 404
        journal.current.cover = "covers/gone.png"
        printed_anew(journal.current)
        assert client.get("/issues/2026/3/cover.webp").status_code == 404

    @pytest.mark.parametrize("name", ["cover.svg", "cover.webp"])
    def test_of_an_issue_that_is_not_out_is_for_the_desk_only(self, client, journal, name):
        out = BytesIO()
        Image.new("RGB", (210, 285)).save(out, "PNG")
        if name == "cover.webp":
            journal.making.cover.save("cover.png", ContentFile(out.getvalue()))
        path = f"/issues/2026/4/{name}"
        assert client.get(path).status_code == 404
        client.force_login(a_user(Role.EDITOR))
        response = client.get(path)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"

    def test_of_a_members_journal_is_for_members(self, client, journal, settings):
        settings.READER_ACCESS = "members"
        assert client.get("/issues/2026/3/cover.svg").status_code == 302

    def test_refuses_other_methods(self, client, journal):
        assert client.post("/issues/2026/3/cover.svg").status_code == 405
        assert client.post("/issues/2026/3/cover.webp").status_code == 405


class TestPagesMadeReady:
    """Rules by which a browser fetches what is likely next, before it is asked for."""

    def test_are_told_of_by_readers_pages_alone(self, client, journal):
        for path in ("/", "/issues/2026/3/", "/issues/2026/3/read/", "/sections/"):
            answer = client.get(path)
            if answer.status_code == 200:
                assert answer["Speculation-Rules"] == '"/static/ahead.speculationrules"', path
        for path in ("/feed/", "/issues/2026/3/cover.svg", "/accounts/login/", "/search/?q=灯"):
            assert "Speculation-Rules" not in client.get(path), path

    def test_are_none_in_a_members_journal(self, client, journal, settings):
        settings.READER_ACCESS = "members"
        client.force_login(a_user(Role.CONTRIBUTOR))
        answer = client.get("/issues/2026/3/")
        assert answer.status_code == 200
        assert "Speculation-Rules" not in answer

    def test_hold_no_download_and_nothing_of_the_desk(self, settings):
        rules = json.loads((settings.BASE_DIR / "static" / "ahead.speculationrules").read_text())
        patterns = re.findall(r'"href_matches": "([^"]+)"', json.dumps(rules))
        assert patterns
        for pattern in patterns:
            assert pattern.endswith("/"), pattern
            assert re.match(r"/(articles|issues|sections|authors|branches)/|/$", pattern), pattern
        urgent = {each["eagerness"] for rule in rules.values() for each in rule}
        assert urgent == {"moderate"}

    def test_fade_into_each_other_for_whom_movement_is_no_trouble(self, settings):
        sheet = (settings.BASE_DIR / "static" / "css" / "base.css").read_text()
        (before, behind) = sheet.split("@view-transition { navigation: auto; }")
        assert before.rstrip().endswith("@media (prefers-reduced-motion: no-preference) {")
        assert "@view-transition" not in behind
