"""Every page of the desk in plain Chinese: no gap, no English sentence, no term of the engine."""

import ast
import gettext
import html
import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from articles.models import BranchHead, Deputy, HouseTerm, Notice, Waiver
from issues.models import (
    BackIssueImport,
    Correction,
    Echo,
    FeeRule,
    PointRule,
    Proof,
    TaxRule,
)
from servicejournal import record
from servicejournal.admin_site import current
from servicejournal.models import ClaimRule, Masthead
from servicejournal.roles import Role
from tests.factories import a_call, a_section, a_user, an_article, an_issue

#: Names of things and of formats, which Chinese editors say in English themselves.
NAMES = (
    "Service culture special issue|Excel|Word|PDF|EPUB|SHA-256|URL|JSON|ISSN|CSP|Control|Command|"
    "Mac|Esc|Enter|Ctrl|Alt|A4|zip"
)
UNWANTED = {
    "the engine": r"盐|哈希|迭代|pbkdf2|sha256\$|LDAP|单一登入|对象表示|内容类型|应用程序|站点",
    "Django's verbs": r"增加(?= |[\u4e00-\u9fff])|来修改|来查看|个中|被选|以 \S+ ?$|欢迎，|过滤器",
    "an English sentence": r"[A-Za-z’']{2,}(?: [A-Za-z’']+){2,}",
    "a gap": r"(?:删除|修改|查看|选择|所选的|新建|您好，|以) +[\u4e00-\u9fff]",
    "another's word for 您": r"你",
    "a whole for one of it": r"(?:新建|修改|查看|删除|所选的)本刊词表|(?:修改|查看)期$|^按\S+到谁$",
    "a colon of half a width": r"[\u4e00-\u9fff]: ",
    "a bare name": r"^(?:error|warn|info|fix|block|None|True|False|[A-Z]\d\d)$",
}
_OURS = settings.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES"


def words(page: str) -> list[str]:
    """What stands between tags, and what buttons and fields are called, each for itself."""
    page = re.sub(r"<(script|style|head|textarea)\b.*?</\1>|<!--.*?-->", "", page, flags=re.DOTALL)
    title = re.findall(r"<title>(.*?)</title>", page, flags=re.DOTALL)
    said = re.findall(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"', page)
    # English names of sections stand in a `lang` of their own, or in fields of their own.
    page = re.sub(r"<(/?)(?:a|b|strong|em|span|label)\b[^>]*>", "", page)
    between = re.split(r"<[^>]+>", page)
    return [html.unescape(each).strip() for each in [*title, *said, *between] if each.strip()]


def unwanted(page: str) -> list[tuple[str, str]]:
    found = []
    for each in words(page):
        plain = re.sub(NAMES, "", each)
        for kind, pattern in UNWANTED.items():
            if re.search(pattern, plain):
                found.append((kind, each[:80]))
    return found


@pytest.fixture
def desk(db):
    """A row of everything that the desk lists."""
    chief, other = a_user(Role.CHIEF_EDITOR, name="秦望"), a_user(Role.EDITOR, name="程砚")
    article = an_article(title="三号窗口", status="first_review")
    article.reviews.create(
        stage="first", decision="pass", reviewer=other, round=1, digest=article.digest()
    )
    Waiver.objects.create(
        article=article,
        rule="D04",
        anchor="a",
        quote="粘性",
        level="error",
        reason="原文",
        by=other,
    )
    HouseTerm.objects.create(word="柜台", preferred="柜面")
    Notice.objects.create(
        recipient=chief, kind="received", key="a", article=article, subject="收到", words="好。"
    )
    today = timezone.localdate()
    Deputy.objects.create(
        user=other, stage="second", starts=today, ends=today, granted_by=chief, why="出差"
    )
    out = an_issue(published=True, articles=1)
    Correction.objects.create(
        article=out.articles.get(), edition=out.standing, by=chief, reason="错字"
    )
    Proof.objects.create(issue=an_issue(), round=1, proofreader=other, digest="a" * 64)
    BackIssueImport.objects.create(
        issue=out, file_name="a.txt", sha256="a" * 64, imported_by=chief, doubts=[]
    )
    a_call()
    since = date(2026, 1, 1)
    FeeRule.objects.create(since=since, basis="thousand", fen=8000)
    TaxRule.objects.create(since=since)
    PointRule.objects.create(since=since, what="printed", hundredths=200)
    Echo.objects.create(article=out.articles.get(), words="写得真切。", name="一位读者")
    branch = article.authors.get().branch
    BranchHead.objects.create(user=other, branch=branch, appointed_by=chief)
    ClaimRule.objects.create(claim="groups", value="journal", role=Role.EDITOR)
    Masthead.objects.get_or_create(pk=1)
    record.write("开始初审", article, by=other)
    return chief


def pages(admin) -> list[str]:
    """Addresses of one kind of row: its list, its form, and of the first row all there is."""
    name = f"{admin.opts.app_label}_{admin.opts.model_name}"
    row = admin.model._default_manager.order_by("pk").first()
    found = [reverse(f"admin:{name}_changelist"), reverse(f"admin:{name}_add")]
    for kind in ("change", "delete", "history") if row else ():
        try:
            found.append(reverse(f"admin:{name}_{kind}", args=[row.pk]))
        except NoReverseMatch:
            continue
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.CHIEF_EDITOR, Role.ADMINISTRATOR, Role.AUDITOR])
def test_no_page_of_the_desk_speaks_otherwise(client, desk, role):
    user = desk if role == Role.CHIEF_EDITOR else a_user(role, name="柳青")
    client.force_login(user)
    wrong, opened = [], 0
    addresses = [each for admin in current()._registry.values() for each in pages(admin)]
    for address in ["/admin/", *addresses]:
        answer = client.get(address, follow=True)
        opened += answer.status_code == 200
        wrong += [(address, *each) for each in unwanted(answer.text)]
    assert sorted(set(wrong)) == []
    assert opened > 12


@pytest.mark.django_db
def test_a_page_with_the_engines_words_is_seen():
    """The list above would be empty for a net with holes."""
    for said in (
        "<h1>增加 期</h1>",
        "<h1>选择 栏目 来修改</h1>",
        "<p><strong>盐</strong>: abc</p>",
        "<p>After you’ve created a user, you’ll be able to edit more user options.</p>",
        "<td>error</td>",
        "<td>D04</td>",
        '<button title="删除所选的 期"></button>',
        "<p>您可以用LDAP。</p>",
        "<h1>修改期</h1>",
        "<li>稿件: 三号窗口</li>",
        '<a href="#">新建本刊词表</a>',
    ):
        assert unwanted(said), said


@pytest.mark.django_db
def test_messages_and_questions_after_a_press_have_no_gaps_either(client, desk):
    client.force_login(desk)
    section = a_section()
    for data in (
        {"action": "delete_selected", "_selected_action": [section.pk]},
        {"action": "delete_selected"},
    ):
        answer = client.post("/admin/articles/section/", data, follow=True)
        assert unwanted(answer.text) == []
    data = {"word": "网点", "preferred": "", "level": "warn", "why": "", "variants": ""}
    answer = client.post("/admin/articles/houseterm/add/", data, follow=True)
    assert "已新建词条“网点”。" in words(answer.text)
    assert unwanted(answer.text) == []
    wanting = client.post("/admin/articles/houseterm/add/", {**data, "word": ""})
    assert "没有保存，请改正下面标红的地方。" in wanting.text
    assert unwanted(wanting.text) == []


@pytest.mark.django_db
def test_scripts_of_the_desk_say_it_too(client, desk):
    client.force_login(desk)
    scripts = client.get("/admin/jsi18n/").text
    assert json.dumps("共 %(cnt)s 项，已选 %(sel)s 项")[1:-1] in scripts


@pytest.mark.django_db
def test_a_row_of_the_record_has_a_page_that_says_it(client, desk):
    row = record.write("停用账号", desk, by=desk, why="调离", role="编辑")
    client.force_login(a_user(Role.ADMINISTRATOR, name="柳青"))
    said = words(client.get(f"/admin/servicejournal/record/{row.pk}/change/").text)
    for each in ("停用账号", "调离", "编辑"):
        assert each in said


@pytest.mark.django_db
def test_nobody_is_shown_how_a_password_is_kept(client, desk):
    client.force_login(a_user(Role.ADMINISTRATOR, name="柳青"))
    page = client.get(f"/admin/servicejournal/user/{desk.pk}/change/").text
    assert "已设密码" in page
    assert "pbkdf2" not in page
    desk.set_unusable_password()
    desk.save()
    assert "没有设密码" in client.get(f"/admin/servicejournal/user/{desk.pk}/change/").text


@pytest.mark.parametrize("name", ["django", "djangojs"])
def test_what_is_compiled_is_what_is_written(name):
    """`msgfmt` was run after the last change."""
    written = _written(_OURS / f"{name}.po")
    with (_OURS / f"{name}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert len(written) > 5
    for said, ours in written.items():
        assert compiled.ngettext(said, said, 1) == ours or compiled.gettext(said) == ours
    for ours in written.values():
        assert "你" not in ours


def _written(path: Path) -> dict[str, str]:
    pairs, said = {}, ""
    for line in path.read_text("utf-8").splitlines():
        kind, _, quoted = line.partition(" ")
        if kind == "msgid":
            said = ast.literal_eval(quoted)
        elif kind in ("msgstr", "msgstr[0]") and said:
            pairs[said] = ast.literal_eval(quoted)
    return pairs


def the_fields(page: str) -> dict[str, str]:
    """What the form of a page would send, as it stands."""
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", page):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" in told and told.get("type") not in ("submit", "checkbox", "radio", "file"):
            found[told["name"]] = html.unescape(told.get("value", ""))
    for name, choices in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', choices)
        found[name] = chosen[1] if chosen else ""
    for name, text in re.findall(
        r'<textarea name="([^"]*)"[^>]*>(.*?)</textarea>', page, re.DOTALL
    ):
        found[name] = html.unescape(text)
    return found


def is_of_the_form(name: str) -> bool:
    """What a form sends of itself, and what looks for a row."""
    return "FORMS" in name or name.endswith("-id") or name in ("writer", "q")


def doubled(page: str) -> list[str]:
    """Sentences that one field says more than once, or two fields' lists under one name."""
    lists = re.findall(
        r'<ul class="errorlist[^"]*"(?: id="([^"]*)")?[^>]*>(.*?)</ul>', page, re.DOTALL
    )
    said = [(name, line) for name, each in lists for line in re.findall(r"<li>(.*?)</li>", each)]
    return [line for name, line in set(said) if said.count((name, line)) > 1]


@pytest.mark.django_db
def test_no_form_of_the_desk_says_an_error_twice(client, desk):
    user = a_user(Role.CHIEF_EDITOR, Role.ADMINISTRATOR, name="柳青")
    client.force_login(user)
    wrong, refused = [], 0
    for admin in current()._registry.values():
        name = f"{admin.opts.app_label}_{admin.opts.model_name}"
        add, row = reverse(f"admin:{name}_add"), admin.model._default_manager.first()
        page = client.get(add)
        if page.status_code != 200:
            continue
        fields = the_fields(page.text)
        blank = {each: value if is_of_the_form(each) else "" for each, value in fields.items()}
        sent = [blank]
        if row:
            there = the_fields(client.get(reverse(f"admin:{name}_change", args=[row.pk])).text)
            sent.append({**fields, **{k: v for k, v in there.items() if not is_of_the_form(k)}})
        for data in sent:
            answer = client.post(add, data)
            refused += answer.status_code != 302
            wrong += [(add, line) for line in doubled(answer.text)]
    assert wrong == []
    assert refused > 10


def test_a_doubled_error_is_seen():
    line = '<ul class="errorlist" id="id_name_error"><li>这个字段是必填项。</li></ul>'
    assert doubled(line * 2) == ["这个字段是必填项。"]
    assert doubled(line + line.replace("name", "slug")) == []
