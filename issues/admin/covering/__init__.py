"""The page on which an editor designs the cover."""
