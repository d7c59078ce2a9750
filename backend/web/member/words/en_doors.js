/** English: whom to call, and links that lead to another plan. */
export default {
  "hotline.title": "Call for help",
  "hotline.whatsapp": "Write on WhatsApp",
  "hotline.for.ambulance": "Ambulance",
  "hotline.for.general": "Emergency number",
  "hotline.for.fire": "Fire brigade",
  "hotline.for.police": "Police",
  "hotline.sign_in": "Sign in",
};
