"""The money of a client's health plan.

Owns the double-entry ledger of each client, what is promised (holds), what is owed (payables), payment runs, what the
bank says, and excess claims until they are paid. It never decides what a claim is worth and knows no diagnosis.
"""
