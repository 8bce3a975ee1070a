"""What the desk does to a manuscript: three reviews, and everything beside them."""
