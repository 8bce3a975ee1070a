"""The search (检索): what is found, how it is ordered, counted, narrowed and shown."""
