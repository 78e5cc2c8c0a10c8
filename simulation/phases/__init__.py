"""The phases of the week: the only places that draw, call rules, and write the state."""
