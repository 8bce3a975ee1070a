"""Archives with one thing wrong are refused with a sentence, and leave nothing."""

import hashlib
import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile

from articles.models import Article
from issues.backissues import arrival, package
from issues.models import Issue
from servicejournal.models import User
from tests.issues.backissues.archives import exported, wipe, zipped
from tests.issues.exports import samples

pytestmark = pytest.mark.django_db


def with_sums(files: dict[str, bytes]) -> dict[str, bytes]:
    """As somebody would who changes a file and its sum."""
    rows = [
        f"{hashlib.sha256(data).hexdigest()}  {name}\n"
        for name, data in files.items()
        if name != "sha256.txt"
    ]
    return {**files, "sha256.txt": "".join(rows).encode()}


def changed(files: dict[str, bytes], name: str, change) -> dict[str, bytes]:
    data = json.loads(files[name])
    change(data)
    return with_sums({**files, name: json.dumps(data).encode()})


def of_the_issue(change):
    return lambda files: changed(files, "issue.json", change)


def of_the_edition(change):
    return lambda files: changed(files, "edition.json", change)


def put(path: str, value: object):
    """`articles.1.title` of a JSON set to the value."""

    def change(data: dict) -> None:
        *way, last = (int(part) if part.isdigit() else part for part in path.split("."))
        for part in way:
            data = data[part]
        data[last] = value

    return change


def picture_of(files: dict[str, bytes]) -> str:
    return next(name for name in files if name.startswith("pictures/"))


def with_a_picture(files: dict[str, bytes], data: bytes) -> dict[str, bytes]:
    """Another picture under the same name, with its sums in order."""
    told = put("articles.1.pictures.0.sha256", hashlib.sha256(data).hexdigest())
    return changed({**files, picture_of(files): data}, "issue.json", told)


def without(files: dict[str, bytes], name: str) -> dict[str, bytes]:
    return {each: data for each, data in files.items() if each != name}


FAULTS = {
    "a file of another": (lambda f: with_sums({**f, "../../etc/cron.d/x": b"*"}), "不该有的文件名"),
    "an absolute path": (lambda f: with_sums({**f, "/tmp/x": b"*"}), "不该有的文件名"),  # noqa: S108
    "a path of Windows": (lambda f: with_sums({**f, "..\\x.dll": b"*"}), "不该有的文件名"),
    "a changed file": (
        lambda f: {**f, "index.html": b"<p>"},
        "“index.html”与 sha256.txt 记的不一样",
    ),
    "a file too many": (lambda f: {**f, "x.html": b"<p>"}, "“x.html”不在 sha256.txt 里"),
    "a file too few": (lambda f: without(f, "style.css"), "缺少文件“style.css”"),
    "a bomb": (lambda f: with_sums({**f, "x.html": bytes(8_000_000)}), "解开以后太大"),
    "no picture": (lambda f: with_sums(without(f, picture_of(f))), "缺少图片“pictures/"),
    "another picture": (
        lambda f: with_sums({**f, picture_of(f): b"GIF89a"}),
        r"articles\[1\].pictures\[0\].sha256",
    ),
    "no picture at all": (
        lambda f: with_a_picture(f, b"<svg/>"),
        "《晾伞的绳子》的第 1 张图片不能用",
    ),
    "a picture with a rider": (
        lambda f: with_a_picture(f, f[picture_of(f)] + b"<script>"),
        "《晾伞的绳子》的第 1 张图片不能用：它不是本系统存下的样子",
    ),
    "a foreign edition": (lambda f: with_sums({**f, "issue.pdf": b"MZ"}), "issue.pdf 不是它的名字"),
    "no JSON": (lambda f: with_sums({**f, "issue.json": b"{"}), "issue.json 读不懂"),
    "deep JSON": (lambda f: with_sums({**f, "issue.json": b"[" * 200_000}), "issue.json 读不懂"),
    "a later format": (of_the_issue(put("format", 3)), "issue.json 是本系统不认得的格式"),
    "a number for words": (
        of_the_issue(put("articles.0.title", 7)),
        r"“articles\[0\].title”应该是文字",
    ),
    "true for a number": (of_the_issue(put("year", True)), "“year”应该是整数"),
    "a strange field": (
        of_the_issue(put("articles.0.html", "")),
        r"“articles\[0\].html”不是认得的",
    ),
    "a field too few": (of_the_issue(lambda d: d.pop("theme")), "缺少“theme”"),
    "no day": (of_the_issue(put("date", "昨天")), "“date”应该是日期"),
    "a NUL": (of_the_issue(put("slogan", "a\0b")), "“slogan”应该是文字"),
    "a long title": (
        of_the_issue(put("articles.1.title", "长" * 121)),
        r"“articles\[1\].title”不对",
    ),
    "a long name": (
        of_the_issue(put("articles.1.authors.0.name", "名" * 41)),
        r"“articles\[1\].authors\[0\].name”不对",
    ),
    "a year of its own": (of_the_issue(put("year", 1066)), "“year”不对"),
    "a kind of its own": (of_the_issue(put("kind", "special")), "“kind”不对"),
    "a 合刊 that ends before it begins": (of_the_issue(put("last_number", 2)), "存档里的期号不对"),
    "a 增刊 without a place": (of_the_issue(put("kind", "supplement")), "存档里的期号不对"),
    "no such section": (
        of_the_issue(put("articles.0.section", "x")),
        r"“articles\[0\].section”不在",
    ),
    "a section of no name": (of_the_issue(put("sections.1.slug", "雨")), r"articles\[1\].section"),
    "a token that is a path": (
        of_the_issue(put("articles.1.pictures.0.token", "../../x")),
        r"“articles\[1\].pictures\[0\].token”不对",
    ),
    "a correction of nothing": (
        of_the_edition(
            put("corrections", [{"article": 9, "at": "2031-07-01T09:00:00+08:00", "reason": "改"}])
        ),
        r"corrections\[0\]",
    ),
    "a day without zone": (
        of_the_edition(put("made_at", "2031-07-01T09:00:00")),
        "“made_at”应该是带时区的日期和时刻",
    ),
}


@pytest.fixture
def files(issue, tmp_path, media) -> dict[str, bytes]:
    """Of an archive whose issue is nowhere any more."""
    zip_file = ZipFile(exported(tmp_path))
    wipe(media)
    return {name: zip_file.read(name) for name in zip_file.namelist()}


def test_hostile_zips_are_refused_with_a_sentence_and_leave_nothing(files, subtests):
    for fault, (change, sentence) in FAULTS.items():
        with subtests.test(fault):
            refuse(zipped(change(files)), sentence)


def refuse(data: bytes, sentence: str) -> None:
    with pytest.raises(arrival.REFUSALS, match=sentence):
        arrival.take_in(ContentFile(data), file_name="x.zip", by=User.objects.system())
    assert not Issue.objects.exists()
    assert not Article.objects.exists()


def test_half_a_zip_is_told_so(files):
    refuse(zipped(files)[:-200], "存档不完整")


def test_a_directory_without_end_is_not_read(files):
    data = zipped({f"{number:0200d}": b"" for number in range(5_000)})
    refuse(data, "解开以后太大")


def test_a_body_is_cleaned_on_its_way_in(files):
    script = put("articles.2.body", "<p>伞<script>alert(1)</script></p>")
    data = zipped(changed(files, "issue.json", script))
    arrived = arrival.take_in(ContentFile(data), file_name="x.zip", by=User.objects.system())
    assert Article.objects.get(title="空的伞架").body == "<p>伞</p>"
    assert arrived.edition is None
    assert "“空的伞架”与存档里不完全相同" in arrived.intake.doubts[0]["message"]


def test_an_archive_with_two_that_lead_alike_is_refused():
    """头条 is one: 1 and 2, each at most once."""
    for leads in ((1, 1), (3, None), (0, None)):
        rows = [samples.an_article(title=f"第{n}篇", lead=lead) for n, lead in enumerate(leads)]
        zipped = samples.an_archive(samples.a_book(*rows), epub=b"PK\x03\x04", pdf=None)
        with pytest.raises(package.NotAnArchive, match="lead"):
            package.unpack(BytesIO(zipped))
    right = [samples.an_article(title=f"第{n}篇", lead=n) for n in (1, 2)]
    zipped = samples.an_archive(samples.a_book(*right), epub=b"PK\x03\x04", pdf=None)
    assert [each.lead for each in package.unpack(BytesIO(zipped)).book.articles] == [1, 2]
