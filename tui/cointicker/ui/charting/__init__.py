"""Prices as pictures made of cells: scales, dots and candles. Pure, without a screen."""
