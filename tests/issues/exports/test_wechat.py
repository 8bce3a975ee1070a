"""A message for the 公众号: what its editor keeps, within the platform's limits."""

import re
from datetime import date
from html import escape, unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from issues.exports import book, wechat
from issues.exports.shape import BookAuthor
from issues.exports.wechat import covers, parcel
from issues.making import closing
from servicejournal.roles import Role
from tests.factories import a_picture as a_stored_picture
from tests.factories import a_user, an_issue, printed_anew
from tests.factories import an_article as a_stored_article
from tests.issues.exports import wechat_night
from tests.issues.exports.samples import (
    FACE,
    HOSTILE,
    a_book,
    a_picture,
    a_table,
    an_article,
    everything,
    figure,
    read,
)
from tests.pages import seen

OF_A_MESSAGE = ("标题和摘要.txt", "封面-2.35比1.jpg", "封面-1比1.jpg")
#: Tags and attributes that survive in that editor (DOMAIN §D).
TAGS = set(
    "section p span strong em br h2 h3 blockquote ul ol li table tbody tr td img sup sub a".split()
)
ATTRIBUTES = set("style src alt href colspan rowspan start".split())


def message(body: str = "<p>正文。</p>", *, theme: str = "cinnabar", **facts) -> wechat.Message:
    article = an_article(body=body, **facts)
    return wechat.of_article(
        a_book(article), article, FACE, theme=theme, source=lambda token: f"/pictures/{token}/"
    )


@pytest.mark.parametrize("theme", wechat.THEMES)
def test_of_every_kind_of_article_only_what_the_editor_keeps_is_written(theme):
    book = everything()
    for article in book.articles:
        made = wechat.of_article(book, article, FACE, theme=theme, source=str)
        tags = re.findall(r"<([a-z0-9]+)((?:[^>\"]|\"[^\"]*\")*)>", made.html)
        assert {tag for tag, _ in tags} <= TAGS
        names = {name for _, rest in tags for name in re.findall(r"\b([a-z]+)=\"", rest)}
        assert names <= ATTRIBUTES
        assert not re.search(r"position|transform|var\(|url\(", made.html)
        opened = [tag for tag, rest in tags if not rest.endswith("/")]
        assert sorted(opened) == sorted(re.findall(r"</([a-z0-9]+)>", made.html))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words):
    made = message(f"<p>{escape(words)}</p>", title=words, standfirst=words, kicker=words)
    text = unescape(re.sub(r"<[^>]*>", "", made.html))
    assert text.count(words) == 3
    assert "<script" not in made.html


def test_links_to_elsewhere_become_numbered_references_each_once():
    made = message(
        '<p><a href="https://one.example/">甲</a>和<a href="https://two.example/?a=1&amp;b=2">乙</a>'
        '再说<a href="https://one.example/">甲</a>，'
        '<a href="https://mp.weixin.qq.com/s/x">站内</a>。</p>'
    )
    assert "甲<sup>[1]</sup>和乙<sup>[2]</sup>再说甲<sup>[1]</sup>" in made.html
    assert made.html.count("https://one.example/") == 1
    assert re.findall(r'href="([^"]+)"', made.html) == ["https://mp.weixin.qq.com/s/x"]


@pytest.mark.parametrize("theme", wechat.THEMES)
def test_everything_can_be_read_by_day_and_in_the_platforms_night(theme):
    shown = everything()
    made = [wechat.of_article(shown, a, FACE, theme=theme, source=str) for a in shown.articles]
    html = [each.html for each in made] + [wechat.of_issue(shown, FACE, theme=theme).html]
    for ink, ground in set().union(*map(wechat_night.pairs, html)):
        day, under = wechat_night.rgb(ink), wechat_night.rgb(ground)
        assert wechat_night.contrast(day, under) >= 4.5, (ink, ground)
        dark = wechat_night.GROUND if ground == "#ffffff" else wechat_night.ground(under)
        assert wechat_night.contrast(wechat_night.type_on(day, dark), dark) >= 4.5, (ink, ground)


def test_a_table_wider_than_a_phone_scrolls_by_itself_and_says_so():
    wide, narrow = message(a_table(3, 8)).html, message(a_table(3, 3)).html
    assert "overflow-x:auto" in wide
    assert "width:704px" in wide
    assert "表格可以左右滑动" in wide
    assert "overflow-x" not in narrow


def test_a_nested_list_is_lifted_out_and_the_numbering_goes_on():
    made = message("<ol><li>一<ul><li>里面</li></ul></li><li>二</li></ol>")
    assert not re.search(r"<li>(?:(?!</li>).)*<[uo]l", made.html)
    order = [made.html.index(word) for word in ("一", "里面", "二</p>")]
    assert order == sorted(order)
    assert '<ol start="2"' in made.html


def test_pictures_stand_in_the_order_of_the_text_and_foreign_ones_are_left_out():
    one, two, foreign = a_picture(1), a_picture(2), a_picture(9)
    body = figure(two, "说明二") + figure(one) + figure(foreign, "别人的")
    made = message(body, pictures=(one, two))
    assert made.pictures == (two.token, one.token)
    assert "说明二" in made.html
    assert foreign.token not in made.html


def test_what_passes_the_platforms_limits_is_said():
    made = message(
        "<p>" + "长" * 21_000 + "</p>",
        title="题" * 33,
        authors=tuple(BookAuthor("司马长名", "") for _ in range(5)),
        standfirst="导" * 129,
    )
    assert [sentence.split("有")[0] for sentence in made.too_long()] == [
        *("标题", "作者", "摘要", "正文（连同格式）"),
    ]
    assert message().too_long() == []


def test_the_digest_is_the_standfirst_or_the_first_sentences():
    assert message(standfirst="导语。").digest == "导语。"
    assert message("<p>第一句。" + "第二句很长" * 40 + "。</p>").digest.startswith("第一句。")


def test_the_contents_name_every_article_by_section():
    book = everything()
    made = wechat.of_issue(book, FACE, theme="ink")
    at = 0
    for part in book.sections:
        for article in (each for each in book.articles if each.section == part.slug):
            found = made.html.find(
                article.title.replace("&", "&amp;").replace("<", "&lt;")[:10], at
            )
            assert found >= at
            at = found
    assert len(made.title) <= 32


def client_texts(issue) -> wechat.Message:
    """What the desk shows of the issue's first article."""
    whole, face = book.held(issue)
    return wechat.of_article(whole, whole.articles[0], face, theme="ink", source=str)


class TestPictures:
    def png(self, size, mode="RGB") -> bytes:
        out = BytesIO()
        Image.effect_noise(size, 90).convert(mode).save(out, "PNG")
        return out.getvalue()

    def test_uploads_are_jpeg_under_the_limit_whatever_they_were(self):
        for data in (self.png((3000, 4000)), self.png((50, 40), "RGBA"), self.png((30, 30), "P")):
            made = covers.uploadable(data)
            assert Image.open(BytesIO(made)).format == "JPEG"
            assert len(made) < covers.MAX_BYTES

    def test_covers_have_the_two_shapes(self):
        for size in (covers.WIDE, covers.SQUARE):
            assert Image.open(BytesIO(covers.cropped(self.png((400, 900)), size))).size == size

    def test_a_parcel_holds_every_message_with_its_pictures(self):
        picture = a_picture(1)
        article = an_article(title="a/b:题", body=figure(picture), pictures=(picture,))
        with ZipFile(BytesIO(parcel.whole(a_book(article), FACE, read, theme="ink"))) as found:
            own = ["01-ab题.html", *(f"01-ab题/{name}" for name in OF_A_MESSAGE), "01-ab题/01.jpg"]
            assert found.namelist() == ["00-目录.html", "00-目录/标题和摘要.txt", *own]
            assert 'src="01-ab题/01.jpg"' in found.read("01-ab题.html").decode()


@pytest.mark.django_db
class TestThePage:
    @pytest.fixture
    def issue(self):
        issue = an_issue(published=True, date=date(2026, 6, 24))
        article = a_stored_article(issue=issue, title="雨天的伞")
        picture = a_stored_picture(article)
        article.body = f"<p>正文。</p><figure><img src='{picture.get_absolute_url()}'></figure>"
        article.save()
        printed_anew(issue)
        return issue

    def address(self, issue, rest=""):
        return f"/admin/issues/issue/{issue.pk}/wechat/{rest}"

    def test_each_message_is_shown_with_its_fields(self, client, issue, html_valid):
        client.force_login(a_user(Role.CHIEF_EDITOR))
        article = issue.articles.get()
        page = client.get(self.address(issue, f"{article.pk}/?theme=bamboo"))
        assert "雨天的伞" in seen(page)
        assert "data-copy" in page.text
        html_valid(page.text)
        preview = client.get(self.address(issue, f"{article.pk}/preview/?theme=bamboo"))
        assert "#2f6148" in preview.text
        assert preview["X-Frame-Options"] == "SAMEORIGIN"
        assert (
            "unsafe-inline"
            not in re.search(r"script-src[^;]*", preview["Content-Security-Policy"])[0]
        )
        assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
        html_valid(preview.text)

    def test_what_is_not_out_is_looked_at_and_not_copied(self, client):
        client.force_login(a_user(Role.CHIEF_EDITOR))
        page = client.get(self.address(an_issue(articles=1)))
        assert "还没有发布" in seen(page)
        assert "data-copy" not in page.text

    def test_what_is_closed_to_strangers_is_not_copied(self, client, issue):
        chief = a_user(Role.CHIEF_EDITOR)
        closing.close(issue, by=chief, why="内部讨论。")
        client.force_login(chief)
        page = client.get(self.address(issue))
        assert "只给登录的读者看，不能推送到公众号" in seen(page)
        assert "data-copy" not in page.text

    def test_an_editor_looks_and_leaves_the_copying_to_others(self, client, issue):
        client.force_login(a_user(Role.EDITOR))
        page = client.get(self.address(issue))
        assert "由副主编或主编复制" in seen(page)
        assert "data-copy" not in page.text

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.CONTRIBUTOR])
    def test_others_do_not_see_it(self, client, issue, role):
        client.force_login(a_user(role))
        for rest in ("", "0/preview/", "0/pictures.zip"):
            assert client.get(self.address(issue, rest)).status_code in (302, 403)

    def test_another_issues_article_is_not_there(self, client, issue):
        client.force_login(a_user(Role.CHIEF_EDITOR))
        foreign = a_stored_article(issue=an_issue(published=True))
        for rest in ("", "preview/", "pictures.zip"):
            assert client.get(self.address(issue, f"{foreign.pk}/{rest}")).status_code == 404

    def test_pictures_and_covers_come_as_a_zip(self, client, issue):
        client.force_login(a_user(Role.EDITOR))
        answer = client.get(self.address(issue, f"{issue.articles.get().pk}/pictures.zip"))
        with ZipFile(BytesIO(answer.content)) as found:
            assert found.namelist() == ["01.jpg", "封面-2.35比1.jpg", "封面-1比1.jpg"]

    def test_the_command_writes_the_whole_issue(self, issue, tmp_path):
        target = tmp_path / "w.zip"
        call_command(
            *("export_issue", str(issue.year), str(issue.number)),
            *("--format", "wechat", "-o", str(target), "--theme", "ink"),
        )
        with ZipFile(target) as found:
            assert set(found.namelist()) >= {
                "01-雨天的伞.html",
                "01-雨天的伞/01.jpg",
                "01-雨天的伞/封面-2.35比1.jpg",
                "01-雨天的伞/封面-1比1.jpg",
            }
            told = found.read("01-雨天的伞/标题和摘要.txt").decode("utf-8-sig").splitlines()
            contents = found.read("00-目录/标题和摘要.txt").decode("utf-8-sig")
        desk = client_texts(issue)
        assert told == [f"标题：{desk.title}", f"作者：{desk.author}", f"摘要：{desk.digest}"]
        assert contents.startswith("标题：")
        with pytest.raises(CommandError):
            call_command("export_issue", "1900", "1", "--format", "wechat", "-o", str(target))
