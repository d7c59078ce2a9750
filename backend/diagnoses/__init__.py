"""What an illness is called: ICD-10 of the WHO with its codes, titles and the words people use, found with typos.

Reference data for whoever writes or reads a diagnosis (doctors, claims, front desks). It keeps nothing about
anybody and never decides what is covered.
"""

from backend.diagnoses.book import Diagnosis, known
from backend.diagnoses.finder import search

__all__ = ["Diagnosis", "known", "search"]
