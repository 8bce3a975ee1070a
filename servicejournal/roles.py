"""Who may do what in the admin, as data. Decisions on texts: `articles.reviewing.workflow`."""

from django.db import models


class Role(models.TextChoices):
    CONTRIBUTOR = "contributor", "投稿人"
    EDITOR = "editor", "编辑（初审）"
    SENIOR_EDITOR = "senior_editor", "副主编（复审）"
    CHIEF_EDITOR = "chief_editor", "主编（终审、签发）"
    BRANCH_HEAD = "branch_head", "单位负责人"
    AUDITOR = "auditor", "审计员"
    ADMINISTRATOR = "administrator", "管理员"


EDITORIAL = frozenset({Role.EDITOR, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR})
#: Roles that see manuscripts before publication.
DESK = EDITORIAL | {Role.AUDITOR}
#: Roles that may enter the admin.
STAFF = DESK | {Role.ADMINISTRATOR}
#: Roles that one person asks for and another confirms.
BY_TWO = frozenset({Role.CHIEF_EDITOR, Role.ADMINISTRATOR})
#: Who may be that other person.
SECOND = frozenset({Role.CHIEF_EDITOR, Role.ADMINISTRATOR})


def _on(models_: str, *actions: str) -> set[str]:
    pairs = (name.split(".") for name in models_.split())
    return {f"{app}.{action}_{model}" for app, model in pairs for action in actions}


_MANUSCRIPTS = "articles.article articles.authorship articles.picture"
_PEOPLE = "articles.branch articles.author"
_JOURNAL = "articles.section articles.call articles.houseterm issues.issue issues.backissueimport"
_OUTCOMES = (
    "articles.review articles.notice articles.waiver articles.deputy"
    " issues.edition issues.correction issues.proof issues.echo"
)
#: What branches wrote: seen by the desk. Fees: by the chief editor and administrators.
_MERITS = "issues.quota issues.praise issues.bulletin"
_FEES = "issues.feerule issues.taxrule issues.feesheet"
_ROLES = "servicejournal.rolegrant"
_GROUND = "servicejournal.user servicejournal.masthead"

_EDIT = (
    _on(f"{_MANUSCRIPTS} {_PEOPLE} {_JOURNAL}", "view", "add", "change")
    | _on(f"{_PEOPLE} {_JOURNAL} articles.authorship articles.picture", "delete")
    | _on(_OUTCOMES, "view")
    | _on(_MERITS, "view", "add", "change", "delete")
    | _on("issues.pointrule", "view")
    | _on("servicejournal.masthead", "view", "change")
    # Of contributors alone; `AccountAdmin` and `links` see to that.
    | _on("servicejournal.user", "view", "confirm", "enrol", "invite")
)

_PAY = _on("issues.feerule issues.taxrule", "view", "add", "change", "delete") | _on(
    "issues.feesheet", "view", "change"
)

PERMISSIONS: dict[Role, set[str]] = {
    Role.CONTRIBUTOR: set(),
    # Of which branches: `articles.people`.
    Role.BRANCH_HEAD: set(),
    Role.EDITOR: _EDIT,
    Role.SENIOR_EDITOR: _EDIT | _on("issues.correction", "add"),
    Role.CHIEF_EDITOR: _EDIT
    | _on("issues.correction", "add")
    | _PAY
    | _on("issues.pointrule", "add", "change", "delete"),
    Role.AUDITOR: _on(
        f"{_MANUSCRIPTS} {_PEOPLE} {_JOURNAL} {_OUTCOMES} {_GROUND} {_ROLES} {_MERITS} {_FEES}"
        " issues.pointrule articles.branchhead"
        " servicejournal.record servicejournal.claimrule articles.historicalarticle",
        "view",
    ),
    Role.ADMINISTRATOR: _on(_GROUND, "view", "add", "change")
    | _on("servicejournal.user", "confirm", "enrol", "invite")
    # What a token of single sign-on gives: roles that take two are not among it.
    | _on("servicejournal.claimrule", "view", "add", "change", "delete")
    # Given and taken back, never rewritten.
    | _on(_ROLES, "view", "add", "delete")
    | _on("servicejournal.record", "view")
    | _PAY
    | _on("articles.branchhead", "view", "add", "delete")
    | _on(f"{_PEOPLE} articles.deputy", "view"),
}


def permissions_of(roles: set[str]) -> set[str]:
    """The admin permissions ("app.action_model") that a set of roles gives together."""
    return set().union(*(PERMISSIONS[Role(role)] for role in roles))
