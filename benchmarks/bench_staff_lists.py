"""How long a staff list from Excel takes, to be read, looked through and enrolled: `make bench`.

Prints milliseconds for 50, 500 and 2,000 people (the most that a list may hold) in ten branches;
enrolling is one run each, because it is done once.
"""

import os
import sys
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from articles import people  # noqa: E402
from articles.models import Branch  # noqa: E402
from servicejournal.accounts import staff_lists  # noqa: E402
from servicejournal.models import RoleGrant, User  # noqa: E402
from servicejournal.roles import Role  # noqa: E402

ROUNDS = 5


def a_list(size: int) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["姓名", "单位", "工号"])
    for number in range(size):
        sheet.append([f"职员{number}", f"第{number % 10}支行", f"{size:04d}{number:04d}"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def in_ms(work, rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return median(times)


def main() -> None:
    call_command("migrate", verbosity=0)
    editor = User.objects.create_user(username="bench", name="程砚")
    RoleGrant.objects.create(user=editor, role=Role.EDITOR)
    for number in range(10):
        Branch.objects.named(f"第{number}支行")
    print("people      read      plan     enrol")
    for size in (50, 500, 2000):
        data = a_list(size)
        staff = staff_lists.read(data)
        read = in_ms(lambda data=data: staff_lists.read(data))
        plan = in_ms(lambda staff=staff: people.plan(staff))
        name = f"list-{size}"
        enrol = in_ms(lambda s=staff, n=name: people.enrol(s, by=editor, list_id=n), rounds=1)
        print(f"{size:6d} {read:7.1f} ms {plan:6.1f} ms {enrol:6.0f} ms")


if __name__ == "__main__":
    main()
