"""What readers do, to the desk: what they read, and what they write."""

from . import echoes, reading

__all__ = ["echoes", "reading"]
