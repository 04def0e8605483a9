import { friendWordsOf } from './translated.ts'

export const pt = friendWordsOf('pt', {
  call: (phone) => (phone === null ? 'ligue para nós' : `ligue para ${phone}`),
  refusals: {
    referral_not_possible: (call) => `Obrigado. Não podemos adicionar esta indicação; ${call} e resolvemos.`,
    already_referred: () => 'Já temos os seus dados por este link.',
    self_referral: () => 'Este é o seu próprio link. Envie-o a um amigo.',
    code_unknown: () => 'Não conhecemos esse código. Confira-o ou peça o link de novo ao seu amigo.',
    campaign_ended: (_call, day) =>
      `Esta oferta ${day === null ? 'terminou' : `terminou em ${day}`}. Você ainda pode marcar uma visita.`,
    campaign_not_active: () => 'Esta oferta não está aberta agora. Você ainda pode marcar uma visita.',
    campaign_not_started: () => 'Esta oferta ainda não começou. Você ainda pode marcar uma visita.',
    submission_rejected: (call) => `Não pudemos receber estes dados; ${call} e diga quem o enviou.`,
  },
  off: (figure, offerFor) => (offerFor === '' ? `${figure} de desconto` : `${figure} de desconto: ${offerFor}`),
  recommended: 'Um amigo nos recomenda',
  minJobValue: (amount) => `em serviços de ${amount} ou mais`,
  atLeast: (amount) => `pelo menos ${amount}`,
  atMost: (amount) => `no máximo ${amount}`,
  privacy: (organization) => `${organization} usa os seus dados para responder sobre esta oferta.`,
  privacyOfAdvocate: (advocate) => `${advocate} vê o seu primeiro nome e se você marcou.`,
  thanks: {
    title: (friend) => `Obrigado, ${friend}.`,
    saved: (figure) => `Os seus ${figure} estão guardados.`,
    get: (offer) => `Você recebe a sua oferta (${offer}) quando o serviço terminar.`,
  },
  steps: {
    soon: 'Ligamos ou escrevemos para você em breve.',
    agree: 'Você aprova o serviço antes de começar.',
    thankFriend: 'Agradecemos a quem o enviou quando o serviço terminar.',
    noted: 'Anotamos quem o enviou e perguntamos se houver dúvida.',
  },
  fields: {
    email: 'Digite o seu e-mail.',
    phone: 'Digite o seu telefone.',
    message: 'Diga do que precisa.',
    consent: 'Marque a caixa para continuar.',
    question: 'Responda a esta pergunta.',
    choice: 'Escolha uma das respostas.',
    reach: 'Digite um e-mail ou um telefone.',
    advocateName: 'Digite o código que o seu amigo lhe deu.',
  },
})
