from . import calls, dashboard, first_steps, intake, issues, outcomes

__all__ = ["calls", "dashboard", "first_steps", "intake", "issues", "outcomes"]
