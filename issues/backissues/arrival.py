"""A file with a back issue, whatever its kind: a flipbook host's text, or an archive of our own."""

from dataclasses import dataclass

from django.core.files.base import File

from issues.models import BackIssueImport, Edition
from servicejournal.certain import certain
from servicejournal.models import User

from . import load, package, restore
from .dump import NotADump

MAX_TEXT = 5 * 1024 * 1024
_ZIP = b"PK"

#: What keeps a file from being taken in; each has a sentence for people.
REFUSALS = (NotADump, package.NotAnArchive, load.AlreadyThere)


@dataclass(frozen=True, slots=True)
class Arrival:
    """`edition` came with an archive and still says what stands in the system."""

    intake: BackIssueImport
    is_new: bool
    edition: Edition | None = None


def is_pdf(file: "File[bytes]") -> bool:
    """By its content, or by its name: who sends something else as a PDF is told so."""
    beginning = file.read(1024)
    file.seek(0)
    if beginning.startswith(_ZIP):
        return False
    return b"%PDF-" in beginning or (file.name or "").lower().endswith(".pdf")


def take_in(
    file: "File[bytes]", *, file_name: str, by: User, check: load.Check | None = None
) -> Arrival:
    """Stores the issue, unpublished. Known by its content, not by its name. Raises `REFUSALS`, and
    what `check` raises of a new one. Not to be called inside a transaction: it takes a while to
    read and to look at its pictures.
    """
    is_zip = file.read(len(_ZIP)) == _ZIP
    file.seek(0)
    if not is_zip:
        if file.size > MAX_TEXT:
            raise NotADump("文件超过 5 MB，不像是一期刊物的文字，请检查后再选。")
        return Arrival(*load.load(file.read(), file_name=file_name, by=by, check=check))
    if file.size > package.MAX_BYTES:
        raise package.NotAnArchive(package.TOO_LARGE)
    found = package.unpack(certain(file.file, "an upload is open"))
    pictures = restore.look_at_pictures(found)
    restore.store_files(found, pictures, file)
    intake, is_new = restore.restore(found, pictures, file_name=file_name, by=by, check=check)
    return Arrival(intake, is_new, restore.edition_as_it_came(found, intake.issue))
