"""The writers' desk, and the pictures of everything."""

from django.urls import path

from . import (
    endorsement_views,
    handing_in_views,
    images,
    notice_views,
    picture_views,
    version_views,
    views,
    word_views,
    writing_views,
)

urlpatterns = [
    path("submit/", writing_views.submit, name="submit"),
    path("submit/word/", word_views.word_upload, name="word_upload"),
    path("attachments/<uuid:token>/", word_views.attachment, name="attachment"),
    path("submissions/", views.submissions, name="submissions"),
    path("submissions/<int:pk>/", views.submission, name="submission"),
    path("submissions/<int:pk>/edit/", writing_views.submission_edit, name="submission_edit"),
    path("submissions/<int:pk>/preview/", views.submission_preview, name="submission_preview"),
    path(
        "submissions/<int:pk>/preview/sheet/",
        writing_views.submission_preview_sheet,
        name="submission_preview_sheet",
    ),
    path(
        "submissions/<int:pk>/second-look/",
        writing_views.submission_second_look,
        name="submission_second_look",
    ),
    path(
        "submissions/<int:pk>/hand-in/",
        handing_in_views.submission_hand_in,
        name="submission_hand_in",
    ),
    path(
        "submissions/<int:pk>/receipt/",
        handing_in_views.submission_receipt,
        name="submission_receipt",
    ),
    path(
        "submissions/<int:pk>/recall/", handing_in_views.submission_recall, name="submission_recall"
    ),
    path(
        "submissions/<int:pk>/withdraw/",
        handing_in_views.submission_withdraw,
        name="submission_withdraw",
    ),
    path(
        "submissions/<int:pk>/versions/",
        version_views.submission_versions,
        name="submission_versions",
    ),
    path("endorse/<str:token>/", endorsement_views.endorse, name="endorse"),
    path(
        "endorse/<str:token>/pictures/<uuid:picture>/",
        endorsement_views.endorse_picture,
        name="endorse_picture",
    ),
    *(
        path(
            f"endorse/<str:token>/pictures/<uuid:picture>/<int:width>.{suffix}",
            endorsement_views.endorse_picture_rendition,
            {"suffix": suffix},
            name="endorse_picture_rendition",
        )
        for suffix in images.RENDITIONS
    ),
    path("notices/", notice_views.notices, name="notices"),
    path("notices/read/", notice_views.notices_read, name="notices_read"),
    path("notices/<int:pk>/", notice_views.notice, name="notice"),
    path("pictures/", picture_views.picture_upload, name="picture_upload"),
    path("pictures/<uuid:token>/", picture_views.picture, name="picture"),
    path(
        "pictures/<uuid:token>/thumbnail.webp",
        picture_views.picture_thumbnail,
        name="picture_thumbnail",
    ),
    *(
        path(
            f"pictures/<uuid:token>/<int:width>.{suffix}",
            picture_views.picture_rendition,
            {"suffix": suffix},
            name="picture_rendition",
        )
        for suffix in images.RENDITIONS
    ),
]
