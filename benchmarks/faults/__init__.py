"""What `bench_faults.py` does, in parts: steps, the room in which is tried, and the verbs."""
