"""What the board (编排) shows beside the order itself, which `make_up` writes: measures, the flat
plan (台版图), totals and the plan (设想).
"""
