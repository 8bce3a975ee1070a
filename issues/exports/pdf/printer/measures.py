"""Lengths of paper, in points."""

MM = 72 / 25.4
#: Beyond the cut, so that a knife a hair off leaves no white edge.
BLEED = 3 * MM
