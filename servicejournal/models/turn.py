"""How many came through a gate in one stretch of time: `servicejournal.web.turnstile` writes it."""

from django.db import models


class Turn(models.Model):
    """In the database, because a process's own memory counts for that process alone."""

    gate = models.CharField("处", max_length=40)
    who = models.CharField("谁", max_length=64, help_text="账号或网络地址的散列，不存原文。")
    until = models.DateTimeField("到何时", db_index=True)
    number = models.PositiveIntegerField("次数")

    class Meta:
        verbose_name = verbose_name_plural = "次数"
        constraints = [
            models.UniqueConstraint(fields=["gate", "who", "until"], name="turn_counted_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="turn_counts_something"),
        ]

    def __str__(self) -> str:
        return f"{self.gate} {self.number}"
