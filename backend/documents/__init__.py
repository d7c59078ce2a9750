"""Photos and PDFs that people send: receipts, letters, results.

Owns intake, encryption, storage, the pictures that may be shown, quality, and what a machine proposes to have
read. Never decides whether a document is enough (claims do) and never shows a byte it did not re-encode.
"""
