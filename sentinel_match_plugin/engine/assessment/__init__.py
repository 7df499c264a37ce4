"""Matchers side by side: how many of their matches are right, by a known warp or by consensus, on a pair or on many."""
