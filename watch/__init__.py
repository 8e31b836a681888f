"""Watching: the log, the metrics, and alerts about stale data and new contradictions."""
