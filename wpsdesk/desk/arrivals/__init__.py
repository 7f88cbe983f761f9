"""What comes in: looked at, verified, related to what is held, and kept with its proof."""
