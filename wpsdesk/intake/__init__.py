"""The receiver's rules for what has come: how a submission relates to what is held. Pure."""
