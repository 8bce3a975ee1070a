"""Who can act on a manuscript, beside it, and who stands in for whom."""
