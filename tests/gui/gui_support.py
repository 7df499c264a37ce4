"""The pair that the tests of the window look at."""

SIDE = 120
# What the target shows of a place, from there: metres east and north (reference's CRS), or pixels without a CRS.
SHIFT = (40.0, -30.0)
