"""What an editor makes of the cover (`designing`)."""
