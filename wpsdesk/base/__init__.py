"""The floor every other room stands on: standard library only, no knowledge of the field."""
