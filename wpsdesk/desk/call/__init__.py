"""The call for reports: who is asked about what, and until when."""
