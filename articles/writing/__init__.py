"""What a contributor does: writes, saves, brings Word files, has it signed, hands in."""
