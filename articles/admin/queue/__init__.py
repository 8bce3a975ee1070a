"""The list of manuscripts: whose turn it is, filters, views, steps with several, handing over."""
