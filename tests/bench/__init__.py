"""Benchmarks: ``python -m tests.bench``; none of them is a test, for time is no matter of right or wrong."""
