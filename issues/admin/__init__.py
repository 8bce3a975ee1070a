from . import dashboard, intake, issues, outcomes, sections

__all__ = ["dashboard", "intake", "issues", "outcomes", "sections"]
