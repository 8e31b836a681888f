"""The Data page: every figure to browse, filter and take away; findings with their rows."""
