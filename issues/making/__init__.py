"""What the desk does to an issue: made up, proofread, signed off, published, corrected."""
