/** Portuguese: whom to call, and links that lead to another plan. */
export default {
  "hotline.title": "Pedir ajuda",
  "hotline.whatsapp": "Escrever no WhatsApp",
  "hotline.for.ambulance": "Ambulância",
  "hotline.for.general": "Número de emergência",
  "hotline.for.fire": "Bombeiros",
  "hotline.for.police": "Polícia",
  "hotline.sign_in": "Iniciar sessão",
};
