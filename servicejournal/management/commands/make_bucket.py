"""`manage.py make_bucket`: the bucket that STORAGE_URL names, where it is not there yet."""

from typing import Any

from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError

from servicejournal.storage.bucket import Bucket


class Command(BaseCommand):
    help = "在对象存储里建好 STORAGE_URL 写的存储桶；已经有了就不动。只存本机目录时用不着。"

    def handle(self, *args: Any, **options: Any) -> None:
        storage = storages["default"]
        if not isinstance(storage, Bucket):
            self.stdout.write("文件存在本机目录（MEDIA_ROOT），不用建存储桶。")
            return
        try:
            made = storage.make()
        except OSError as error:
            raise CommandError(f"存储桶没有建成：{error.strerror}。请查 STORAGE_URL。") from error
        name = storage.bucket_name
        self.stdout.write(f"建好了存储桶 {name}。" if made else f"存储桶 {name} 已经有了。")
