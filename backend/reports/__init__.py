"""Figures for those who supervise: what waits now, and how the helpline did in a period, by day and channel.

It reads what the other domains wrote and keeps nothing of its own; every figure can be computed again from the rows
at any time. Nobody's name but those of staff stands in it. The regulator's report belongs to `complaints`.
"""
