"""The pure decisions of telemedicine, a file each: states, triage, cover, appointments, repeats, certificates."""
