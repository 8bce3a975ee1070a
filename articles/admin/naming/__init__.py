"""The pages that rename, merge and close branches and authors: what it touches is shown first."""
