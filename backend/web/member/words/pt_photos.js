/** Photos before they are sent, in Portuguese. */
export default {
  "photo.looking": "A verificar a fotografia…",
  "photo.doubtful": "Isto lê-se bem?",
  "photo.again": "Tirar outra vez",
  "photo.anyway": "Usar mesmo assim",
  "quality.glare": "Há um reflexo de luz no papel. Incline-o ou afaste-se do candeeiro.",
};
