"""Measurements of the product against baselines in the same run: ratios, never absolute promises.

``make bench`` prints every table and writes ``.local/bench.json``. Instructions (callgrind) are deterministic and
gate; rates and latencies are reported with their ratio. The baselines are honest: the same server, the same data,
the same security (token, row-level security), hand-written SQL.
"""
