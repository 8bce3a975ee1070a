"""A section's page says what the section is. The ten of the printed journal begin with a text."""

from typing import Any

from django.db import migrations, models

ABOUT = {
    "preamble": "每期翻开的第一篇：说说这一期为什么这样编，也说说这个季节里的人和事。",
    "service-management": "网点和部门怎样把服务管好：试过的做法，改过的制度，算过的账。",
    "service-discussion": "一件小事该怎么看？有观点，有依据，也欢迎写文章来商量。",
    "service-sketch": "少说话，多看看。镜头和速写里的网点、街巷和一天。",
    "service-vanguard": "写身边的人。他们未必得过奖，可是大家遇到难处会先想起他们。",
    "service-emotion": "散文、随笔和诗。上班路上、柜台后面、下班以后，心里动过的那一下。",
    "extraterritorial-service": "走出去看别人怎样待客，带一点回来用。",
    "service-support": "看不见的那一半：机房、金库、后台和电话那头，怎样托住前台。",
    "service-echoes": "客户写来的信，我们的回音。说好的听着，说不好的改着。",
    "service-innovate": "一件小发明，一个新流程。不求大，求用得上。",
}


def fill_in(apps: Any, schema_editor: Any) -> None:
    """Where editors have written nothing."""
    Section = apps.get_model("articles", "Section")
    for slug, words in ABOUT.items():
        Section.objects.filter(slug=slug, about="").update(about=words)


class Migration(migrations.Migration):
    dependencies = [("articles", "0045_leads_of_an_issue")]
    operations = [
        migrations.AddField(
            "section",
            "about",
            models.CharField(
                "给读者的话",
                max_length=200,
                blank=True,
                default="",
                db_default="",
                help_text="印在读者的栏目页上：这个栏目写什么人、什么事，一两句话。",
            ),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
