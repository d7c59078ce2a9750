/** English: whom to call, and links that lead to another plan. */
export default {
  "hotline.title": "Call for help",
  "hotline.whatsapp": "Write on WhatsApp",
  "hotline.for.ambulance": "Ambulance",
  "hotline.for.general": "Emergency number",
  "hotline.for.fire": "Fire brigade",
  "hotline.for.police": "Police",
  "hotline.sign_in": "Sign in",
  "wrong.title": "This belongs to another plan",
  "wrong.link": "The link leads to {here}. On this device you are signed in to {there}.",
  "wrong.person": "You are signed in to {there}, which is not {here}. Nothing of it is shown here.",
  "wrong.message": "The message is about another health plan than {here}. Nothing of it is shown here.",
  "wrong.back": "Back to {there}",
  "wrong.sign_in": "Sign in to {here}",
  "wrong.stay": "Stay with {here}",
  "wrong.sign_out": "Sign out here",
  "signin.other_company": "Another company",
};
