from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "编辑部：稿件、作者与栏目"

    def ready(self) -> None:
        from servicejournal.backup import keeping

        from .pictures import renditions
        from .writing import own_data

        own_data.register()
        keeping.register(keeping.Claim("小图", is_beside=renditions.is_beside))
