"""The record: who did what, when and why. Rows are added, never changed."""

from django.db import models

from servicejournal import clock

from .append_only import AppendOnly


class Record(AppendOnly):
    """One thing that happened. No foreign keys: the record must never hold live data fast."""

    at = models.DateTimeField("时间", default=clock.now, editable=False)
    actor = models.CharField("经手人", max_length=100, editable=False)
    actor_pk = models.BigIntegerField("经手人编号", null=True, editable=False)
    address = models.GenericIPAddressField("来自", null=True, editable=False)
    verb = models.CharField("事项", max_length=50, editable=False)
    subject_type = models.CharField("对象类型", max_length=50, editable=False)
    subject_pk = models.BigIntegerField("对象编号", editable=False)
    subject = models.CharField("对象", max_length=250, editable=False)
    why = models.TextField("理由", blank=True, editable=False)
    what = models.JSONField("细节", default=dict, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "工作记录"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_pk", "-at"], name="record_of_subject"),
            models.Index(fields=["-at"], name="record_newest"),
            models.Index(fields=["verb"], name="record_verbs"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.verb} {self.subject}"
