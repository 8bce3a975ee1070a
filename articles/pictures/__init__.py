"""Pictures of manuscripts: decoded, kept, scaled, dressed for a page, swept, served."""
