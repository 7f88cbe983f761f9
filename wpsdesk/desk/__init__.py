"""Everything a person can do, as functions; the window and the command line are faces of this room."""
