from .article import Article
from .attachment import Attachment
from .endorsement import Endorsement
from .notice import Notice
from .people import Author, Authorship, Branch
from .picture import Picture
from .review import Review

__all__ = [
    "Article",
    "Attachment",
    "Author",
    "Authorship",
    "Branch",
    "Endorsement",
    "Notice",
    "Picture",
    "Review",
]
