"""Changes of a plan's rules: proposed as a file, shown first on past claims, put in force from a day by a second one.

Owns proposals and their previews. A preview judges decided claims once more under the old and under the proposed terms
and keeps what would differ; it touches no claim, no money and no limit. A change holds for visits from its day on; what
lies before is judged by the version of its own day for ever.
"""
