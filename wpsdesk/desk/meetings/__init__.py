"""The meetings of the year: who met, which points were raised, and what came of them."""
