"""The telephone that shows somebody's codes. Its secret lies sealed in the database: who takes a
dump of it, or a backup, can make no codes.

Sealed with AES-GCM under a key of SECRET_KEY, and bound to the account, so that nobody moves a
secret to another row. SECRET_KEY_FALLBACKS open what an earlier key sealed.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import unhexlify
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_totp.models import TOTPDevice

#: Before what is sealed; no digit of the hexadecimal number that django-otp makes.
_MARK = "~"
_NONCE = 12


class Unreadable(Exception):
    """Sealed under a key that neither SECRET_KEY nor its fallbacks give, or for another account."""


class Telephone(TOTPDevice):  # type: ignore[misc]  # django-otp brings no types
    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "动态口令的手机"

    if TYPE_CHECKING:  # django-otp brings no types
        key: str

    @property
    def bin_key(self) -> bytes:
        """Raises `Unreadable`."""
        return opened(self.key, account=self.user_id)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Seals what was not, or under an earlier key."""
        if not is_current(self.key, account=self.user_id):
            self.key = sealed(self.bin_key, account=self.user_id)
        super().save(*args, **kwargs)


def sealed(secret: bytes, *, account: int) -> str:
    """65 characters for the twenty bytes that there are: the column has room for 80."""
    nonce = os.urandom(_NONCE)
    shut = _cipher(settings.SECRET_KEY).encrypt(nonce, secret, _bound_to(account))
    return _MARK + urlsafe_b64encode(nonce + shut).decode()


def opened(kept: str, *, account: int) -> bytes:
    """The secret, also where it lies open as in an earlier version. Raises `Unreadable`."""
    if not kept.startswith(_MARK):
        return unhexlify(kept)
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        for secret in _tried(kept, key, account):
            return secret
    raise Unreadable


def is_current(kept: str, *, account: int) -> bool:
    """Sealed, and under the SECRET_KEY of today."""
    return kept.startswith(_MARK) and bool(list(_tried(kept, settings.SECRET_KEY, account)))


def _tried(kept: str, key: str, account: int) -> Iterator[bytes]:
    from cryptography.exceptions import InvalidTag  # a page that asks for no code does without

    found = urlsafe_b64decode(kept.removeprefix(_MARK))
    try:
        yield _cipher(key).decrypt(found[:_NONCE], found[_NONCE:], _bound_to(account))
    except InvalidTag:
        return


def _cipher(key: str) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(
        salted_hmac("servicejournal.telephone", "seal", secret=key, algorithm="sha256").digest()
    )


def _bound_to(account: int) -> bytes:
    return f"account {account}".encode()
