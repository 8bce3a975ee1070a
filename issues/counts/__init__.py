"""What is read, counted honestly: `tally` writes sums of a day, `figures` reads them."""
