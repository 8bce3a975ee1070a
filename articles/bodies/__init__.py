"""What a text is: cleaned, tidied, read, compared, laid out for a page; and its field."""
