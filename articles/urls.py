"""The writers' desk, and the pictures of everything."""

from django.urls import path

from .pictures import pixels, views
from .writing.views import endorsing, form, handing_in, manuscripts, notices, versions, word

urlpatterns = [
    path("submit/", form.submit, name="submit"),
    path("submit/word/", word.word_upload, name="word_upload"),
    path("attachments/<uuid:token>/", word.attachment, name="attachment"),
    path("attachments/<uuid:token>/pictures/<int:number>/", word.word_picture, name="word_picture"),
    path("submissions/", manuscripts.submissions, name="submissions"),
    path("submissions/<int:pk>/", manuscripts.submission, name="submission"),
    path("submissions/<int:pk>/edit/", form.submission_edit, name="submission_edit"),
    path(
        "submissions/<int:pk>/preview/", manuscripts.submission_preview, name="submission_preview"
    ),
    path(
        "submissions/<int:pk>/preview/sheet/",
        manuscripts.submission_preview_sheet,
        name="submission_preview_sheet",
    ),
    path(
        "submissions/<int:pk>/second-look/",
        form.submission_second_look,
        name="submission_second_look",
    ),
    path(
        "submissions/<int:pk>/hand-in/",
        handing_in.submission_hand_in,
        name="submission_hand_in",
    ),
    path(
        "submissions/<int:pk>/receipt/",
        handing_in.submission_receipt,
        name="submission_receipt",
    ),
    path("submissions/<int:pk>/recall/", handing_in.submission_recall, name="submission_recall"),
    path(
        "submissions/<int:pk>/withdraw/",
        handing_in.submission_withdraw,
        name="submission_withdraw",
    ),
    path(
        "submissions/<int:pk>/versions/",
        versions.submission_versions,
        name="submission_versions",
    ),
    path("endorse/<str:token>/", endorsing.endorse, name="endorse"),
    path(
        "endorse/<str:token>/pictures/<uuid:picture>/",
        endorsing.endorse_picture,
        name="endorse_picture",
    ),
    *(
        path(
            f"endorse/<str:token>/pictures/<uuid:picture>/<int:width>.{suffix}",
            endorsing.endorse_picture_rendition,
            {"suffix": suffix},
            name="endorse_picture_rendition",
        )
        for suffix in pixels.RENDITIONS
    ),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("pictures/", views.picture_upload, name="picture_upload"),
    path("pictures/<uuid:token>/", views.picture, name="picture"),
    path(
        "pictures/<uuid:token>/thumbnail.webp",
        views.picture_thumbnail,
        name="picture_thumbnail",
    ),
    *(
        path(
            f"pictures/<uuid:token>/<int:width>.{suffix}",
            views.picture_rendition,
            {"suffix": suffix},
            name="picture_rendition",
        )
        for suffix in pixels.RENDITIONS
    ),
]
