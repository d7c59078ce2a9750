/** Indonesian: whom to call, and links that lead to another plan. */
export default {
  "hotline.title": "Hubungi bantuan",
  "hotline.whatsapp": "Tulis lewat WhatsApp",
  "hotline.for.ambulance": "Ambulans",
  "hotline.for.general": "Nomor darurat",
  "hotline.for.fire": "Pemadam kebakaran",
  "hotline.for.police": "Polisi",
  "hotline.sign_in": "Masuk",
  "wrong.title": "Ini milik jaminan lain",
  "wrong.link": "Tautan ini menuju {here}. Di perangkat ini Anda masuk ke {there}.",
  "wrong.person": "Anda masuk ke {there}, bukan {here}. Tidak ada datanya yang ditampilkan di sini.",
  "wrong.message": "Pesan ini tentang jaminan kesehatan lain, bukan {here}. Isinya tidak ditampilkan di sini.",
  "wrong.back": "Kembali ke {there}",
  "wrong.sign_in": "Masuk ke {here}",
  "wrong.stay": "Tetap di {here}",
  "wrong.sign_out": "Keluar di sini",
  "signin.other_company": "Perusahaan lain",
};
