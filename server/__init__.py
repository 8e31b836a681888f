"""Serves the dashboard: compressed, cached, with link previews and safe headers.

``server.app`` holds the ASGI application; ``python -m server`` runs it, as ``make run`` does.
"""
