"""What a writer sees, and pictures."""

from django.urls import path

from . import views

urlpatterns = [
    path("submit/", views.submit, name="submit"),
    path("submissions/", views.submissions, name="submissions"),
    path("submissions/<int:pk>/", views.submission, name="submission"),
    path("submissions/<int:pk>/edit/", views.edit, name="submission_edit"),
    path("submissions/<int:pk>/preview/", views.preview, name="submission_preview"),
    path("submissions/<int:pk>/receipt/", views.receipt, name="submission_receipt"),
    path("submissions/<int:pk>/withdraw/", views.withdraw, name="submission_withdraw"),
    path("pictures/", views.picture_upload, name="picture_upload"),
    path("pictures/<uuid:token>/", views.picture, name="picture"),
    path("pictures/<uuid:token>/<int:width>.webp", views.picture, name="picture_rendition"),
]
