/** Photos before they are sent, in English. */
export default {
  "photo.looking": "Looking at the photo…",
  "photo.doubtful": "Can this be read?",
  "photo.again": "Take it again",
  "photo.anyway": "Use it anyway",
  "quality.glare": "Light is reflected on the paper. Please tilt it or move away from the lamp.",
};
