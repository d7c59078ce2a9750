"""How urgent a complaint is, in three languages."""

import pytest

from backend.complaints.clocks import priority_words
from backend.complaints.rules.priority import Category, Priority, priority_of

LARGE = 10_000_000_00


def _priority(text="The card took long.", category=Category.SERVICE, amount=None, large=LARGE) -> Priority:
    return priority_of(category, amount, large, text, priority_words())


@pytest.mark.requirement("S0-94")
@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("Kartu saya ditolak di IGD tadi malam", Priority.URGENT),
        ("Rumah sakit menolak anak saya, keadaannya kritis", Priority.URGENT),
        ("They refused treatment although my card is active", Priority.URGENT),
        ("My mother is in intensive care and nobody calls back", Priority.URGENT),
        ("O hospital recusou atender a minha mulher", Priority.URGENT),
        ("Foi uma emergencia e ninguem atendeu", Priority.URGENT),
        ("Istri saya hamil dan menunggu dua jam", Priority.HIGH),
        ("My baby waited for hours", Priority.HIGH),
        ("A minha esposa está grávida e esperou", Priority.HIGH),
        ("Pembayaran saya terlambat seminggu", Priority.NORMAL),
        ("The babysitter was late", Priority.NORMAL),
        ("O pagamento atrasou", Priority.NORMAL),
        ("", Priority.NORMAL),
    ],
)
def test_words_make_a_complaint_urgent(text, priority):
    assert _priority(text) is priority


@pytest.mark.parametrize(
    ("amount", "large", "priority"),
    [
        (LARGE, LARGE, Priority.HIGH),
        (LARGE - 1, LARGE, Priority.NORMAL),
        (None, LARGE, Priority.NORMAL),
        (LARGE * 10, 0, Priority.NORMAL),
    ],
)
def test_an_amount_counts_from_the_contracts_figure_on(amount, large, priority):
    assert _priority(amount=amount, large=large) is priority


def test_a_leak_of_personal_data_is_high():
    assert _priority(category=Category.DATA) is Priority.HIGH


def test_every_language_has_words_of_both_kinds():
    words = priority_words()
    assert {"gawat darurat", "emergency", "emergência"} <= words.urgent
    assert {"hamil", "pregnant", "grávida"} <= words.vulnerable
