from . import calls, dashboard, intake, issues, outcomes

__all__ = ["calls", "dashboard", "intake", "issues", "outcomes"]
