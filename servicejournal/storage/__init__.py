"""Where files lie: a folder of this machine, or a store that speaks S3, for all machines.

Two twins with one interface (`interface.Shelf`); `servicejournal.files` is what others use.
"""
