from .board import FindingCount, LaidPage, LaidPart, PagePlan
from .counting import DailyCount, DailySalt, HelpfulToday, SearchedInVain
from .demo import Demo, DemoLink
from .echo import Echo
from .edition import Correction, Edition, OutlinedCover, Page
from .fees import Fee, FeeEntry, FeeRule, FeeSheet, Grade, TaxRule
from .intake import BackIssueImport
from .issue import Issue
from .looking import Consent, PageNote, PreviewLink
from .making import Making
from .merits import Bulletin, PointRule, Praise, Quota
from .print_order import PrintOrder
from .printed import PrintedArticle, PrintedAuthor, PrintedPicture
from .proof import Proof
from .quality import QualityCheck, QualityFault
from .taken_back import ProposedCorrection, Withdrawal

__all__ = [
    "BackIssueImport",
    "Bulletin",
    "Consent",
    "Correction",
    "DailyCount",
    "DailySalt",
    "Demo",
    "DemoLink",
    "Echo",
    "Edition",
    "Fee",
    "FeeEntry",
    "FeeRule",
    "FeeSheet",
    "FindingCount",
    "Grade",
    "HelpfulToday",
    "Issue",
    "LaidPage",
    "LaidPart",
    "Making",
    "OutlinedCover",
    "Page",
    "PageNote",
    "PagePlan",
    "PointRule",
    "Praise",
    "PreviewLink",
    "PrintOrder",
    "PrintedArticle",
    "PrintedAuthor",
    "PrintedPicture",
    "Proof",
    "ProposedCorrection",
    "QualityCheck",
    "QualityFault",
    "Quota",
    "SearchedInVain",
    "TaxRule",
    "Withdrawal",
]
