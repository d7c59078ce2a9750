"""Doctors at a distance: teleconsultations with their triage, queue and appointments, and what comes out of one.

A diagnosis, a prescription with its repeats, a rest certificate, a follow-up, a referral. It counts against the
member's benefit by itself. Who is in danger never waits here: the helpline's emergency path has them at once.
"""
