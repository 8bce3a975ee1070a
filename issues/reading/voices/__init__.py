"""What comes back from readers: that they read, found something helpful, and what they write."""
