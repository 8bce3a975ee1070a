from .counting import DailyCount, DailySalt, HelpfulToday, SearchedInVain
from .demo import Demo, DemoLink
from .echo import Echo
from .edition import Correction, Edition, Page
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
    "DailyCount",
    "DailySalt",
    "Demo",
    "DemoLink",
    "Echo",
    "Edition",
    "HelpfulToday",
    "Issue",
    "Making",
    "Page",
    "PrintedArticle",
    "PrintedAuthor",
    "PrintedPicture",
    "Proof",
    "ProposedCorrection",
    "QualityCheck",
    "QualityFault",
    "SearchedInVain",
    "Withdrawal",
]
