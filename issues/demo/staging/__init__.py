"""示范场景: states of the demo that somebody steps into by a link, and that are put back.

Only where the settings say DEMO and `manage.py demo` itself filled the database: never a way into
a journal that is in use. `playing` is the verbs.
"""
