from . import calls, dashboard, intake, issues, outcomes, sections

__all__ = ["calls", "dashboard", "intake", "issues", "outcomes", "sections"]
