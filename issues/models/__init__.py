from .call import Call
from .edition import Correction, Edition, Page
from .intake import BackIssueImport
from .issue import Issue
from .proof import Proof
from .section import Section

__all__ = ["BackIssueImport", "Call", "Correction", "Edition", "Issue", "Page", "Proof", "Section"]
