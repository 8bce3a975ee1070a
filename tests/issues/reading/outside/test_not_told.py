"""What is not out, is out no more, or was corrected: its words stand nowhere that strangers get to.

The addresses are those of the access table that let a stranger in, so that a new one joins by
itself; every kind of file is read as what it is.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.http import urlencode

from articles.authorship import Byline
from articles.models import Article, Branch
from issues.making import corrections, make_up, publication, withdrawals
from issues.making.leader import links
from issues.models import Edition, Issue
from servicejournal.models import User
from servicejournal.roles import Role
from tests import access
from tests.factories import a_user, accepted, an_article, an_issue, proofread

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]

#: Words that nobody may come upon, each of one manuscript, with its title, text and author.
HIDDEN = {
    "never out": ("还没付印的账本", "算盘珠子拨到后半夜", "邬静澜"),
    "withdrawn": ("撤下来的那封信", "信封里夹着半张车票", "鲍思远"),
    "corrected": ("写错题目的一篇", "原先错写成三百六十级台阶", "訾文博"),
    "changed at the desk": ("门口的长椅（又改）", "出刊以后编辑又添的一句", "濮阳青"),
}
#: What stands in the same issue, and is found by the same search for words.
SHOWN = ("门口的长椅", "长椅上坐着等号的人", "卜一帆")
RIGHT = ("改对题目的一篇", "其实是二百四十级台阶", "欧阳晴")
FORMATS = {"pdf": "issue.pdf", "epub": "issue.epub", "archive": "issue.zip", "wechat": "wechat.zip"}


@dataclass(frozen=True)
class Journal:
    world: access.World
    out: Issue
    making: Issue
    articles: dict[str, int]
    link: str


def written(of: tuple[str, str, str], branch: str) -> Article:
    title, words, author = of
    return accepted(title=title, body=f"<p>{words}。</p>", authors=[(branch, author)])


@pytest.fixture
def journal(db) -> Journal:
    """Out in its third edition: one article was withdrawn, one corrected, one changed since."""
    world = access.a_world()  # first: its rows are the first of their models
    editor, chief = a_user(Role.EDITOR), a_user(Role.CHIEF_EDITOR)
    out = an_issue(date=date(2026, 12, 18), running_number=66)
    shown = written(SHOWN, "灯塔支行")
    gone = written(HIDDEN["withdrawn"], "渡口支行")
    wrong = written(HIDDEN["corrected"], "灯塔支行")
    make_up.place([shown, gone, wrong], out, by=editor)
    proofread(out)
    publication.sign_off(out, by=chief)
    publication.publish(out, by=chief)
    withdrawals.withdraw_article(Article.objects.get(pk=gone.pk), by=chief, why="作者要求。")
    _correct(Article.objects.get(pk=wrong.pk), by=chief)
    title, words, _ = HIDDEN["changed at the desk"]
    Article.objects.filter(pk=shown.pk).update(title=title, body=f"<p>{words}。</p>")
    making = an_issue(date=date(2027, 3, 18), theme="下一期的题目")
    title, words, author = HIDDEN["never out"]
    new = an_article(
        issue=making, title=title, body=f"<p>{words}。</p>", authors=[("后山支行", author)]
    )
    link = links.make(making, by=editor, for_whom="张行长")
    links.revoke(link, by=editor)
    keys = {"shown": shown.pk, "withdrawn": gone.pk, "corrected": wrong.pk, "never out": new.pk}
    out = Issue.objects.get(pk=out.pk)
    return Journal(world, out, making, keys, links.token_of(link))


def _correct(article: Article, *, by: User) -> None:
    title, words, author = RIGHT
    branch = Branch.objects.named("灯塔支行")
    told = {"base": corrections.base_of(article), "reason": "写错了。"}
    changes = {"title": title, "body": f"<p>{words}。</p>", "bylines": (Byline(author, branch),)}
    corrections.correct(article, by=by, **told, **changes)


def addresses(journal: Journal) -> set[str]:
    """Each that lets a stranger in, of each thing that it may name."""
    world = journal.world
    out = f"{journal.out.year}/{journal.out.slug}"
    making = f"{journal.making.year}/{journal.making.slug}"
    authors = {
        name: Article.objects.get(pk=pk).authors.first() for name, pk in journal.articles.items()
    }
    found = set()
    for line in access.lines():
        if "outsider" not in line.who("GET"):
            continue
        for name, pk in journal.articles.items():
            author = authors[name]
            world.things |= {"shown": pk, "looked_at": pk, "look": journal.link}
            world.things |= {"signer": author.pk, "branch": author.branch.slug}
            path = world.path(line.address)
            found |= {path.replace("2025/3", out), path.replace("2025/3", making)}
    asked = [words for each in (*HIDDEN.values(), SHOWN) for words in each]
    for path in ("/search/", "/search/suggest/"):
        found |= {f"{path}?{urlencode({'q': words})}" for words in asked}
    return found


def told_by(data: bytes, name: str) -> Iterator[str]:
    """Every text in a file, files inside files too."""
    if data.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(data)
        yield "".join(page.get_textpage().get_text_bounded() for page in document)
        yield str(document.get_metadata_dict())
        document.close()
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            for each in opened.namelist():
                yield from told_by(opened.read(each), each)
    elif not re.search(r"\.(webp|avif|jpe?g|png|woff2?|otf|ttf|ico)$", name):
        words = data.decode("utf-8", "replace")
        yield html.unescape(words)
        yield words.encode().decode("unicode_escape", "ignore") if "\\u" in words else ""


def plain(words: str) -> str:
    """Without the marks of a search and the line ends of a page."""
    return re.sub(r"<[^>]+>|\s+", "", words)


def found_in(data: bytes, name: str) -> set[str]:
    told = [plain(each) for each in told_by(data, name)]
    wanted = {words for each in (*HIDDEN.values(), SHOWN, RIGHT) for words in each}
    return {words for words in wanted if any(words in each for each in told)}


def test_no_stranger_comes_upon_them_by_any_address_or_file(journal, tmp_path: Path):
    client, found, opened = Client(), dict[str, set[str]](), 0
    for path in sorted(addresses(journal)):
        answer = client.get(path)
        data = b"".join(answer) if answer.streaming else answer.content
        answer.close()
        opened += answer.status_code == 200
        asked = path.partition("?q=")[2]
        words = found_in(data, path.partition("?")[0])
        # What was asked for stands in the page of the search again.
        found[path] = {each for each in words if urlencode({"q": each})[2:] != asked}
    for kind, name in FORMATS.items():
        file = tmp_path / name
        out = journal.out
        call_command("export_issue", out.year, out.slug, format=kind, output=file, verbosity=0)
        found[name] = found_in(file.read_bytes(), name)
    standing = Edition.objects.get(standing_for=journal.out)
    for kept in (standing.pdf, standing.epub, standing.archive):
        with kept.open() as opened_file:
            found[kept.name] = found_in(opened_file.read(), kept.name)
    hidden = {words for each in HIDDEN.values() for words in each}
    told = {path: words & hidden for path, words in found.items() if words & hidden}
    assert told == {}
    # What could have been found there: the articles beside them.
    everywhere = [name for name in found if SHOWN[0] in found[name] and RIGHT[0] in found[name]]
    for face in ("/", "/feed/", "/issues/", *FORMATS.values(), standing.pdf.name):
        assert [name for name in everywhere if face in name], face
    assert opened > 40
