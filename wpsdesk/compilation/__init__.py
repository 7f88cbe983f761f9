"""From many submissions to one annual report: what may be shown, the figures, the document tree, the writers."""
