"""A unit's report on its way out, and what UD has said of it."""
