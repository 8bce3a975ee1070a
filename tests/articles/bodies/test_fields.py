"""The editor's field: clean whoever writes, one file to change, nothing served that is not used."""

import json

import pytest
from django.apps import apps
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ValidationError
from django.db import models

from articles.bodies.fields import (
    EDITOR,
    LengthField,
    RichTextField,
    RichTextFormField,
    RichTextWidget,
)
from articles.models import Article
from servicejournal.django_apps import UNUSED_PLUGINS
from tests.factories import a_user, an_article

HOSTILE = '<p onclick="alert(1)">好<script>alert(1)</script></p>'
PLUGINS = "ckeditor/ckeditor/plugins/"


@pytest.mark.django_db
class TestWhatIsStored:
    def test_create_cleans(self):
        article = Article.objects.create(title="题", body=HOSTILE, contributor=a_user())
        article.refresh_from_db()
        assert article.body == "<p>好</p>"

    def test_save_cleans(self):
        article = an_article()
        article.body = HOSTILE
        article.save()
        article.refresh_from_db()
        assert article.body == "<p>好</p>"

    def test_bulk_create_cleans_and_counts(self):
        Article.objects.bulk_create([Article(title="题", body=HOSTILE, contributor=a_user())])
        article = Article.objects.get(title="题")
        assert (article.body, article.length) == ("<p>好</p>", 1)

    def test_bulk_update_cleans(self):
        article = an_article()
        article.body = HOSTILE
        Article.objects.bulk_update([article], ["body"])
        article.refresh_from_db()
        assert article.body == "<p>好</p>"

    def test_a_query_that_updates_cleans(self):
        article = an_article()
        Article.objects.filter(pk=article.pk).update(body=HOSTILE)
        article.refresh_from_db()
        assert article.body == "<p>好</p>"

    def test_the_history_holds_the_clean_text_too(self):
        article = an_article(body=HOSTILE)
        assert article.history.first().body == "<p>好</p>"

    def test_the_length_follows_the_body(self):
        article = an_article(body="<p>一 二\n三</p>")
        assert article.length == 3
        article.body = "<p>一</p>"
        article.save(update_fields=["body", "length"])
        article.refresh_from_db()
        assert article.length == 1


@pytest.mark.parametrize(
    ("field", "plain"),
    [(RichTextField("正文"), "TextField"), (LengthField(), "PositiveIntegerField")],
)
def test_migrations_know_nothing_of_the_editor(field, plain):
    assert field.deconstruct()[1] == f"django.db.models.{plain}"
    assert isinstance(field, getattr(models, plain))


class TestTheFormField:
    def test_gives_clean_html(self):
        assert RichTextFormField().clean(HOSTILE) == "<p>好</p>"

    @pytest.mark.parametrize("empty", ["", "<p>&nbsp;</p>", "<script>alert(1)</script>"])
    def test_required_means_words_and_not_markup(self, empty):
        with pytest.raises(ValidationError):
            RichTextFormField().clean(empty)
        assert RichTextFormField(required=False).clean(empty) == ""

    def test_a_refusal_is_a_sentence(self):
        with pytest.raises(ValidationError, match="太长"):
            RichTextFormField().clean("字" * 400_001)

    def test_a_nul_is_refused_in_words(self):
        with pytest.raises(ValidationError, match="看不见的控制字符"):
            RichTextFormField().clean("存\x00款")

    def test_what_goes_back_into_the_editor_is_clean(self):
        assert RichTextFormField().bound_data(HOSTILE, "") == "<p>好</p>"

    def test_what_was_refused_goes_back_as_words(self):
        raw = "<blockquote>" * 99 + "存<script>"
        assert RichTextFormField().bound_data(raw, "") == "<p>存</p>"


class TestTheEditor:
    def config(self):
        context = RichTextWidget().get_context("body", "", {"id": "id_body"})
        return json.loads(context["widget"]["config"])

    def test_is_chinese_and_asks_no_third_party(self):
        config = self.config()
        assert (config["language"], config["versionCheck"]) == ("zh-cn", False)
        assert {"exportpdf", "scayt", "wsc"} <= set(config["removePlugins"].split(","))
        assert "://" not in json.dumps(config)

    def test_uploads_to_our_own_address_only(self):
        config = self.config()
        addresses = {name: value for name, value in config.items() if "UploadUrl" in name}
        assert set(addresses.values()) == {"/pictures/"}
        assert config["uploadUrl"] == "/pictures/"

    def test_allows_only_what_it_names(self):
        assert self.config()["allowedContent"] is not True
        for forbidden in ("script", "style", "iframe", "on", "*", "class"):
            assert f"{forbidden};" not in EDITOR["allowedContent"]
            assert f" {forbidden} " not in EDITOR["allowedContent"]

    def test_our_script_comes_after_the_editor_and_before_it_starts(self):
        scripts = str(RichTextWidget().media)
        assert scripts.index("ckeditor/ckeditor") < scripts.index("articles/editor")
        assert "defer" not in scripts
        assert "module" not in scripts

    def test_is_a_plain_text_area_without_scripts(self):
        html = RichTextWidget().render("body", "<p>好</p>", {"id": "id_body"})
        assert "<textarea" in html
        assert "&lt;p&gt;好&lt;/p&gt;" in html


def files(patterns: list[str]) -> set[str]:
    return {path for finder in get_finders() for path, _ in finder.list(patterns)}


@pytest.fixture(scope="module")
def served() -> set[str]:
    return files(apps.get_app_config("staticfiles").ignore_patterns)


class TestWhatIsServed:
    @pytest.mark.parametrize("plugin", UNUSED_PLUGINS)
    def test_no_file_of_a_removed_plugin(self, served, plugin):
        assert not [path for path in served if path.startswith(f"{PLUGINS}{plugin}/")]

    def test_no_samples_and_no_pages_of_the_editor(self, served):
        suspicious = ("sample", "galleriffic", "build-config", "bender")
        assert not [path for path in served if any(word in path for word in suspicious)]
        assert not [
            path for path in served if "ckeditor" in path and path.endswith((".html", ".php"))
        ]

    def test_nothing_of_any_other_app_is_left_out(self, served):
        everything = files([])
        left_out = {path for path in everything - served if not path.startswith("ckeditor/")}
        assert left_out == set()

    def test_every_plugin_that_the_editor_loads_is_there(self, served):
        needed = {"image2", "autogrow", "uploadimage", "pastefromword", "link", "table", "widget"}
        there = {path.removeprefix(PLUGINS).split("/")[0] for path in served if PLUGINS in path}
        assert needed <= there

    def test_licences_stay_with_what_they_license(self, served):
        assert "ckeditor/ckeditor/LICENSE.md" in served
