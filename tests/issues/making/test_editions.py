"""Making is not signing: files are made while everybody works on, and stand all or none."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import clear_url_caches
from django.urls.resolvers import URLResolver

from articles.models import Article
from articles.reviewing import editing
from issues.making import corrections, make_up, publication, withdrawals
from issues.making.publication import NotAllowed
from issues.models import (
    Correction,
    Edition,
    Issue,
    PrintedArticle,
    PrintedAuthor,
    PrintedPicture,
)
from servicejournal.models import Generation, Masthead, Record, User
from servicejournal.roles import Role
from tests.factories import a_picture, a_user, accepted, an_article, an_issue, proofread
from tests.issues.making.held_picture import HeldPicture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chief() -> User:
    return a_user(Role.CHIEF_EDITOR)


@pytest.fixture
def ready(chief) -> Issue:
    """Could be signed off; its second article shows a picture."""
    issue, editor = an_issue(date=date(2026, 12, 18), running_number=66), a_user(Role.EDITOR)
    picture = a_picture()
    figure = f'<figure><img src="{picture.get_absolute_url()}" alt="椅子"></figure>'
    chairs = accepted(title="两把椅子", body=f"<p>两把椅子。</p>{figure}")
    chairs.pictures.add(picture)
    make_up.place([accepted(title="一盏灯", body="<p>灯亮着。</p>"), chairs], issue, by=editor)
    proofread(issue)
    return issue


@pytest.fixture
def out(ready, chief) -> Issue:
    publication.sign_off(ready, by=chief)
    publication.publish(ready, by=chief)
    return ready


def the(title: str) -> Article:
    return Article.objects.select_related("issue").get(title=title)


def in_a_thread(verb: Callable[[], Any]) -> Callable[[], Any]:
    def run() -> Any:
        try:
            return verb()
        finally:
            connection.close()

    return run


@contextmanager
def while_made(verb: Callable[[], Any]) -> Iterator[Future]:
    """Inside, the files are being made: the first picture is not read to its end before."""
    held = HeldPicture(the("两把椅子").pictures.get())
    with ThreadPoolExecutor(1) as hands:
        result = hands.submit(in_a_thread(verb))
        held.wait()
        try:
            yield result
        finally:
            held.let_go()


def stored(media: Path) -> set[str]:
    folder = media / "editions"
    return {str(file.relative_to(media)) for file in folder.rglob("*") if file.is_file()}


def named() -> set[str]:
    """Files that rows name."""
    files = Edition.objects.values_list("archive", "pdf", "epub")
    return {name for names in files for name in names if name}


def everything() -> list[Any]:
    """All that signing off, publishing and correcting write."""
    tables = (
        *(Issue, Article, Article.history.model, Edition, Correction, Record),
        *(PrintedArticle, PrintedAuthor, PrintedPicture, Generation),
    )
    return [list(table.objects.order_by("pk").values()) for table in tables]


def signing(issue: Issue, by: User) -> Callable[[], Edition]:
    return partial(publication.sign_off, Issue.objects.get(pk=issue.pk), by=by)


def publishing(issue: Issue, by: User) -> Callable[[], Edition]:
    return partial(publication.publish, Issue.objects.get(pk=issue.pk), by=by)


def correcting(title: str, by: User, **changes: str) -> Callable[[], Correction]:
    article = the(title)
    base = corrections.base_of(article)
    return partial(corrections.correct, article, by=by, base=base, reason="笔误", **changes)


def lock_issue_and_save_something(issue: Issue) -> None:
    """Fails at once where a lock of the issue is held; on SQLite any lock is one of everything."""
    at_once = connection.features.has_select_for_update_nowait
    with transaction.atomic():
        Issue.objects.select_for_update(nowait=at_once).get(pk=issue.pk)
        an_article(title="别人的稿件")


class TestEverybodyWorksOn:
    def test_while_an_issue_is_signed_off(self, ready, chief):
        with while_made(signing(ready, chief)) as result:
            before = everything()
            lock_issue_and_save_something(ready)
            assert Issue.objects.get().state == "编辑中"
            the("别人的稿件").history.all().delete()
            the("别人的稿件").delete()
            Article.history.filter(title="别人的稿件").delete()
            assert everything() == before
        edition = result.result()
        assert edition.number == 1
        stored = Issue.objects.get()
        assert (stored.state, stored.standing) == ("已签发", edition)

    def test_while_an_article_is_corrected_readers_keep_the_text(self, out, chief):
        before = everything()
        with while_made(correcting("一盏灯", chief, body="<p>灯灭了。</p>")) as result:
            assert everything() == before
            lock_issue_and_save_something(out)
        assert result.result().edition.number == 2
        assert the("一盏灯").body == "<p>灯灭了。</p>"

    def test_while_a_worker_names_its_first_address(self, ready, chief, monkeypatch):
        """It reads those of the whole site then, which takes a second."""
        populate, locked = URLResolver._populate, []

        def watched(resolver: URLResolver) -> None:
            locked.append(connection.in_atomic_block)
            populate(resolver)

        monkeypatch.setattr(URLResolver, "_populate", watched)
        clear_url_caches()
        publication.sign_off(ready, by=chief)
        assert set(locked) == {False}

    @pytest.mark.parametrize("verb", ["sign_off", "publish_back_issue", "correct"])
    def test_no_file_is_made_inside_a_transaction(self, verb, out, chief, media):
        other = an_issue(articles=1, date=date(2026, 1, 2))
        act = {
            "sign_off": signing(other, chief),
            "publish_back_issue": partial(publication.publish_back_issue, other, by=chief),
            "correct": correcting("一盏灯", chief, body="<p>灯灭了。</p>"),
        }[verb]
        before, files = everything(), stored(media)
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
            act()
        assert (everything(), stored(media)) == (before, files)


class TestTwoAtOnce:
    def test_of_two_signatures_one_wins_and_the_other_is_told(self, ready, chief, media):
        other = a_user(Role.CHIEF_EDITOR)
        with while_made(signing(ready, chief)) as late:
            won = publication.sign_off(ready, by=other)
        with pytest.raises(NotAllowed, match=f"已由{other}签发"):
            late.result()
        assert Edition.objects.get() == won == Issue.objects.get().standing
        assert Issue.objects.get().signed_off_by == other
        assert stored(media) == named()
        assert Record.objects.filter(verb="签发").count() == 1

    @pytest.mark.parametrize(
        ("verb", "refusal"),
        [
            (signing, "已由{chief}签发。要重新签发，请先“撤回签发”。"),
            (publishing, "已由{chief}发布，不用再发布。"),
        ],
    )
    def test_so_it_is_whichever_is_faster(self, verb, refusal, ready, chief, media):
        def told(verb: Callable[[], Edition]) -> str:
            try:
                return f"第{verb().number}版"
            except NotAllowed as refused:
                return str(refused)

        if verb is publishing:
            publication.sign_off(ready, by=chief)
        verbs = [in_a_thread(partial(told, verb(ready, chief))) for _ in range(2)]
        with ThreadPoolExecutor(2) as clicks:
            answers = sorted(clicks.map(lambda act: act(), verbs))
        assert answers == [f"{ready}{refusal.format(chief=chief)}", "第1版"]
        assert Edition.objects.count() == 1
        assert Record.objects.filter(verb="发布").count() == (verb is publishing)
        assert stored(media) == named()

    def test_of_two_corrections_of_one_article_one_wins_and_the_other_is_told(
        self, out, chief, media
    ):
        with while_made(correcting("一盏灯", chief, body="<p>灯灭了。</p>")) as late:
            won = correcting("一盏灯", a_user(Role.SENIOR_EDITOR), standfirst="另一处。")()
            before = everything()
        with pytest.raises(editing.Stale, match="改动了这篇稿件"):
            late.result()
        assert everything() == before
        assert Correction.objects.get() == won
        assert [edition.number for edition in out.editions.all()] == [2, 1]
        assert stored(media) == named()

    def test_of_two_articles_both_corrections_stand(self, out, chief, media):
        with while_made(correcting("一盏灯", chief, body="<p>灯灭了。</p>")) as late:
            correcting("两把椅子", a_user(Role.SENIOR_EDITOR), standfirst="另一处。")()
        late.result()
        assert Correction.objects.count() == 2
        standing = Issue.objects.get(pk=out.pk).standing
        printed = {each.title: each for each in standing.printed.all()}
        assert printed["一盏灯"].body == "<p>灯灭了。</p>"
        assert printed["两把椅子"].standfirst == "另一处。"
        assert [edition.number for edition in out.editions.all()] == [3, 2, 1]
        assert stored(media) == named()

    def test_a_correction_of_what_was_taken_back_meanwhile_is_refused(self, out, chief, media):
        with while_made(correcting("一盏灯", chief, body="<p>灯灭了。</p>")) as late:
            withdrawals.withdraw(out, by=chief, why="署名有误")
        with pytest.raises(NotAllowed, match="还没有刊出"):
            late.result()
        assert the("一盏灯").body == "<p>灯亮着。</p>"
        assert stored(media) == named()


class TestWhatChangedMeanwhile:
    def change_text(self):
        article = the("一盏灯")
        article.body = "<p>制作的时候添了一句。</p>"
        article.save()

    def rename_journal(self):
        Masthead.objects.update(name="另一个刊名")

    def lose_its_passes(self):
        Article.objects.filter(title="一盏灯").update(round=2)

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (change_text, "“一盏灯”在终审之后有改动"),
            (rename_journal, "这一期有了改动，所以没有换上"),
            (lose_its_passes, "“一盏灯”缺初审"),
        ],
    )
    def test_is_not_signed_off_and_the_old_state_stays_whole(
        self, change, said, ready, chief, media
    ):
        with while_made(signing(ready, chief)) as late:
            change(self)
            before = everything()
        with pytest.raises(NotAllowed, match=said):
            late.result()
        assert everything() == before
        assert not Edition.objects.exists()
        assert stored(media) == set()


class TestSweeping:
    def test_files_of_tries_that_were_killed_go_with_the_next_edition(self, ready, chief, media):
        folder = media / "editions" / f"{ready.year}-{ready.number:02d}"
        folder.mkdir(parents=True)
        for name in ("1-0123456789ab.zip", "1-0123456789ab.pdf", "1-0123456789ab.epub.0f0f"):
            (folder / name).write_bytes(b"half")
        being_made = folder / "2-0123456789ab.zip"
        being_made.write_bytes(b"whole")
        publication.sign_off(ready, by=chief)
        assert stored(media) == named() | {str(being_made.relative_to(media))}
        publication.publish(ready, by=chief)
        correcting("一盏灯", chief, body="<p>灯灭了。</p>")()
        assert stored(media) == named()
        assert len(named()) == 6

    def test_files_of_another_issue_that_bore_the_number_are_kept(self, out, chief, media):
        kept = named()
        year, number = out.year, out.number
        Issue.objects.filter(pk=out.pk).update(number=53)
        new = an_issue(year=year, number=number, date=date(2026, 12, 18), articles=1)
        new.articles.update(origin=Article.Origin.BACK_ISSUE)
        proofread(new)
        publication.publish_back_issue(new, by=chief)
        assert kept < named() == stored(media)
