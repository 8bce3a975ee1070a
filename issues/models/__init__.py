from .board import FindingCount, LaidPage, LaidPart, PagePlan
from .demo import Demo, DemoLink
from .edition import Correction, Edition, OutlinedCover, Page
from .fees import Fee, FeeEntry, FeeRule, FeeSheet, Grade, TaxRule
from .intake import BackIssueImport
from .issue import Issue
from .making import Making
from .merits import Bulletin, PointRule, Praise, Quota
from .printed import PrintedArticle, PrintedAuthor, PrintedPicture
from .proof import Proof
from .quality import QualityCheck, QualityFault
from .taken_back import ProposedCorrection, Withdrawal

__all__ = [
    "BackIssueImport",
    "Bulletin",
    "Correction",
    "Demo",
    "DemoLink",
    "Edition",
    "Fee",
    "FeeEntry",
    "FeeRule",
    "FeeSheet",
    "FindingCount",
    "Grade",
    "Issue",
    "LaidPage",
    "LaidPart",
    "Making",
    "OutlinedCover",
    "Page",
    "PagePlan",
    "PointRule",
    "Praise",
    "PrintedArticle",
    "PrintedAuthor",
    "PrintedPicture",
    "Proof",
    "ProposedCorrection",
    "QualityCheck",
    "QualityFault",
    "Quota",
    "TaxRule",
    "Withdrawal",
]
