"""阅读: what of the journal was read in a period, how far it was leafed through, what readers wrote
and what they looked for in vain. Never who.

`facts` asks, a fixed number of questions; `tables` and `drawn` are pure.
"""
