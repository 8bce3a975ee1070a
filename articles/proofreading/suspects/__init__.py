"""疑似别字: a character that stands alone, where another of its sound or shape would make a word.

Pure, linear. `find(string)` gives the places; how sure it must be, is in `judging.py`; where the
words come from, in `NOTICE.txt`.
"""

from .finding import Suspect, find

__all__ = ["Suspect", "find"]
