"""The floor every other room stands on: standard library only, no knowledge of the field."""

from wpsdesk.base.unread import left_unread

with left_unread("inspect"):  # a dozen modules, for the words of a class that has none of its own
    import dataclasses  # noqa: F401
