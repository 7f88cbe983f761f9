"""The manual in a window of its own, opened by F1 at the place where one is."""
