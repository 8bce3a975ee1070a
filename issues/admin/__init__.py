from . import calls, dashboard, first_steps, intake, issues, outcomes, readers, statistics

__all__ = [
    "calls",
    "dashboard",
    "first_steps",
    "intake",
    "issues",
    "outcomes",
    "readers",
    "statistics",
]
