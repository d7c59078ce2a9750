"""The dialogue engine: understands a sentence, keeps forms going, names the reply.

It never words a reply and holds no rule.
"""
