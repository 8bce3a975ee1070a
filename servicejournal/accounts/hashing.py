"""How passwords are kept: Argon2id (RFC 9106), dear to guess, cheap enough for a deadline.

OWASP's first choice of parameters: 46 MiB, once over, one lane. Measured on two busy cores: 0.05 to
0.07 s of CPU, where a million rounds of PBKDF2 took 0.5 s, and no guessing machine has that much
fast memory for each of thousands of guesses. Blocks of more than 32 MiB are given back to the
system at once (glibc), so a process is not larger after the evening of a deadline; the other choice
of the same strength, 19 MiB twice over, left 160 MB behind with eight threads.

A password that was hashed otherwise is hashed anew when its owner signs in.
"""

import os
from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

#: Hashes at work at once in a process: more than cores gain no time, and cost 46 MiB each.
AT_ONCE = max(2, os.cpu_count() or 2)
_hands = BoundedSemaphore(AT_ONCE)


class Argon2(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = 47_104  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _hands:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _hands:
            return super().verify(password, encoded)
