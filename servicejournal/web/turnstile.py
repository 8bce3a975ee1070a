"""Counts who comes through, so that nobody makes accounts, sends mail or searches by the thousand.

Counted in the database: all processes, and all machines, count together. Who is too fast is told
how long to wait, and gets back what was typed.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from .. import clock
from ..models import Turn
from . import database_away, whereabouts

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Gate:
    """`limit` in `seconds` for an account; `limit_of_address` for all who come from one network
    address and are not signed in: often a whole branch.
    """

    name: str
    what: str  # in the sentence: “检索太快了”
    limit: int
    limit_of_address: int
    seconds: int = 60


SEARCH = Gate("search", "检索", 60, 300)
SAVE = Gate("save", "保存", 60, 60)
UPLOAD = Gate("upload", "上传", 120, 30)  # a report with sixty photographs, and once more
WORD = Gate("word", "导入", 15, 15)
EXPORT = Gate("export", "导出", 10, 10)
DRAWN = Gate("drawn", "生成文件", 20, 20)
LETTER = Gate("letter", "寄信", 20, 20, _HOUR)
ANSWER = Gate("answer", "提交", 20, 20)
ECHO = Gate("echo", "写信", 5, 10, _HOUR)
HELPFUL = Gate("helpful", "点“有帮助”", 60, 120, _HOUR)
LOOK = Gate("look", "打开", 120, 120)
LOOK_PICTURE = Gate("look picture", "打开", 900, 900)
LOOK_PDF = Gate("look pdf", "生成文件", 6, 6)
SCRIPT = Gate("script", "刷新", 240, 240)


class TooFast(Exception):
    """More than the gate lets through; `seconds` until it opens again."""

    def __init__(self, what: str, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"{what}太快了，请过{in_words(seconds)}再试。")


def enter(gate: Gate, request: HttpRequest) -> None:
    """Counts one more. Raises `TooFast`, which `Middleware` answers."""
    user = request.user
    is_known = user.is_authenticated
    who = f"account {user.pk}" if is_known else f"address {whereabouts.address() or ''}"
    limit = (gate.limit if is_known else gate.limit_of_address) * settings.RATE_LIMITS
    if not limit:
        return
    if count(gate.name, who, seconds=gate.seconds) > limit:
        raise TooFast(gate.what, wait(gate.seconds))


def lets_through(gate: str, who: str, *, limit: int) -> bool:
    """Counts one more of this hour for `who`; False when that is more than `limit`."""
    return count(gate, who) <= limit


def count(gate: str, who: str, *, seconds: int = _HOUR) -> int:
    """Counts one more of this stretch of time for `who`; how many that makes."""
    until = connection.ops.adapt_datetimefield_value(_until(seconds))
    found = [gate, _hidden(who), until]
    with connection.cursor() as cursor:
        # One statement, so that two who come at once are two.
        cursor.execute(
            f"INSERT INTO {Turn._meta.db_table} (gate, who, until, number)"  # noqa: S608
            " VALUES (%s, %s, %s, 1) ON CONFLICT (gate, who, until)"
            f" DO UPDATE SET number = {Turn._meta.db_table}.number + 1 RETURNING number",
            found,
        )
        row: tuple[int] = cursor.fetchone()
    return row[0]


def counted(gate: str, who: str) -> int:
    """How many of this hour; counts nothing."""
    turns = Turn.objects.filter(gate=gate, who=_hidden(who), until=_until(_HOUR))
    return turns.values_list("number", flat=True).first() or 0


def is_shut(gate: str, who: str, *, limit: int) -> bool:
    """True where the next one would be too many; counts nothing."""
    return counted(gate, who) >= limit


def wait(seconds: int = _HOUR) -> int:
    """Seconds until the stretch of time ends, at least one."""
    return max(1, math.ceil((_until(seconds) - clock.now()).total_seconds()))


def sweep() -> int:
    """Drops what no gate asks for any more; how many rows."""
    return Turn.objects.filter(until__lt=clock.now()).delete()[0]


def _until(seconds: int) -> datetime:
    now = int(clock.now().timestamp())
    return datetime.fromtimestamp((now // seconds + 1) * seconds, UTC)


def _hidden(who: str) -> str:
    """Nothing here tells which address somebody came from."""
    return sha256(f"{settings.SECRET_KEY}{who}".encode()).hexdigest()


def in_words(seconds: int) -> str:
    """For a sentence: “请过 40 分钟再试”."""
    return f" {seconds} 秒" if seconds <= 90 else f" {math.ceil(seconds / 60)} 分钟"


class Middleware:
    """Answers whom a gate did not let through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, reason: Exception) -> HttpResponse | None:
        return refuse(request, reason) if isinstance(reason, TooFast) else None


def refuse(request: HttpRequest, reason: TooFast) -> HttpResponse:
    """429: a page with what was typed, ready to be sent again; JSON for a script."""
    if database_away.is_for_a_script(request):
        error = {"reason": "too fast", "message": str(reason)}
        response: HttpResponse = JsonResponse({"uploaded": 0, "error": error}, status=429)
    else:
        # The token was checked before the view began: the form was one of our own pages'.
        context = {"sentence": str(reason), **database_away.sent(request)}
        response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(reason.seconds)
    add_never_cache_headers(response)
    return response
