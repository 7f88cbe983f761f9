"""The command line: the third face of the desk, for scripts, tests and UD's batch work."""
