"""A coverage-guided fuzzer on every reader of what comes from outside; not part of the ordinary test run."""
