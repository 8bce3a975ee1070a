"""The scenes over HTTP: the page behind a one-time link, and that of all scenes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from servicejournal import record
from servicejournal.accounts import entering
from servicejournal.models import User

from . import playing, scenes

#: Of a session that came by a link: it may open every other scene.
_CAME_BY_A_LINK = "demo"


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever only looks (a preview of the link) uses nothing up."""
    _refuse_elsewhere()
    scene = playing.use(token) if request.method == "POST" else playing.scene_of(token)
    if scene is None:
        return render(request, "issues/demo_enter.html", {"scene": None}, status=410)
    if request.method == "POST":
        return _open(request, scene)
    who = User.objects.filter(username=scene.username).first()
    return render(request, "issues/demo_enter.html", {"scene": scene, "who": who})


@never_cache
@require_http_methods(["GET", "POST"])
def all_scenes(request: HttpRequest) -> HttpResponse:
    _refuse_elsewhere()
    if not request.session.get(_CAME_BY_A_LINK):
        raise Http404
    if request.method == "POST":
        asked = request.POST.get("scene", "")
        scene = scenes.named(asked)
        if scene:
            return _open(request, scene)
        if asked == "before":
            return _bring_back(request)
    return render(request, "issues/demo_scenes.html", {"scenes": scenes.SCENES})


def _refuse_elsewhere() -> None:
    if not playing.is_on():
        raise Http404


def _open(request: HttpRequest, scene: scenes.Scene) -> HttpResponse:
    try:
        address = playing.put_back(scene, by="示范场景")
    except playing.NotPutBack as reason:
        messages.error(request, str(reason))
        return render(request, "issues/demo_scenes.html", {"scenes": scenes.SCENES}, status=409)
    user = User.objects.get(username=scene.username)
    entering.without_question(request, user)
    request.session[_CAME_BY_A_LINK] = True
    record.write("登录", user, by=user, why=f"示范场景“{scene.title}”")
    messages.success(
        request,
        format_html(
            "{}，您是{}。{}再来一次、换一个场景：<a href='{}'>示范场景</a>。",
            scene.title,
            user.name,
            scene.task,
            reverse("demo_scenes"),
        ),
    )
    return redirect(address)


def _bring_back(request: HttpRequest) -> HttpResponse:
    try:
        playing.bring_back(by="示范场景")
        messages.success(request, "放回以前的内容找回来了。")
    except playing.NotPutBack as reason:
        messages.error(request, str(reason))
    return redirect("demo_scenes")
