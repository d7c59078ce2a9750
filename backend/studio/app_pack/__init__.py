"""An app of a client's own for the stores: a Capacitor project made from the brand, for the client's own account.

Names, identifiers, every picture in its size, links and permissions; the pages stay where they are and are shown in it.
"""
