/** The words of decisions on claims and of appeals. */
export default {
  "decision.title": "Decision",
  "decision.plan": "Your plan",
  "decision.other": "Another payer",
  "decision.member": "Your part",
  "decision.provider": "Nobody owes",
  "decision.of": "Your plan pays {plan} of {billed}",
  "decision.pdf": "Receipt (PDF)",
  "appeal.open": "Have it decided again",
  "appeal.text": "Somebody who had no part in the decision looks at it. Papers that show it help.",
  "appeal.why": "Why do you see it otherwise?",
  "appeal.send": "Send",
  "appeal.yours": "You asked for a new decision",
  "appeal.answer_by": "You get an answer by {date}.",
  "appeal.answered": "Answered on {date}.",
};
