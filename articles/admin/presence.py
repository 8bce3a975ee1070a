"""Who else has this manuscript open, told to a page that asks every half minute."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.models import Article, Presence
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.web import turnstile, visits


@require_POST
def beat(request: HttpRequest, pk: int) -> JsonResponse:
    """The page is still open. Answers with the others, and the digest of the text as it is now."""
    if not who_acts(request).on_the_desk:
        raise PermissionDenied
    turnstile.enter(turnstile.SCRIPT, request)
    article = get_object_or_404(Article.objects.handed_in(), pk=pk)
    visits.stands_still(request.session)
    return JsonResponse({"others": others(article, who_acts(request)), "digest": article.digest()})


def others(article: Article, user: User) -> str:
    """周以宁（14:02 起）也开着这篇稿件。 The empty string where nobody else has it open."""
    Presence.objects.heard(article, user)
    found = Presence.objects.now().filter(article=article).exclude(user=user)
    names = [
        f"{each.user}（{timezone.localtime(each.since):%H:%M} 起）"
        for each in found.select_related("user").order_by("since")
    ]
    return f"{'、'.join(names)}也开着这篇稿件。" if names else ""
