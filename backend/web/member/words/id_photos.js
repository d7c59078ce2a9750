/** Photos before they are sent, in Indonesian. */
export default {
  "photo.looking": "Memeriksa foto…",
  "photo.doubtful": "Apakah foto ini terbaca?",
  "photo.again": "Foto ulang",
  "photo.anyway": "Tetap gunakan",
  "quality.glare": "Ada pantulan cahaya pada kertas. Miringkan kertas atau menjauhlah dari lampu.",
};
