"""The pages: static ES modules served by the backend itself, speaking to /api/v1 like any other client.

Nothing is built. Files are served under a path that contains a hash of all of them, so that browsers may
keep them for ever and an update is a new path.
"""
