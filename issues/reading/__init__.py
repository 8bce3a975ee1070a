"""What readers get: pages, files, the flipbook, the search."""
