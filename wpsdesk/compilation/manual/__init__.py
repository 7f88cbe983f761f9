"""The manual: chapters in Markdown, read into the same document tree as the report."""
