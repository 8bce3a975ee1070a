"""People with browsers, and what serves them: for `bench_load.py` and `bench_histories.py`."""
