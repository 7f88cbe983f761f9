"""Real files of every version of the format that was ever written; see making.py."""
