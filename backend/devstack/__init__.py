"""What a person needs to run and test Careline on one machine.

Nothing here is part of the product: it installs the tools, starts PostgreSQL, the services and the bot as
ordinary processes, and keeps every byte of their state in `.local/`.
"""
