"""What stands around every request: policies, error pages, where it came from."""
