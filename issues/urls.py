"""What readers see."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from .reading import downloads, flipbook, lists, views

#: Sections and calls stood here in the admin before they were words of the desk: bookmarks.
_MOVED = RedirectView.as_view(
    url="/admin/articles/%(model)s/%(rest)s", permanent=True, query_string=True
)

urlpatterns = [
    path("", views.home, name="home"),
    path("issues/", lists.issues, name="issues"),
    path("issues/<int:year>/<int:number>/", views.issue, name="issue"),
    path("issues/<int:year>/<int:number>/edition/", views.edition, name="edition"),
    path("issues/<int:year>/<int:number>/cover.svg", views.issue_cover, name="issue_cover"),
    path(
        "issues/<int:year>/<int:number>/cover.webp",
        views.issue_cover_picture,
        name="issue_cover_picture",
    ),
    path("calls/<int:pk>/", views.call, name="call"),
    path("issues/<int:year>/<int:number>/issue.pdf", downloads.issue_pdf, name="issue_pdf"),
    path("issues/<int:year>/<int:number>/issue.epub", downloads.issue_epub, name="issue_epub"),
    path("issues/<int:year>/<int:number>/read/", flipbook.read, name="read"),
    path(
        "issues/<int:year>/<int:number>/pages/<int:edition>/<int:page>-<int:width>.webp",
        flipbook.page_picture,
        name="page_picture",
    ),
    path("articles/<int:pk>/", views.article, name="article"),
    path("sections/", lists.sections, name="sections"),
    path("sections/<slug:slug>/", lists.section, name="section"),
    path("branches/<slug:slug>/", lists.branch, name="branch"),
    path("search/", views.search, name="search"),
    path("authors/<int:pk>/", lists.author, name="author"),
    re_path(r"^admin/issues/(?P<model>section|call)/(?P<rest>.*)$", _MOVED),
]
