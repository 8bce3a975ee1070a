"""The list of versions is put in order, counted and searched without reading their texts.

By hand: the table is the history library's, whose model takes no indexes of ours.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0035_lists_by_their_order"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX article_version_newest"
            " ON articles_historicalarticle (history_date DESC, history_id DESC, id, title, receipt,"
            " status, history_change_reason, history_user_id)",
            "DROP INDEX article_version_newest",
        )
    ]
