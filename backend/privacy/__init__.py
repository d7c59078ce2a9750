"""What people may ask about their own data: a copy of everything, and that it is erased, each within 3 x 24 hours.

It knows where every table keeps something of a person (``holdings``), what the law makes us keep, and until when. It
decides nothing about cover or money, and never shows one person's data to another.
"""
