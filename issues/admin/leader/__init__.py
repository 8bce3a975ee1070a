"""送看: what the desk does with links, notes, and the leader's consent."""
