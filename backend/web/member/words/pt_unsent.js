/** Claims that wait for the network, in Portuguese. */
export default {
  "unsent.title": "Ainda por enviar",
  "unsent.draft": "Sem rede. Continue aqui: o pedido e as fotografias ficam neste telemóvel, e é você quem decide quando são enviados.",
  "unsent.send": "Enviar assim que houver rede",
  "unsent.discard": "Apagar este pedido",
  "unsent.try_now": "Tentar agora",
  "unsent.by_hand": "Continuar à mão",
  "unsent.change": "Alterar",
  "unsent.text.ready": "Segue sozinho assim que houver rede. Pode fechar a aplicação.",
  "unsent.text.sending": "Está a caminho.",
  "unsent.state.draft": "Neste telemóvel",
  "unsent.state.ready": "À espera de rede",
  "unsent.state.sending": "A caminho",
  "unsent.state.refused": "Precisa de si",
  "upload.progress": "{name}: quanto já foi enviado",
};
