from .board import FindingCount, LaidPage, LaidPart, PagePlan
from .demo import Demo, DemoLink
from .edition import Correction, Edition, OutlinedCover, Page
from .intake import BackIssueImport
from .issue import Issue
from .making import Making
from .printed import PrintedArticle, PrintedAuthor, PrintedPicture
from .proof import Proof
from .quality import QualityCheck, QualityFault
from .taken_back import ProposedCorrection, Withdrawal

__all__ = [
    "BackIssueImport",
    "Correction",
    "Demo",
    "DemoLink",
    "Edition",
    "FindingCount",
    "Issue",
    "LaidPage",
    "LaidPart",
    "Making",
    "OutlinedCover",
    "Page",
    "PagePlan",
    "PrintedArticle",
    "PrintedAuthor",
    "PrintedPicture",
    "Proof",
    "ProposedCorrection",
    "QualityCheck",
    "QualityFault",
    "Withdrawal",
]
