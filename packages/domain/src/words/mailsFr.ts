import type { MailTexts } from './mails.ts'

export const mailsFr: MailTexts = {
  hello: 'Bonjour {name},',
  helloAll: 'Bonjour,',
  button: '{label} :',
  why: 'Vous recevez cet e-mail à la suite d’une recommandation.',
  stop: 'Ne plus recevoir ces e-mails',
  seeCredit: 'Voir votre avoir',
  seeRewards: 'Voir toutes vos récompenses',
  reason: 'Le motif : {reason}',

  received: 'Merci. {organization} a bien reçu vos coordonnées. Nous vous contactons bientôt.',
  receivedSubject: '{organization} a vos coordonnées',
  receivedOffer: 'Votre offre ({offer}) vous est réservée. Vous la devez à {advocate}.',
  receivedOfferFriend: 'Votre offre ({offer}) vous est réservée. Vous la devez à un proche.',
  receivedCall: 'Vous préférez nous appeler ? {phone}',
  receivedPage: 'Voir où en est votre demande, ou supprimer vos données',
  receivedText: '{organization} a vos coordonnées et vous contacte bientôt.',

  welcome: 'Merci d’avoir choisi {organization}.',
  welcomeSubject: 'Votre propre lien chez {organization}',
  welcomeCredit: 'Utilisable dès aujourd’hui : {credit}.',
  welcomeLater: 'Réservé pour vous : {credit}, utilisable à partir du {day}.',
  welcomeCode: 'Vous recevez {credit}. Votre code : {code}',
  welcomeApproval:
    'Réservé pour vous : {credit}. Nous vérifions d’abord, puis nous vous disons quand vous pourrez en profiter.',
  welcomeNoCode: 'Réservé pour vous : {credit}. Votre code arrive. Nous vous l’envoyons dès que nous l’avons.',
  welcomeLink: 'Vous avez maintenant votre propre lien. {headline}.',
  welcomeShare: 'Votre lien, à envoyer à un proche',
  welcomeText: '{organization} : merci. {headline} avec votre propre lien : {link}',

  released: 'L’attente est terminée. Utilisable dès aujourd’hui chez {organization} : {amount}.',
  releasedSubject: '{amount} pour vous chez {organization}',
  releasedText: '{organization} : {amount}, utilisable dès aujourd’hui.',

  codeGiven: '{amount} pour vous chez {organization}. Donnez-leur ce code : {code}',
  codeSubject: 'Votre code chez {organization} : {amount}',
  codeText: '{organization} : {amount} pour vous. Votre code : {code}',

  refused: 'Chez {organization}, ceci vous était réservé : {amount}. Finalement, vous ne le recevrez pas.',
  refusedSubject: 'Au sujet de votre récompense chez {organization}',
  refusedText: '{organization} : finalement, vous ne recevrez pas {amount}. Le motif : {reason}',
  reinstated: 'Finalement, vous recevez {amount} chez {organization}.',
  reinstatedSubject: 'Vous recevez finalement votre récompense chez {organization}',
  reinstatedFrom: 'Utilisable à partir du {day}.',
  reinstatedText: '{organization} : finalement, vous recevez {amount}.',

  reversed:
    '{amount} ont été retirés de votre avoir chez {organization}, car la recommandation correspondante a été annulée.',
  reversedSubject: 'Un changement de votre avoir chez {organization}',
  reversedNothing: 'Une recommandation vous concernant chez {organization} a été annulée. Votre avoir ne change pas.',
  reversedOwed: 'Vous en aviez déjà utilisé {owed}. Ce montant sera déduit de vos prochaines récompenses.',
  reversedText: '{organization} : {amount} ont été retirés de votre avoir.',
  reversedNothingText: '{organization} : une recommandation vous concernant a été annulée.',
}
