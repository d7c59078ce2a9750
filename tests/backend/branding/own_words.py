"""Words of three clients' own, and what becomes of our sentences in them."""

from __future__ import annotations

OWN = {
    "en": {"employee": "associate", "employees": "associates", "claim": "expense", "claims": "expenses"},
    "id": {"employee": "rekan kerja", "claim": "pengajuan", "referral": "surat pengantar"},
    "pt": {"claim": "sinistro", "claims": "sinistros", "employee": "colaborador", "employees": "colaboradores"},
}
SAID = [
    ("en", "Only an employee can have dependants.", "", "Only an associate can have dependants."),
    ("en", "A claim of the employees", "", "An expense of the associates"),
    ("en", "Your claim {claim_number} is there: {claim}", "", "Your expense {claim_number} is there: {claim}"),
    ("en", "CLAIM", "", "EXPENSE"),
    ("en", "An excess claim", "", "An excess claim"),
    ("en", "Reclaim, claimed, claim-like", "", "Reclaim, claimed, claim-like"),
    ("id", "Karyawan, karyawannya, klaimnya", "", "Rekan kerja, rekan kerjanya, pengajuannya"),
    ("id", "Rumah sakit rujukan menerima rujukan Anda", "", "Rumah sakit rujukan menerima surat pengantar Anda"),
    ("pt", "O seu pedido de reembolso", "claim_paid", "O seu sinistro"),
    ("pt", "Enviar pedido", "claim.submit", "Enviar sinistro"),
    ("pt", "Enviar pedido", "referrals.ask_send", "Enviar pedido"),
    ("pt", "Recebemos o seu pedido.", "privacy_asked", "Recebemos o seu pedido."),
    ("pt", "Um quarto a seu pedido", "", "Um quarto a seu pedido"),
]
"""Language, our sentence, what it is called, and the client's sentence."""
