"""Figures for the screen, as SVG written by hand: small, sharp at any size, quick to redraw."""
