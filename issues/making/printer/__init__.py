"""What is agreed on with the printer, and what goes to him."""
