from .article import Article
from .people import Author, Authorship, Branch
from .picture import Picture
from .review import Review

__all__ = ["Article", "Author", "Authorship", "Branch", "Picture", "Review"]
