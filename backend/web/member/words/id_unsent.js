/** Claims that wait for the network, in Indonesian. */
export default {
  "unsent.title": "Belum terkirim",
  "unsent.draft": "Tidak ada jaringan. Lanjutkan di sini: klaim dan fotonya tersimpan di ponsel ini, dan Anda yang menentukan kapan dikirim.",
  "unsent.send": "Kirim begitu ada jaringan",
  "unsent.discard": "Hapus klaim ini",
  "unsent.try_now": "Coba sekarang",
  "unsent.by_hand": "Lanjutkan sendiri",
  "unsent.change": "Ubah",
  "unsent.text.ready": "Klaim terkirim sendiri begitu ada jaringan. Aplikasi boleh ditutup.",
  "unsent.text.sending": "Sedang dikirim.",
  "unsent.state.draft": "Di ponsel ini",
  "unsent.state.ready": "Menunggu jaringan",
  "unsent.state.sending": "Sedang dikirim",
  "unsent.state.refused": "Perlu Anda",
  "upload.progress": "{name}: seberapa banyak yang sudah terkirim",
};
