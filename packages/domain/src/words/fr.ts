import { friendWordsOf } from './translated.ts'

export const fr = friendWordsOf('fr', {
  call: (phone) => (phone === null ? 'appelez-nous' : `appelez-nous au ${phone}`),
  refusals: {
    referral_not_possible: (call) =>
      `Merci. Nous ne pouvons pas ajouter cette recommandation ; ${call} et nous trouverons une solution.`,
    already_referred: () => 'Nous avons déjà vos coordonnées par ce lien.',
    self_referral: () => 'C’est votre propre lien. Envoyez-le à un proche.',
    code_unknown: () => 'Nous ne connaissons pas ce code. Vérifiez-le, ou redemandez le lien à votre proche.',
    campaign_ended: (_call, day) =>
      `Cette offre ${day === null ? 'est terminée' : `s’est terminée le ${day}`}. Vous pouvez toujours prendre rendez-vous.`,
    campaign_not_active: () => 'Cette offre n’est pas ouverte actuellement. Vous pouvez toujours prendre rendez-vous.',
    campaign_not_started: () => 'Cette offre n’a pas encore commencé. Vous pouvez toujours prendre rendez-vous.',
    submission_rejected: (call) => `Nous n’avons pas pu recevoir ces données ; ${call} et dites-nous qui vous envoie.`,
  },
  off: (figure, offerFor) => (offerFor === '' ? `${figure} de remise` : `${figure} de remise : ${offerFor}`),
  recommended: 'Un proche nous recommande',
  minJobValue: (amount) => `pour des travaux de ${amount} ou plus`,
  atLeast: (amount) => `au moins ${amount}`,
  atMost: (amount) => `au plus ${amount}`,
  privacy: (organization) => `${organization} utilise vos coordonnées pour vous répondre au sujet de cette offre.`,
  privacyOfAdvocate: (advocate) => `${advocate} voit votre prénom et si vous avez réservé.`,
  thanks: {
    title: (friend) => `Merci, ${friend}.`,
    saved: (figure) => `Vos ${figure} sont enregistrés.`,
    get: (offer) => `Vous recevez votre offre (${offer}) une fois le travail terminé.`,
  },
  steps: {
    soon: 'Nous vous appelons ou vous écrivons bientôt.',
    agree: 'Vous donnez votre accord avant le début du travail.',
    thankFriend: 'Nous remercions la personne qui vous envoie une fois le travail terminé.',
    noted: 'Nous notons qui vous envoie, et nous demandons en cas de doute.',
  },
  fields: {
    email: 'Saisissez votre adresse e-mail.',
    phone: 'Saisissez votre numéro de téléphone.',
    message: 'Dites-nous ce dont vous avez besoin.',
    consent: 'Cochez la case pour continuer.',
    question: 'Répondez à cette question.',
    choice: 'Choisissez une des réponses.',
    reach: 'Saisissez une adresse e-mail ou un numéro de téléphone.',
    advocateName: 'Saisissez le code que l’on vous a donné.',
  },
})
