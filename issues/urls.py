"""What readers see."""

from django.urls import include, path, re_path, register_converter
from django.views.generic import RedirectView

from . import cover_pictures, numbering
from .demo.staging import views as staging
from .reading import downloads, flipbook, lists, views
from .reading.beside import conformance, offline, printed_pages, sharing
from .reading.outside import cards, feeds, sitemap
from .reading.previewing import views as previewing
from .reading.searching import views as searching
from .reading.voices import counted, letters
from .statistics.views import mine

#: Sections and calls stood here in the admin before they were words of the desk: bookmarks.
_MOVED = RedirectView.as_view(
    url="/admin/articles/%(model)s/%(rest)s", permanent=True, query_string=True
)


class _InAYear:
    """4, 7-8, s1, x1: one of a year's issues."""

    regex = numbering.SLUG

    def to_python(self, value: str) -> numbering.Which:
        return numbering.read(value)

    def to_url(self, value: str) -> str:
        """`Issue.slug`; a bare number may be another issue's address."""
        if not isinstance(value, str):
            raise ValueError("the slug of an issue names it")
        return value


register_converter(_InAYear, "issue")

urlpatterns = [
    path("", views.home, name="home"),
    path("issues/", lists.issues, name="issues"),
    path("issues/members/", lists.for_members, name="issues_for_members"),
    path("issues/<int:year>/<issue:which>/", views.issue, name="issue"),
    path("issues/<int:year>/<issue:which>/edition/", views.edition, name="edition"),
    path("issues/<int:year>/<issue:which>/cover.svg", views.issue_cover, name="issue_cover"),
    path(
        "issues/<int:year>/<issue:which>/cover.webp",
        views.issue_cover_picture,
        name="issue_cover_picture",
    ),
    path(
        "issues/<int:year>/<issue:which>/cover-small.webp",
        views.issue_cover_picture,
        {"width": cover_pictures.ON_A_WALL},
        name="issue_cover_small",
    ),
    path("issues/<int:year>/<issue:which>/card.jpg", cards.issue, name="issue_card"),
    path("calls/<int:pk>/", views.call, name="call"),
    path("issues/<int:year>/<issue:which>/issue.pdf", downloads.issue_pdf, name="issue_pdf"),
    path("issues/<int:year>/<issue:which>/issue.epub", downloads.issue_epub, name="issue_epub"),
    path("issues/<int:year>/<issue:which>/read/", flipbook.read, name="read"),
    path(
        "issues/<int:year>/<issue:which>/pages/<int:edition>/<int:page>-<int:width>.webp",
        flipbook.page_picture,
        name="page_picture",
    ),
    path("articles/<int:pk>/", views.article, name="article"),
    path("articles/<int:pk>/letters/", letters.letters, name="letters"),
    path("articles/<int:pk>/helpful/", letters.found_helpful, name="helpful"),
    path("articles/<int:pk>/card.jpg", cards.article, name="article_card"),
    path("articles/<int:pk>/long.jpg", sharing.long_picture, name="long_picture"),
    path("articles/<int:pk>/code.svg", sharing.code, name="article_code"),
    path("issues/<int:year>/<issue:which>/page/", printed_pages.go, name="printed_page"),
    path("issues/<int:year>/<issue:which>/kept.json", offline.issue, name="kept_issue"),
    path("standing.json", offline.standing, name="standing"),
    path("offline/", offline.shelf, name="offline"),
    path("sw.js", offline.worker, name="service_worker"),
    path("accessibility/", conformance.page, name="accessibility"),
    path("feed/", feeds.journal, name="feed"),
    path("sections/<slug:slug>/feed/", feeds.section, name="section_feed"),
    path("branches/<slug:slug>/feed/", feeds.branch, name="branch_feed"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.part, name="sitemap_part"),
    path("sections/", lists.sections, name="sections"),
    path("sections/<slug:slug>/", lists.section, name="section"),
    path("branches/<slug:slug>/", lists.branch, name="branch"),
    path("counted/", counted.counted, name="counted"),
    path("search/", searching.search, name="search"),
    path("search/suggest/", searching.suggest, name="suggest"),
    path("authors/<int:pk>/", lists.author, name="author"),
    path("demo/", staging.all_scenes, name="demo_scenes"),
    path("demo/<str:token>/", staging.enter, name="demo_enter"),
    path("look/<str:token>/", previewing.issue, name="look"),
    path("look/<str:token>/cover/", previewing.cover, name="look_cover"),
    path("look/<str:token>/issue.pdf", previewing.pdf, name="look_pdf"),
    path("look/<str:token>/<int:pk>/", previewing.article, name="look_article"),
    path("look/<str:token>/pictures/<uuid:picture>/", previewing.picture, name="look_picture"),
    path(
        "look/<str:token>/pictures/<uuid:picture>/<int:width>.<str:suffix>",
        previewing.picture,
        name="look_rendition",
    ),
    path("submissions/year/", mine.year, name="my_year"),
    path("submissions/branch/<slug:slug>/", mine.branch, name="branch_year"),
    path("submissions/<int:pk>/certificate.pdf", mine.certificate, name="certificate"),
    path("admin/statistics/", include("issues.statistics.views.urls")),
    re_path(r"^admin/issues/(?P<model>section|call)/(?P<rest>.*)$", _MOVED),
]
