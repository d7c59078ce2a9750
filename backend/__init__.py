"""Careline backend: the Flask API behind the member app and the helpline."""
