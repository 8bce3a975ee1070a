"""What is kept of a text to find the same passage in others (`proofreading.similarity`)."""

from django.db import models


class Fingerprint(models.Model):
    """`numbers` are unsigned 32-bit integers, little-endian: about two for nine letters."""

    article = models.OneToOneField(
        "articles.Article", on_delete=models.CASCADE, primary_key=True, related_name="fingerprint"
    )
    made_at = models.DateTimeField("制作时间")
    numbers = models.BinaryField("指纹")

    class Meta:
        verbose_name = verbose_name_plural = "查重指纹"

    def __str__(self) -> str:
        return f"{self.article_id}"
