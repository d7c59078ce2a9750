/** Claims that wait for the network, in English. */
export default {
  "unsent.title": "Not sent yet",
  "unsent.draft": "No network. Go on here: the claim and its photos stay on this phone, and you decide when they are sent.",
  "unsent.send": "Send as soon as there is network",
  "unsent.discard": "Delete this claim",
  "unsent.try_now": "Try now",
  "unsent.by_hand": "Go on by hand",
  "unsent.change": "Change it",
  "unsent.text.ready": "It sends itself as soon as there is network. You may close the app.",
  "unsent.text.sending": "It is on its way.",
  "unsent.state.draft": "On this phone",
  "unsent.state.ready": "Waits for network",
  "unsent.state.sending": "On its way",
  "unsent.state.refused": "Needs you",
  "upload.progress": "{name}: how much has been sent",
};
