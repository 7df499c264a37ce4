"""Finding the tie points: coarse to fine with georeferencing, tile by tile without it."""
