import type { MailTexts } from './mails.ts'

export const mailsPt: MailTexts = {
  hello: 'Olá, {name},',
  helloAll: 'Olá,',
  button: '{label}:',
  why: 'Você recebe este e-mail por causa de uma indicação.',
  stop: 'Parar estes e-mails',
  seeCredit: 'Ver seu crédito',
  seeRewards: 'Ver todas as suas recompensas',
  reason: 'O motivo: {reason}',

  received: 'Obrigado. Seus dados chegaram a {organization}. Entraremos em contato com você em breve.',
  receivedSubject: '{organization} recebeu seus dados',
  receivedOffer: 'Sua oferta ({offer}) está reservada. {advocate} indicou você.',
  receivedOfferFriend: 'Sua oferta ({offer}) está reservada. Um amigo indicou você.',
  receivedCall: 'Prefere ligar? {phone}',
  receivedPage: 'Ver o andamento ou apagar seus dados',
  receivedText: '{organization} recebeu seus dados e entrará em contato com você em breve.',

  welcome: 'Obrigado por escolher {organization}.',
  welcomeSubject: 'Seu próprio link em {organization}',
  welcomeCredit: 'Você já pode usar: {credit}.',
  welcomeLater: 'Reservado para você: {credit}. Você poderá usar a partir de {day}.',
  welcomeCode: 'Você recebe {credit}. Seu código: {code}',
  welcomeApproval: 'Reservado para você: {credit}. Primeiro conferimos e depois avisamos quando você poderá usar.',
  welcomeNoCode: 'Reservado para você: {credit}. Seu código está a caminho. Enviamos assim que estiver conosco.',
  welcomeLink: 'Agora você tem o seu próprio link. {headline}.',
  welcomeShare: 'Seu link, para enviar a um amigo',
  welcomeText: '{organization}: obrigado. {headline} com o seu próprio link: {link}',

  released: 'A espera acabou. Você já pode usar em {organization}: {amount}.',
  releasedSubject: '{amount} para você em {organization}',
  releasedText: '{organization}: você já pode usar {amount}.',

  codeGiven: '{amount} para você em {organization}. Informe lá este código: {code}',
  codeSubject: 'Seu código em {organization}: {amount}',
  codeText: '{organization}: {amount} para você. Seu código: {code}',

  refused: 'Em {organization} estava reservado para você: {amount}. No fim, não será concedido.',
  refusedSubject: 'Sobre a sua recompensa em {organization}',
  refusedText: '{organization}: no fim, {amount} não será concedido. O motivo: {reason}',
  reinstated: 'No fim, você recebe {amount} em {organization}.',
  reinstatedSubject: 'No fim, a sua recompensa em {organization} é sua',
  reinstatedFrom: 'Você poderá usar a partir de {day}.',
  reinstatedText: '{organization}: no fim, você recebe {amount}.',

  reversed: 'Retiramos {amount} do seu crédito em {organization}, porque a indicação correspondente foi cancelada.',
  reversedSubject: 'Uma mudança no seu crédito em {organization}',
  reversedNothing: 'Uma indicação sua em {organization} foi cancelada. Seu crédito não mudou.',
  reversedOwed: 'Desse valor, {owed} já tinham sido usados. Isso será descontado das suas próximas recompensas.',
  reversedText: '{organization}: retiramos {amount} do seu crédito.',
  reversedNothingText: '{organization}: uma indicação sua foi cancelada.',
}
