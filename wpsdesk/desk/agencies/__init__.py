"""A ministry over its agencies, Norad over organisations: asking them, and taking over what they say."""
