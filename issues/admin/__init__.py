from . import calls, dashboard, first_steps, intake, issues, outcomes, statistics

__all__ = ["calls", "dashboard", "first_steps", "intake", "issues", "outcomes", "statistics"]
