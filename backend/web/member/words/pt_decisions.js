/** The words of decisions on claims and of appeals. */
export default {
  "decision.title": "Decisão",
  "decision.plan": "O seu plano",
  "decision.other": "Outro pagador",
  "decision.member": "A sua parte",
  "decision.provider": "Ninguém deve",
  "decision.of": "O seu plano paga {plan} de {billed}",
  "decision.pdf": "Recibo da decisão (PDF)",
  "appeal.open": "Pedir nova decisão",
  "appeal.text": "Alguém que não participou na decisão vai analisar. Documentos que o mostrem ajudam.",
  "appeal.why": "Porque não concorda?",
  "appeal.send": "Enviar",
  "appeal.yours": "Pediu nova decisão",
  "appeal.answer_by": "Recebe resposta até {date}.",
  "appeal.answered": "Respondido em {date}.",
};
