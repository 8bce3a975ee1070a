"""A journal that has something of everything, and where each page of the desk and of writers is."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.urls import URLPattern, resolve, reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

import articles.urls
from articles.admin.queue import batch
from articles.models import Article, BranchHead, Deputy
from articles.reviewing import commenting, saved_views
from articles.writing import endorsement
from issues.making import corrections, proposals, quality
from issues.making.leader import links, notes
from issues.models import Echo, Edition, FeeRule, FeeSheet, Issue, PointRule, TaxRule
from issues.statistics import fees
from issues.statistics.views import urls as statistics
from servicejournal.accounts import registration, views
from servicejournal.accounts.registration import Person
from servicejournal.models import ClaimRule, RoleRequest, User
from servicejournal.roles import Role
from tests.articles.filling_in import a_draft, handed_in, sent_back
from tests.factories import a_call, a_picture, a_section, a_user, an_article, an_issue
from tests.issues.test_lists import filled
from tests.readers_journal import EVERYTHING

#: What the proofreading finds something in.
WRONG = "<p>他说,请坐。</p>"
#: Every page that Django gives a model.
OF_A_LIST = ("changelist", "add")
OF_A_ROW = ("change", "delete", "history")
#: Addresses of the desk that are no pages to look at, each with the reason.
NO_PAGES = {
    "app_list": "is the dashboard, whichever the app",
    "autocomplete": "answers a script",
    "jsi18n": "is a script",
    "login": "sends on to the one sign-in page",
    "logout": "takes a form",
    "password_change": "is the writers' page of the same, below",
    "password_change_done": "is the writers' page of the same, below",
    "view_on_site": "sends on to a readers' page",
    "auth_user_password_change": "is closed: nobody sets another's password",
    "servicejournal_user_take_back": "takes a form",
    "servicejournal_user_close": "takes a form",
    "servicejournal_user_reopen": "takes a form",
    "servicejournal_user_list_template": "is a file",
    "servicejournal_user_list_carry_out": "takes a form",
    "servicejournal_user_slips": "takes a form: the list of accounts sends it",
    "articles_article_presence": "answers a script",
    "articles_article_comment": "takes a form; refused, it is the review page",
    "articles_article_mend": "takes a form; refused, it is the review page",
    "articles_article_settle": "takes a form",
    "articles_article_findings": "takes a form",
    "articles_article_review_sheet": "is a file",
    "articles_article_reading_copy": "is a file",
    "articles_article_reading_copies": "is a file",
    "issues_issue_reading_copy": "is a file",
    "issues_issue_galley_findings": "takes a form",
    "issues_note_settle": "takes a form",
    "articles_article_assign": "takes a form; refused, it is the review page",
    "articles_article_view_save": "takes a form",
    "articles_article_export": "is a file",
    "articles_review_export": "is a file",
    "articles_historicalarticle_export": "is a file",
    "servicejournal_record_export": "is a file",
    "articles_notice_again": "takes a form",
    "articles_branch_up_to_date": "takes a form",
    "articles_author_up_to_date": "takes a form",
    "articles_deputy_revoke": "takes a form",
    "issues_backissueimport_change": "sends on to the issue that was imported",
    "issues_backissueimport_pdf": "follows an upload, in whose session alone it is",
    "issues_issue_making": "answers a script",
    "issues_issue_board_state": "answers a script",
    "issues_issue_board_step": "answers a script",
    "issues_issue_make_up": "sends on to the board",
    "issues_issue_sheet": "is a picture of the flat plan",
    "issues_issue_pages": "answers a script",
    "issues_issue_wechat_preview": "is the mail-like sheet inside the page of the article",
    "issues_issue_wechat_pictures": "is a file",
    "issues_issue_print": "is a file",
    "issues_issue_parcel": "is a file",
    "issues_issue_dummy": "is a file",
    "issues_issue_archive": "is a file",
    "issues_issue_edition": "is a file",
    "statistics_charts_pdf": "is a file",
    "statistics_table": "is a file",
    "statistics_bulletin_docx": "is a file",
    "statistics_volume_pdf": "is a file",
    "statistics_payment": "is a file",
    **{
        f"auth_group_{page}": "is for nobody: rights are roles, and no role sees Django's groups"
        for page in (*OF_A_LIST, *OF_A_ROW)
    },
}


#: Likewise, of writers.
NO_PAGES_OF_WRITERS = {
    "word_upload": "answers a script",
    "word_picture": "answers a script",
    "attachment": "is a file",
    "submission_second_look": "is a piece of the page before handing in",
    "submission_recall": "takes a form",
    "branch_year": "is a branch's year for its head, as one's own",
    "certificate": "is a file",
    "endorse_picture": "is a picture",
    "endorse_picture_rendition": "is a picture",
    "notice": "takes a form",
    "notices_read": "takes a form",
    "picture_upload": "answers a script",
    "picture": "is a picture",
    "picture_thumbnail": "is a picture",
    "picture_rendition": "is a picture",
    "mine": "is a piece of other pages",
    "login_code": "is seen while signing in, in test_second_factor.py",
    "login_enrol": "is seen while signing in, in test_second_factor.py",
    "login_password": "is seen while signing in; a page as that of a one-time link",
    "prove": "sends on whoever has no second factor; a page as that of the code",
    "second_factor_codes": "takes a form",
    "second_factor_off": "takes a form",
    "single_sign_on": "leads to another site",
    "single_sign_on_back": "takes what another site sends",
    "logout": "takes a form",
}


#: Addresses of writers that `issues` has.
_OF_THEIR_YEAR = {"my_year", "branch_year", "certificate"}
_OF_STATISTICS = (
    "", "charts/", "points/", "reading/", "rows/", "praise/", "quotas/", "bulletin/", "volume/",
    "fees/",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """Who looks at everything, and the rows that pages of the desk's own are about."""

    chief: User
    newcomer: User
    request: RoleRequest
    waiting: Article
    accepted: Article
    making: Issue
    out: Issue
    printed: Article
    proposal: Any
    enrolled: str

    def pages_of_its_own(self) -> list[str]:
        """Those that Django does not give."""
        chosen = "&".join(f"chosen={pk}" for pk in Article.objects.values_list("pk", flat=True)[:5])
        row = self.waiting.authors.get()
        return [
            reverse("admin:index"),
            at("servicejournal_user_confirm", self.newcomer.pk),
            at("servicejournal_user_roles", self.newcomer.pk),
            at("servicejournal_user_leaving", self.newcomer.pk),
            at("servicejournal_user_role_request", self.request.pk),
            at("servicejournal_user_signing_in", self.newcomer.pk),
            at("servicejournal_user_list"),
            at("servicejournal_user_list_outcome", self.enrolled),
            at("articles_article_review", self.waiting.pk),
            at("articles_article_review", self.printed.pk),
            at("articles_article_review", self.accepted.pk),
            at("articles_article_edit", self.waiting.pk),
            at("articles_article_hand_over"),
            *(f"{at('articles_article_batch', step)}?{chosen}" for step in batch.STEPS),
            at("articles_article_views"),
            at("articles_branch_close", row.branch_id),
            at("articles_branch_merge"),
            at("articles_branch_rename", row.branch_id),
            at("articles_author_merge"),
            at("articles_author_rename", row.pk),
            at("issues_backissueimport_upload"),
            at("issues_issue_board", self.making.pk),
            at("issues_issue_cover", self.making.pk),
            at("issues_issue_proofs", self.making.pk),
            at("issues_issue_looking", self.making.pk),
            at("issues_issue_galley", self.making.pk, self.making.articles.first().pk),
            at("articles_article_reading_copy_back"),
            at("issues_issue_quality", self.making.pk),
            at("issues_issue_quality", self.out.pk),
            at("issues_issue_reading", self.out.pk),
            at("issues_issue_release", self.making.pk),
            at("issues_issue_printer", self.making.pk),
            at("issues_issue_release", self.out.pk),
            at("issues_issue_wechat", self.out.pk),
            at("issues_issue_wechat", self.making.pk),
            at("issues_issue_wechat", self.out.pk, self.printed.pk),
            at("issues_issue_correct", self.out.pk),
            at("issues_article_correct", self.printed.pk),
            at("issues_proposal", self.proposal.pk),
            at("issues_article_withdraw", self.printed.pk),
            at("issues_issue_facts", self.out.pk),
            *(f"/admin/statistics/{each}?period=2026&what=printed" for each in _OF_STATISTICS),
            f"/admin/statistics/fees/{FeeSheet.objects.get(issue=self.out).pk}/",
        ]

    def pages(self) -> Iterator[str]:
        yield from self.pages_of_its_own()
        for model in set(admin.site._registry) - {Group}:
            of = f"{model._meta.app_label}_{model._meta.model_name}"
            yield from (at(f"{of}_{page}") for page in OF_A_LIST)
            row = model._default_manager.first()
            assert row, f"the journal of this test has no {of}: its pages would go unseen"
            yield from (at(f"{of}_{page}", row.pk) for page in OF_A_ROW)

    def refused(self) -> list[tuple[str, dict[str, str]]]:
        """Pages that only a POST gives: what is stale, and what lacks something."""
        review = at("articles_article_review", self.waiting.pk)
        old = {"state": "submitted.1.0.", "digest": "0" * 64, "opinion": "写得好。"}
        return [
            (review, {"action": "pass", **old}),
            (review, {"action": "return"}),
            (at("articles_article_edit", self.waiting.pk), {"title": "", "body": "<p>一段。</p>"}),
            (at("articles_deputy_changelist"), {"why": "出差"}),
            (at("articles_houseterm_add"), {"word": ""}),
            (at("articles_article_add"), {"title": ""}),
            (at("issues_issue_add"), {"year": ""}),
            (at("issues_issue_proofs", self.making.pk), {"step": "finish", "words": "改了两处"}),
            (at("issues_issue_release", self.making.pk), {"step": "publish", "edition": "99"}),
            (
                at("issues_issue_release", self.out.pk),
                {"step": "withdraw", "edition": "99", "why": "错"},
            ),
            (at("issues_echo_change", Echo.objects.latest("pk").pk), {"step": "refuse"}),
            (at("issues_article_correct", self.printed.pk), {"title": "", "reason": "错字"}),
            (at("issues_article_withdraw", self.printed.pk), {"why": ""}),
            (at("issues_issue_facts", self.out.pk), {"reason": ""}),
        ]


def at(name: str, *args: Any) -> str:
    return reverse(f"admin:{name}", args=args)


def names_of_the_desk() -> set[str]:
    """Of every address that the admin site, and whoever is registered with it, has."""
    patterns = [*admin.site.get_urls(), *statistics.urlpatterns]
    return {each.name for each in _patterns(patterns) if each.name}


def names_of_the_writers() -> set[str]:
    own = {each.name for each in (*articles.urls.urlpatterns, *views.urlpatterns) if each.name}
    return own | _OF_THEIR_YEAR


def names_at(addresses: Iterable[str]) -> set[str]:
    found = (resolve(urlsplit(address).path).url_name for address in addresses)
    return {name for name in found if name}


def _patterns(among: list[Any]) -> Iterator[URLPattern]:
    for each in among:
        if isinstance(each, URLPattern):
            yield each
        else:
            yield from _patterns(each.url_patterns)


def a_desk() -> Desk:
    filled(2)
    chief = a_user(*Role, is_superuser=True, name="秦望")
    administrator = a_user(Role.ADMINISTRATOR, name="柳青")
    saved_views.save(by=chief, name="等初审的", query="status=submitted")
    waiting = an_article(
        title="雨天的伞",
        status="first_review",
    )
    waiting.body = WRONG + EVERYTHING.format(
        token=a_picture(waiting).token, heads="<th>数</th>", cells="<td>1</td>", long=""
    )
    waiting.save()
    commenting.comment(waiting, by=a_user(Role.EDITOR), words="是哪天？", audience="desk")
    accepted = an_article(title="四封信", status="accepted", section=a_section())
    today = timezone.localdate()
    Deputy.objects.create(
        user=administrator, stage="final", why="出差", granted_by=chief, starts=today, ends=today
    )
    making = an_issue(date=today + timedelta(days=20), theme="冬天里的那盏灯", articles=3)
    out = an_issue(published=True, articles=2, date=date(2026, 6, 24))
    printed = out.articles.first()
    Edition.objects.filter(issue=out).update(page_count=2)
    base = corrections.base_of(printed)
    proposal = proposals.propose(
        printed,
        by=a_user(Role.SENIOR_EDITOR),
        base=base,
        reason="写错了。",
        section=a_section("preamble"),
    )
    a_call(issue=making)
    ClaimRule.objects.create(claim="groups", value="journal", role=Role.EDITOR)
    role = RoleRequest.objects.create(
        user=a_user(Role.EDITOR), role=Role.CHIEF_EDITOR, asked_by=administrator, why="接任"
    )
    branch = waiting.authors.get().branch
    newcomer = registration.register(
        Person(staff_number="204417", name="何晓棠", branch=branch, mobile="13800000000"),
        password="a-long-enough-pass-phrase",
    )
    listed = Person(staff_number="204418", name="何晓梅", branch=branch, mobile="13800000001")
    enrolled = str(uuid.uuid4())
    registration.enrol([listed], by=chief, list_id=enrolled)
    quality.draw(making, by=chief)
    link = links.make(making, by=chief, for_whom="张行长")
    first = making.articles.first()
    said = notes.Said("题目再短一点。", first.title)
    notes.by_link(link, name="张行长", said=said, article=first)
    since = date(2020, 1, 1)
    FeeRule.objects.create(since=since, basis="thousand", fen=8000, at_least_fen=3000)
    TaxRule.objects.create(since=since)
    PointRule.objects.create(since=since, what="printed", hundredths=200)
    fees.reckon(Edition.objects.get(standing_for=out), by=chief)
    BranchHead.objects.create(user=administrator, branch=branch, appointed_by=chief)
    return Desk(chief, newcomer, role, waiting, accepted, making, out, printed, proposal, enrolled)


def pages_of(writer: User) -> list[str]:
    """Those of a writer who is signed in, with a manuscript in each state that looks different."""
    draft, sent, returned = a_draft(writer), handed_in(writer), sent_back(writer, told=True)
    printed = an_article(
        contributor=writer, title="母亲的存折", issue=an_issue(published=True, articles=1)
    )
    a_call()
    manuscripts = (draft, sent, returned, printed)
    return [
        "/submit/",
        "/submissions/",
        "/submissions/year/",
        *(f"/submissions/{each.pk}/" for each in manuscripts),
        *(f"/submissions/{each.pk}/edit/" for each in (draft, returned)),
        f"/submissions/{draft.pk}/preview/",
        f"/submissions/{draft.pk}/preview/sheet/",
        f"/submissions/{draft.pk}/hand-in/",
        f"/submissions/{returned.pk}/hand-in/",
        f"/submissions/{sent.pk}/receipt/",
        f"/submissions/{sent.pk}/withdraw/",
        f"/submissions/{returned.pk}/versions/",
        "/notices/",
        "/accounts/",
        "/accounts/password/",
        "/accounts/devices/",
        "/accounts/second-factor/",
    ]


def pages_of_nobody(writer: User) -> list[str]:
    """Those of whoever is not signed in."""
    whose = urlsafe_base64_encode(force_bytes(writer.pk))
    reset = whose, default_token_generator.make_token(writer)
    asked = endorsement.ask(a_draft(writer, title="三号窗口"), by=writer, declared=["本人写的"])
    return [
        "/accounts/login/",
        "/accounts/register/",
        "/accounts/reset/",
        "/accounts/reset/sent/",
        reverse("set_password", args=reset),
        f"/endorse/{endorsement.token_of(asked)}/",
    ]
