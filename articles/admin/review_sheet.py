"""稿签 for the binder: what the three reviews said of one manuscript, on one A4 page."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from articles.bodies import html
from articles.models import Article, Review
from articles.reviewing import fees, review_sheet
from articles.writing import endorsement
from servicejournal import masthead, record
from servicejournal.access import for_the_desk_only, who_acts
from servicejournal.certain import certain
from servicejournal.papers import fonts
from servicejournal.web import turnstile


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """It bears a telephone number and what was said inside: who took it is in the record."""
    if not who_acts(request).on_the_desk:
        raise PermissionDenied
    manuscripts = Article.objects.open_inside_to(who_acts(request)).with_bylines()
    article = get_object_or_404(
        manuscripts.select_related("section", "issue", "contributor"), pk=pk
    )
    turnstile.enter(turnstile.DRAWN, request)
    try:
        data = review_sheet.render(_sheet(article), fonts.find(settings.FONT_DIR))
    except (review_sheet.NotPrinted, fonts.FontsMissing) as reason:
        messages.error(request, str(reason))
        return redirect("admin:articles_article_review", pk)
    record.write("打印稿签", article, by=who_acts(request))
    response = HttpResponse(data, content_type="application/pdf")
    name = f"稿签-{article.receipt or article.pk}.pdf"
    response["Content-Disposition"] = certain(
        content_disposition_header(False, name), "what is named goes with its name"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return for_the_desk_only(response)


def _sheet(article: Article) -> review_sheet.Sheet:
    now, journal = timezone.localtime(), masthead.current()
    fee = fees.of(article)
    return review_sheet.Sheet(
        journal=journal.name,
        title=article.title,
        facts=tuple((label, value or "—") for label, value in _facts(article)),
        opinions=tuple(_opinion(article, stage) for stage in Review.Stage),
        outcome=_outcome(article),
        fee="" if fee is None else f"{fee.fen / 100:.2f}".removesuffix(".00"),
        fee_basis="" if fee is None else f"　稿酬：{fee.how}",
        printed_on=f"{now:%Y-%m-%d %H:%M} 印　所审文本校验值 {article.digest()[:16]}",
    )


def _facts(article: Article) -> list[tuple[str, str]]:
    signed = endorsement.signed(article)
    writer, received = article.contributor, article.submitted_at
    return [
        ("稿号", article.receipt or ""),
        ("栏目", article.section.name if article.section else ""),
        ("署名", article.byline),
        ("投稿人", f"{writer}　{writer.mobile}".strip()),
        ("收稿日期", f"{timezone.localtime(received):%Y-%m-%d}" if received else ""),
        ("来源", article.get_origin_display()),
        ("字数", f"{article.length} 字"),
        ("图片", f"{len(html.picture_tokens(article.body))} 幅"),
        ("单位签审", f"{signed.signed_by}" if signed else ""),
        ("拟刊期", str(article.issue) if article.issue else ""),
    ]


def _opinion(article: Article, stage: str) -> review_sheet.Opinion:
    """The newest decision of that stage in the present round."""
    made = article.reviews.standing().filter(stage=stage, round=article.round)
    last = made.select_related("reviewer").last()
    if last is None:
        return review_sheet.Opinion(Review.Stage(stage).label)
    words = "\n".join(filter(None, [last.opinion, last.note]))
    return review_sheet.Opinion(
        stage=last.get_stage_display(),
        decision=last.get_decision_display() + _mark(article, last),
        words=review_sheet.shortened(words),
        name=str(last.reviewer),
        date=f"{timezone.localtime(last.decided_at):%Y-%m-%d}",
    )


def _mark(article: Article, review: Review) -> str:
    """What was not as usual: a deputy's decision, one person for two stages."""
    marks = [f"代行{review.deputy.get_stage_display()}"] if review.deputy else []
    passes = article.reviews.standing().filter(round=article.round, decision=Review.Decision.PASS)
    others = passes.filter(reviewer=review.reviewer).exclude(stage=review.stage)
    twice = [label for stage, label in Review.Stage.choices if others.filter(stage=stage).exists()]
    if twice:
        marks.append(f"编辑部人手少，与{'、'.join(twice)}同一人")
    return f"（{'；'.join(marks)}）" if marks else ""


def _outcome(article: Article) -> str:
    if article.issue is None:
        return article.get_status_display()
    return f"{'刊于' if article.is_published else '编入'}{article.issue.label}"
