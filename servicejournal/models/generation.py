"""The generation of what readers see: a number that rises whenever that changes."""

from django.db import models


class Generation(models.Model):
    """Exactly one row, which a migration makes; `servicejournal.generation` alone writes it."""

    number = models.PositiveBigIntegerField("代", default=0, editable=False)
    #: A backup that is restored counts on from an older number, and must not meet pages that bear
    #: the next one already.
    token = models.CharField("标记", max_length=12, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "读者页面的代"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="generation_there_is_only_one")
        ]

    def __str__(self) -> str:
        return str(self.number)
