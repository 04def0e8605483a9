import { friendWordsOf } from './translated.ts'

export const de = friendWordsOf('de', {
  call: (phone) => (phone === null ? 'rufen Sie uns an' : `rufen Sie uns an unter ${phone}`),
  refusals: {
    referral_not_possible: (call) =>
      `Danke. Wir können diese Empfehlung nicht aufnehmen; ${call}, dann klären wir das.`,
    already_referred: () => 'Wir haben Ihre Angaben über diesen Link schon.',
    self_referral: () => 'Das ist Ihr eigener Link. Schicken Sie ihn weiter.',
    code_unknown: () => 'Wir kennen diesen Code nicht. Prüfen Sie ihn, oder bitten Sie noch einmal um den Link.',
    campaign_ended: (_call, day) =>
      `Dieses Angebot ${day === null ? 'ist beendet' : `endete am ${day}`}. Einen Termin bekommen Sie trotzdem.`,
    campaign_not_active: () => 'Dieses Angebot gilt zurzeit nicht. Einen Termin bekommen Sie trotzdem.',
    campaign_not_started: () => 'Dieses Angebot hat noch nicht begonnen. Einen Termin bekommen Sie trotzdem.',
    submission_rejected: (call) =>
      `Wir konnten diese Angaben nicht annehmen; ${call}, und sagen Sie, wer Sie geschickt hat.`,
  },
  off: (figure, offerFor) => (offerFor === '' ? `${figure} Rabatt` : `${figure} Rabatt: ${offerFor}`),
  recommended: 'Jemand empfiehlt uns',
  minJobValue: (amount) => `bei Aufträgen ab ${amount}`,
  atLeast: (amount) => `mindestens ${amount}`,
  atMost: (amount) => `höchstens ${amount}`,
  privacy: (organization) => `${organization} nutzt Ihre Angaben, um Ihnen zu diesem Angebot zu antworten.`,
  privacyOfAdvocate: (advocate) => `${advocate} sieht Ihren Vornamen und ob Sie gebucht haben.`,
  thanks: {
    title: (friend) => `Danke, ${friend}.`,
    saved: (figure) => `${figure} sind für Sie vorgemerkt.`,
    get: (offer) => `Sie erhalten Ihr Angebot (${offer}), wenn die Arbeit getan ist.`,
  },
  steps: {
    soon: 'Wir rufen Sie bald an oder schreiben Ihnen.',
    agree: 'Sie stimmen der Arbeit zu, bevor sie beginnt.',
    thankFriend: 'Wir danken der Person, die Sie geschickt hat, wenn die Arbeit getan ist.',
    noted: 'Wir notieren, wer Sie geschickt hat, und fragen nach, wenn wir unsicher sind.',
  },
  fields: {
    email: 'Geben Sie Ihre E-Mail-Adresse ein.',
    phone: 'Geben Sie Ihre Telefonnummer ein.',
    message: 'Sagen Sie, was Sie brauchen.',
    consent: 'Setzen Sie das Häkchen, um fortzufahren.',
    question: 'Beantworten Sie diese Frage.',
    choice: 'Wählen Sie eine der Antworten.',
    reach: 'Geben Sie eine E-Mail-Adresse oder eine Telefonnummer ein.',
    advocateName: 'Geben Sie den Code ein, den Sie bekommen haben.',
  },
})
