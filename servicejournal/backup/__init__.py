"""Backup and restore: the rows and files of every app in one file, the same for either database.

What the apps are is asked of Django; none of them is named here. `making` and `restoring` are the
verbs, `rehearsing` tries a restore, `keeping` holds rows and files against each other.
"""
