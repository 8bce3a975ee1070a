"""Where the pages of an issue lie in the desk, before those that Django gives the model."""

from collections.abc import Callable

from django.http.response import HttpResponseBase

from . import (
    board,
    board_steps,
    correcting,
    making,
    page_progress,
    printing,
    proofs,
    quality,
    release,
    taking_back,
    wechat,
)
from .covering import page as covering
from .leader import galley, looking
from .readers import reading

#: (route, view, name); of two that match an address the first one answers.
PAGES: tuple[tuple[str, Callable[..., HttpResponseBase], str], ...] = (
    ("<int:pk>/board/", board.page, "issues_issue_board"),
    ("<int:pk>/board/state/", board_steps.state, "issues_issue_board_state"),
    ("<int:pk>/board/step/", board_steps.step, "issues_issue_board_step"),
    ("board/sheets/<int:pk>/<slug:side>.webp", board_steps.sheet, "issues_issue_sheet"),
    ("<int:pk>/make-up/", board.moved_here, "issues_issue_make_up"),
    ("<int:pk>/cover/", covering.page, "issues_issue_cover"),
    ("<int:pk>/proofs/", proofs.page, "issues_issue_proofs"),
    ("<int:pk>/looking/", looking.page, "issues_issue_looking"),
    ("<int:pk>/reading-copy.<docx_or_pdf:form>", looking.reading_copy, "issues_issue_reading_copy"),
    ("<int:pk>/galley/<int:article>/", galley.page, "issues_issue_galley"),
    ("<int:pk>/galley/<int:article>/findings/", galley.take, "issues_issue_galley_findings"),
    ("notes/<int:pk>/", looking.settle, "issues_note_settle"),
    ("<int:pk>/quality/", quality.page, "issues_issue_quality"),
    ("<int:pk>/release/", release.page, "issues_issue_release"),
    ("<int:pk>/reading/", reading.page, "issues_issue_reading"),
    ("<int:pk>/making/", making.part, "issues_issue_making"),
    ("<int:pk>/pages/", page_progress.page, "issues_issue_pages"),
    ("<int:pk>/wechat/", wechat.page, "issues_issue_wechat"),
    ("<int:pk>/wechat/<int:article>/", wechat.page, "issues_issue_wechat"),
    ("<int:pk>/wechat/<int:article>/preview/", wechat.preview, "issues_issue_wechat_preview"),
    ("<int:pk>/wechat/<int:article>/pictures.zip", wechat.pictures, "issues_issue_wechat_pictures"),
    ("<int:pk>/print/", printing.page, "issues_issue_printer"),
    ("<int:pk>/print/parcel.zip", printing.parcel, "issues_issue_parcel"),
    ("<int:pk>/print/dummy.pdf", printing.dummy, "issues_issue_dummy"),
    ("<int:pk>/print/<slug:paper>.pdf", printing.file, "issues_issue_print"),
    ("<int:pk>/archive/<int:number>.zip", printing.archive, "issues_issue_archive"),
    ("<int:pk>/correct/", correcting.choose, "issues_issue_correct"),
    ("correct/<int:pk>/", correcting.page, "issues_article_correct"),
    ("proposal/<int:pk>/", correcting.proposal, "issues_proposal"),
    ("withdraw/<int:pk>/", taking_back.article, "issues_article_withdraw"),
    ("<int:pk>/facts/", taking_back.correct_facts, "issues_issue_facts"),
    ("<int:pk>/editions/<int:number>/<path:name>", taking_back.edition, "issues_issue_edition"),
)
