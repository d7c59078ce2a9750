"""Reimbursement claims, from the first photo to complete papers.

Owns a claim, its lines, which document stands for which requirement, the deadlines of handing in and its history.
Decides on papers and dates only: what a claim is worth is adjudication's, money is the ledger's, and what a machine
read from a receipt stays a proposal until a person has entered it.
"""
