"""The verbs that are tried: what each begins from, what it does, and what must be there afterwards.

Writers' verbs are sent over HTTP, as browsers send them; what the worker makes is called as the
worker calls it; commands are called as commands.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.test import Client

from articles.models import Article, Section
from issues.exports import outputs
from issues.making import corrections, make_up, publication, withdrawals
from issues.models import Edition, Issue
from servicejournal.backup import keeping, package, rows
from servicejournal.models import User
from servicejournal.roles import Role

WORDS = "柜台内外的一件小事，写下来就不会忘。" * 4
JSON = {"Accept": "application/json"}
DUMP = Path(__file__).parents[2] / "tests" / "files" / "back-issue-2024-03.txt"
#: What a failed try may leave, and what is noted by the by.
BY_THE_BY = {
    "servicejournal.discarded",  # files that go late
    "servicejournal.record",  # of who signed in; compared by the verbs' own rows
    "servicejournal.generation",
    "servicejournal.turn",
}
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verb:
    """`ready` is called before steps are counted, and gives what is then done: it says how it was
    answered. `ill` tells what is wrong with an answer that changed nothing.
    """

    name: str
    scene: str
    ready: Callable[[], Callable[[], Told]]
    ill: Callable[[Told], list[str]]
    state: Callable[[], Told] = field(default=lambda: state())


def state() -> Told:
    """All that is stored, as far as it is the same each time; `broken` is to be empty always."""
    counted = {
        rows.label(model): model._base_manager.count()
        for model in rows.kept_models()
        if rows.label(model).lower() not in BY_THE_BY
    }
    texts = Article.objects.order_by("title", "body").values_list(
        "title", "body", "status", "authors__name"
    )
    return {
        "rows": {name: count for name, count in counted.items() if count},
        "tasks": apps.get_model("django_tasks_database", "DBTaskResult").objects.count(),
        "texts": [list(each) for each in texts],
        "issues": list(
            Issue.objects.order_by("pk").values_list(
                "standing__number", "signed_off_by__username", "published_by__username"
            )
        ),
        "broken": [*keeping.look().missing, *filter(None, map(_not_as_told, _editions()))],
    }


def _editions() -> list[Edition]:
    return list(Edition.objects.exclude(archive="").order_by("pk"))


def _not_as_told(edition: Edition) -> str:
    name = edition.archive.name
    if not default_storage.exists(name):
        return f"{name} is missing"
    with default_storage.open(name) as file:
        return "" if sha256(file.read()).hexdigest() == edition.sha256 else f"{name} is another"


# Writers


def _answer(answer: Any) -> Told:
    kind = answer.headers.get("Content-Type", "")
    return {"status": answer.status_code, "text": answer.text, "type": kind}


def _client() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="writer"))
    return client


def _form(**changes: Any) -> Told:
    told = {f"authors-{name}": value for name, value in (("TOTAL_FORMS", 3), ("INITIAL_FORMS", 1))}
    told |= {"authors-MIN_NUM_FORMS": 0, "authors-MAX_NUM_FORMS": 20}
    told |= {"authors-0-name": "沈一鸣", "authors-0-branch": "", "authors-0-ORDER": 1}
    form = {"form_id": "6f1e6a6e-7a41-4d0e-9a5e-2f4f3c1f1a11", "title": "雨天的伞", "note": ""}
    section = Section.objects.open_to_writers()[0].pk
    return {
        **form, **told, "body": f"<p>{WORDS}</p>", "section": section, "captions": "", "end": "1",
        **changes,
    }  # fmt: skip


def save() -> Callable[[], Told]:
    client, form = _client(), _form(action="save")
    return lambda: _answer(client.post("/submit/", form))


def autosave() -> Callable[[], Told]:
    client, form = _client(), _form(action="autosave", base="")
    return lambda: _answer(client.post("/submit/", form, headers=JSON))


def upload() -> Callable[[], Told]:
    from PIL import Image

    client, file = _client(), BytesIO()
    Image.new("RGB", (640, 400), "#a4231d").save(file, "PNG")
    file.seek(0)
    file.name = "a.png"
    return lambda: _answer(client.post("/pictures/", {"upload": file}, headers=JSON))


def hand_in() -> Callable[[], Told]:
    client = _client()
    draft = Article.objects.filter(title="交稿").values_list("pk", flat=True)[0]
    path = f"/submissions/{draft}/hand-in/"
    return lambda: _answer(client.post(path, {"declared": "on"}))


def take_back() -> Callable[[], Told]:
    """撤稿, by who wrote it."""
    client = _client()
    draft = Article.objects.filter(title="交稿").values_list("pk", flat=True)[0]
    path = f"/submissions/{draft}/withdraw/"
    return lambda: _answer(client.post(path, {"why": "重写。"}))


def _a_503(told: Told) -> list[str]:
    return [] if told["status"] == 503 else [f"answered {told['status']}"]


def _a_503_with_the_words(told: Told) -> list[str]:
    return _a_503(told) + ([] if WORDS in told["text"] else ["the words are not in the page"])


def _a_503_for_scripts(told: Told) -> list[str]:
    is_json = told["type"].startswith("application/json")
    return _a_503(told) + ([] if is_json else ["no JSON"])


# The desk, as the worker makes it


def _made(verb: Callable[[], Any]) -> Told:
    """What the worker takes for a failure that is over later: it is told, and begun again."""
    try:
        verb()
    except (DatabaseError, OSError, *outputs.REFUSALS) as reason:
        return {"status": 503, "text": f"{type(reason).__name__}: {reason}"}
    return {"status": 200, "text": ""}


def _chief() -> User:
    return User.objects.filter(grants__role=Role.CHIEF_EDITOR)[0]


def _desk(name: str, scene: str, verb: Callable[[], Callable[[], Any]]) -> Verb:
    def ready() -> Callable[[], Told]:
        act = verb()
        return lambda: _made(act)

    return Verb(name, scene, ready, _a_503)


def sign_off() -> Callable[[], Any]:
    issue, chief = Issue.objects.get(), _chief()
    return lambda: publication.sign_off(issue, by=chief)


def publish() -> Callable[[], Any]:
    issue, chief = Issue.objects.get(), _chief()
    return lambda: publication.publish(issue, by=chief)


def _lamp() -> Article:
    return Article.objects.select_related("issue").get(title="一盏灯")


def correct() -> Callable[[], Any]:
    lamp, chief = _lamp(), _chief()
    told = {"base": corrections.base_of(lamp), "reason": "笔误", "body": "<p>灯灭了。</p>"}
    return lambda: corrections.correct(lamp, by=chief, **told)


def withdraw() -> Callable[[], Any]:
    lamp, chief = _lamp(), _chief()
    return lambda: withdrawals.withdraw_article(lamp, by=chief, why="作者要求。")


# Commands


def _command(*told: Any) -> Callable[[], Callable[[], Told]]:
    def run() -> Told:
        try:
            call_command(*told, stdout=StringIO(), stderr=StringIO())
        except CommandError as refused:
            return {"status": 1, "text": str(refused)}
        except (DatabaseError, OSError) as bare:
            return {"status": 500, "text": f"{type(bare).__name__}: {bare}"}
        return {"status": 200, "text": ""}

    return lambda: run


def _a_sentence(told: Told) -> list[str]:
    is_chinese = any("\u4e00" <= each <= "\u9fff" for each in told["text"])
    return [] if told["status"] == 1 and is_chinese else [f"said {told}"]


def place(name: str) -> Path:
    """In the room, beside the media folder."""
    return Path(settings.MEDIA_ROOT).parent / "kept" / name


def of_the_backup() -> Told:
    """Its file alone: rows only tell of it, afterwards."""
    path, told = place("one.backup"), {"broken": [], "is_there": False}
    if path.exists():
        told["is_there"] = True
        try:
            with package.opened(path) as kept:
                kept.verify()
        except package.NotWhole as reason:
            told["broken"] = [f"a half backup: {reason}"]
    return told


# Scenes


def a_draft() -> None:
    from articles.authorship import Byline
    from articles.writing import saving
    from articles.writing.text import Text

    writer = User.objects.create_user(username="writer", name="沈一鸣", email="a@example.com")
    section, body = Section.objects.open_to_writers()[0], f"<p>{WORDS}</p>"
    text = Text(title="交稿", section=section, body=body, note="", bylines=(Byline("沈一鸣"),))
    saving.save(text, by=writer)


def made_up() -> None:
    from tests.factories import a_user, accepted, an_issue, proofread

    User.objects.system()  # `remind` acts in its name
    a_user(Role.CHIEF_EDITOR)
    issue = an_issue(date=date(2026, 12, 18), running_number=66)
    lamp = accepted(title="一盏灯", body="<p>灯亮着。</p>")
    make_up.place([lamp, accepted(title="两把椅子")], issue, by=a_user(Role.EDITOR))
    proofread(issue)


def signed() -> None:
    made_up()
    publication.sign_off(Issue.objects.get(), by=_chief())


def out() -> None:
    signed()
    publication.publish(Issue.objects.get(), by=_chief())
    issue = Issue.objects.get()
    told = {"format": "archive", "output": place("issue.zip")}
    call_command("export_issue", issue.year, issue.number, stdout=StringIO(), **told)


def backed_up() -> None:
    call_command("backup", place("one.backup"), stdout=StringIO())


SCENES: dict[str, tuple[Callable[[], None], str]] = {
    "a draft": (a_draft, "empty"),
    "made up": (made_up, "empty"),
    "signed": (signed, "empty"),
    "out": (out, "empty"),
    "backed up": (backed_up, "out"),
}
#: Begins from an empty database, with a file that another scene made.
BROUGHT = {"import_archive": ("out", "issue.zip"), "restore": ("backed up", "one.backup")}

VERBS = {
    verb.name: verb
    for verb in (
        Verb("save", "a draft", save, _a_503_with_the_words),
        Verb("autosave", "a draft", autosave, _a_503_for_scripts),
        Verb("upload", "a draft", upload, _a_503_for_scripts),
        Verb("hand_in", "a draft", hand_in, _a_503),
        Verb("take_back", "a draft", take_back, _a_503),
        _desk("sign_off", "made up", sign_off),
        _desk("publish", "signed", publish),
        _desk("correct", "out", correct),
        _desk("withdraw", "out", withdraw),
        Verb("import_text", "empty", _command("import_issue", DUMP), _a_sentence),
        Verb(
            "import_archive",
            "empty",
            lambda: _command("import_issue", place("issue.zip"))(),
            _a_sentence,
        ),
        Verb(
            "backup",
            "out",
            lambda: _command("backup", place("one.backup"))(),
            _a_sentence,
            of_the_backup,
        ),
        Verb("restore", "empty", lambda: _command("restore", place("one.backup"))(), _a_sentence),
    )
}
