"""What others get of the journal: feed readers, search engines, messengers."""
