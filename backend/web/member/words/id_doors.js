/** Indonesian: whom to call, and links that lead to another plan. */
export default {
  "hotline.title": "Hubungi bantuan",
  "hotline.whatsapp": "Tulis lewat WhatsApp",
  "hotline.for.ambulance": "Ambulans",
  "hotline.for.general": "Nomor darurat",
  "hotline.for.fire": "Pemadam kebakaran",
  "hotline.for.police": "Polisi",
  "hotline.sign_in": "Masuk",
};
