"""What stands beside a text: to pass it on, to name it, to keep it, to find the next one."""
