import type { MailTexts } from './mails.ts'

export const mailsDe: MailTexts = {
  hello: 'Guten Tag {name},',
  helloAll: 'Guten Tag,',
  button: '{label}:',
  why: 'Sie erhalten diese Mail wegen einer Empfehlung.',
  stop: 'Diese Mails abbestellen',
  seeCredit: 'Guthaben ansehen',
  seeRewards: 'Alle Prämien ansehen',
  reason: 'Der Grund: {reason}',

  received: 'Vielen Dank. Ihre Angaben sind bei {organization} angekommen. Wir melden uns bald bei Ihnen.',
  receivedSubject: '{organization} hat Ihre Angaben',
  receivedOffer: 'Ihr Angebot ({offer}) ist vorgemerkt. Empfohlen hat uns {advocate}.',
  receivedOfferFriend: 'Ihr Angebot ({offer}) ist vorgemerkt, weil uns jemand empfohlen hat.',
  receivedCall: 'Rufen Sie lieber an? {phone}',
  receivedPage: 'Stand ansehen oder Daten löschen',
  receivedText: '{organization} hat Ihre Angaben und meldet sich bald bei Ihnen.',

  welcome: 'Danke, dass Sie sich für {organization} entschieden haben.',
  welcomeSubject: 'Ihr eigener Link bei {organization}',
  welcomeCredit: 'Ab heute für Sie nutzbar: {credit}.',
  welcomeLater: 'Für Sie vorgemerkt: {credit}, nutzbar ab {day}.',
  welcomeCode: 'Sie erhalten {credit}. Ihr Code: {code}',
  welcomeApproval: 'Für Sie vorgemerkt: {credit}. Wir prüfen es noch und sagen Ihnen, ab wann Sie es nutzen können.',
  welcomeNoCode: 'Für Sie vorgemerkt: {credit}. Ihr Code ist unterwegs. Wir schicken ihn, sobald wir ihn haben.',
  welcomeLink: 'Jetzt haben Sie einen eigenen Link. {headline}.',
  welcomeShare: 'Ihr Link zum Weiterschicken',
  welcomeText: '{organization}: vielen Dank. {headline}, mit Ihrem eigenen Link: {link}',

  released: 'Das Warten ist vorbei. Ab heute bei {organization} nutzbar: {amount}.',
  releasedSubject: '{amount} für Sie bei {organization}',
  releasedText: '{organization}: ab heute für Sie nutzbar: {amount}.',

  codeGiven: '{amount} für Sie bei {organization}. Nennen Sie dort diesen Code: {code}',
  codeSubject: 'Ihr Code bei {organization}: {amount}',
  codeText: '{organization}: {amount} für Sie. Ihr Code: {code}',

  refused: 'Bei {organization} war für Sie vorgemerkt: {amount}. Daraus wird leider doch nichts.',
  refusedSubject: 'Zu Ihrer Prämie bei {organization}',
  refusedText: '{organization}: {amount} gibt es leider doch nicht. Der Grund: {reason}',
  reinstated: 'Sie erhalten bei {organization} nun doch {amount}.',
  reinstatedSubject: 'Sie erhalten Ihre Prämie bei {organization} doch',
  reinstatedFrom: 'Nutzbar ab {day}.',
  reinstatedText: '{organization}: Sie erhalten nun doch {amount}.',

  reversed:
    '{amount} Ihres Guthabens bei {organization} wurden zurückgenommen, weil die Empfehlung dahinter rückgängig gemacht wurde.',
  reversedSubject: 'Ihr Guthaben bei {organization} hat sich geändert',
  reversedNothing:
    'Eine Empfehlung bei {organization}, an der Sie beteiligt waren, wurde zurückgenommen. Ihr Guthaben bleibt gleich.',
  reversedOwed: 'Davon waren {owed} schon eingelöst. Dieser Betrag wird mit Ihren nächsten Prämien verrechnet.',
  reversedText: '{organization}: {amount} Ihres Guthabens wurden zurückgenommen.',
  reversedNothingText: '{organization}: Eine Empfehlung wurde zurückgenommen.',
}
