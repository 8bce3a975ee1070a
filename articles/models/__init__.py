from .article import Article
from .assignment import Assignment
from .attachment import Attachment
from .call import Call
from .checking import Explanation, HouseTerm, Waiver
from .comment import Comment
from .deputy import Deputy
from .endorsement import Endorsement
from .fingerprint import Fingerprint
from .former import FormerAuthor, FormerBranch
from .notice import Notice
from .people import Author, Authorship, Branch, BranchHead, Writer
from .picture import Picture
from .presence import Presence
from .review import Retraction, Review
from .saved_view import SavedView
from .searching import IndexedText, SearchEntry
from .section import Section

__all__ = [
    "Article",
    "Assignment",
    "Attachment",
    "Author",
    "Authorship",
    "Branch",
    "BranchHead",
    "Call",
    "Comment",
    "Deputy",
    "Endorsement",
    "Explanation",
    "Fingerprint",
    "FormerAuthor",
    "FormerBranch",
    "HouseTerm",
    "IndexedText",
    "Notice",
    "Picture",
    "Presence",
    "Retraction",
    "Review",
    "SavedView",
    "SearchEntry",
    "Section",
    "Waiver",
    "Writer",
]
