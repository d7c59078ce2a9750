"""A second judge of bills, written from the documents in ``sources/`` by somebody who had not read the engine.

One function is one rule, with its row of docs/requirements.md and the sentence it was read from. Amounts are
whole minor units and fractions. Nothing but the input types is shared with ``backend.adjudication``.
"""
