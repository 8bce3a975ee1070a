"""Whether all stands: workers and their hearts, the queue, what a probe and the doctor ask."""
