from . import calls, dashboard, first_steps, intake, issues, outcomes, readers

__all__ = ["calls", "dashboard", "first_steps", "intake", "issues", "outcomes", "readers"]
