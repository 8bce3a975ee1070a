"""Static files under names that hold their hash."""

from django.conf import settings
from whitenoise.storage import (  # type: ignore[import-untyped]  # brings no types
    CompressedManifestStaticFilesStorage,
)


class Named(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # as above
    """Remembers the addresses that it told: of a readers' page that is rendered afresh, reckoning
    the same dozen anew was a twentieth.
    """

    _told: dict[str, str] = {}
    _of: object = None

    def url(self, name: str, force: bool = False) -> str:
        if settings.DEBUG or force:
            return str(super().url(name, force=force))
        if self._of is not self.hashed_files:  # collected anew
            self._told, self._of = {}, self.hashed_files
        if name not in self._told:
            self._told[name] = super().url(name)
        return self._told[name]
