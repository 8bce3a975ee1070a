"""Accounts as the office deals with them: confirmed, made of a list, given roles."""

from . import confirming

__all__ = ["confirming"]
