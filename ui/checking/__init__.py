"""A table that is not in the library: looked at, checked, tried out; nothing of it is stored."""
