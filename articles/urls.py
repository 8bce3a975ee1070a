"""The writers' desk, and the pictures of everything."""

from django.urls import path

from . import images, picture_views, views, writing_views

urlpatterns = [
    path("submit/", writing_views.submit, name="submit"),
    path("submissions/", views.submissions, name="submissions"),
    path("submissions/<int:pk>/", views.submission, name="submission"),
    path("submissions/<int:pk>/edit/", writing_views.submission_edit, name="submission_edit"),
    path("submissions/<int:pk>/preview/", views.submission_preview, name="submission_preview"),
    path("submissions/<int:pk>/hand-in/", views.submission_hand_in, name="submission_hand_in"),
    path("submissions/<int:pk>/receipt/", views.submission_receipt, name="submission_receipt"),
    path("submissions/<int:pk>/withdraw/", views.submission_withdraw, name="submission_withdraw"),
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
