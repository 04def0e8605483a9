import { friendWordsOf } from './translated.ts'

export const es = friendWordsOf('es', {
  call: (phone) => (phone === null ? 'llámenos' : `llámenos al ${phone}`),
  refusals: {
    referral_not_possible: (call) => `Gracias. No podemos añadir esta recomendación; ${call} y lo arreglamos.`,
    already_referred: () => 'Ya tenemos sus datos a través de este enlace.',
    self_referral: () => 'Este es su propio enlace. Envíelo a un amigo.',
    code_unknown: () => 'No conocemos ese código. Revíselo o pida a su amigo que le envíe otra vez el enlace.',
    campaign_ended: (_call, day) =>
      `Esta oferta ${day === null ? 'ha terminado' : `terminó el ${day}`}. Aún puede reservar una visita.`,
    campaign_not_active: () => 'Esta oferta no está abierta ahora. Aún puede reservar una visita.',
    campaign_not_started: () => 'Esta oferta aún no ha empezado. Aún puede reservar una visita.',
    submission_rejected: (call) => `No pudimos recibir estos datos; ${call} y díganos quién le envía.`,
  },
  off: (figure, offerFor) => (offerFor === '' ? `${figure} de descuento` : `${figure} de descuento: ${offerFor}`),
  recommended: 'Un amigo nos recomienda',
  minJobValue: (amount) => `en trabajos de ${amount} o más`,
  atLeast: (amount) => `al menos ${amount}`,
  atMost: (amount) => `como máximo ${amount}`,
  privacy: (organization) => `${organization} usa sus datos para responderle sobre esta oferta.`,
  privacyOfAdvocate: (advocate) => `${advocate} ve su nombre de pila y si ha reservado.`,
  thanks: {
    title: (friend) => `Gracias, ${friend}.`,
    saved: (figure) => `Sus ${figure} están guardados.`,
    get: (offer) => `Recibe su oferta (${offer}) cuando el trabajo está hecho.`,
  },
  steps: {
    soon: 'Le llamamos o escribimos pronto.',
    agree: 'Usted aprueba el trabajo antes de que empiece.',
    thankFriend: 'Damos las gracias a su amigo cuando el trabajo está hecho.',
    noted: 'Anotamos quién le envía y preguntamos si no estamos seguros.',
  },
  fields: {
    email: 'Escriba su correo electrónico.',
    phone: 'Escriba su número de teléfono.',
    message: 'Díganos qué necesita.',
    consent: 'Marque la casilla para continuar.',
    question: 'Responda a esta pregunta.',
    choice: 'Elija una de las respuestas.',
    reach: 'Escriba un correo electrónico o un número de teléfono.',
    advocateName: 'Escriba el código que le dio su amigo.',
  },
})
