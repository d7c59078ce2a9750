"""The record of who looked at or changed whose data. Rows are only ever added: the database refuses the rest.

The member reads it (`access-log`): by whom (role and display name), what, when. It knows nothing about the
things it names; other domains call `service.record` where a person meets somebody else's data.
"""
