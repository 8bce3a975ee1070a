"""The writers' pages. The fetch is the permission: another's manuscript is a 404."""
