"""What goes to the printer of an issue: its file, its cover, and what is asked for, in one zip.

What writes PDF/X is loaded by whoever asks for it: no process waits for it at its start.
"""

from django.conf import settings

from issues import numbering
from issues.exports import book, outputs, pdf
from issues.models import Issue
from servicejournal.papers import fonts

from . import orders


def whole(issue: Issue) -> bytes:
    """Raises one of `outputs.REFUSALS`."""
    from issues.exports.pdf.printer import imposing, parcel

    order = orders.told(orders.of(issue))
    held, face = book.held(issue)
    made = outputs.pdf_of(held, face, paper=order.paper, for_printer=True, plates=order.plates)
    name = numbering.stem(issue)
    label = f"{face.name}　{numbering.full_label(held)}"
    told = imposing.Told(face.name, numbering.label(held), fonts.find(settings.FONT_DIR))
    return parcel.packed(
        made.data, made.pages, order, name=name, label=label, ground=face.ground, lettered=told
    )


def alone(issue: Issue, paper: str) -> bytes:
    """The file of the pages, on this paper. Raises one of `outputs.REFUSALS`."""
    order = orders.told(orders.of(issue))
    made = outputs.pdf_of(*book.held(issue), paper=paper, for_printer=True, plates=order.plates)
    return made.data


def dummy(issue: Issue) -> bytes:
    """To be folded at the desk: two pages on a side of A4. Raises one of `outputs.REFUSALS`."""
    from issues.exports.pdf.printer import imposing

    order = orders.of(issue)
    made: pdf.Printed = outputs.pdf_of(*book.held(issue), paper=order.paper)
    return imposing.dummy(made.data)
