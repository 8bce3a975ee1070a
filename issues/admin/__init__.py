from . import dashboard, issues, outcomes, sections

__all__ = ["dashboard", "issues", "outcomes", "sections"]
