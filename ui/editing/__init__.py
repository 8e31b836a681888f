"""Updating figures on screen: import, form, decision, event, history; for editors only."""
