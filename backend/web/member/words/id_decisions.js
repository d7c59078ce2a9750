/** The words of decisions on claims and of appeals. */
export default {
  "decision.title": "Keputusan",
  "decision.plan": "Program Anda",
  "decision.other": "Penjamin lain",
  "decision.member": "Bagian Anda",
  "decision.provider": "Tidak ditagih",
  "decision.of": "Program Anda membayar {plan} dari {billed}",
  "decision.pdf": "Bukti keputusan (PDF)",
  "appeal.open": "Minta ditinjau lagi",
  "appeal.text": "Orang yang tidak ikut memutuskan akan memeriksanya. Dokumen pendukung membantu.",
  "appeal.why": "Mengapa Anda tidak setuju?",
  "appeal.send": "Kirim",
  "appeal.yours": "Anda meminta ditinjau lagi",
  "appeal.answer_by": "Anda mendapat jawaban paling lambat {date}.",
  "appeal.answered": "Dijawab pada {date}.",
};
