"""The files that stand behind an answer, from the look before they are attached to the copy that is opened."""
