/** Portuguese: whom to call, and links that lead to another plan. */
export default {
  "hotline.title": "Pedir ajuda",
  "hotline.whatsapp": "Escrever no WhatsApp",
  "hotline.for.ambulance": "Ambulância",
  "hotline.for.general": "Número de emergência",
  "hotline.for.fire": "Bombeiros",
  "hotline.for.police": "Polícia",
  "hotline.sign_in": "Iniciar sessão",
  "wrong.title": "Isto pertence a outro plano",
  "wrong.link": "A ligação leva a {here}. Neste aparelho tem sessão iniciada em {there}.",
  "wrong.person": "Tem sessão iniciada em {there}, que não é {here}. Nada desse plano é mostrado aqui.",
  "wrong.message": "A mensagem é de outro plano de saúde, não de {here}. Nada dela é mostrado aqui.",
  "wrong.back": "Voltar a {there}",
  "wrong.sign_in": "Iniciar sessão em {here}",
  "wrong.stay": "Ficar em {here}",
  "wrong.sign_out": "Terminar sessão aqui",
  "signin.other_company": "Outra empresa",
};
