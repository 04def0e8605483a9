import type { MailTexts } from './mails.ts'

export const mailsEs: MailTexts = {
  hello: 'Hola, {name}:',
  helloAll: 'Hola:',
  button: '{label}:',
  why: 'Recibe este correo por una recomendación.',
  stop: 'No recibir más correos',
  seeCredit: 'Ver su saldo',
  seeRewards: 'Ver todas sus recompensas',
  reason: 'El motivo: {reason}',

  received: 'Gracias. {organization} ya tiene sus datos. Nos pondremos en contacto con usted pronto.',
  receivedSubject: '{organization} tiene sus datos',
  receivedOffer: 'Su oferta ({offer}) está reservada. Viene de parte de {advocate}.',
  receivedOfferFriend: 'Su oferta ({offer}) está reservada. Viene de parte de un amigo.',
  receivedCall: '¿Prefiere llamarnos? {phone}',
  receivedPage: 'Ver cómo va o borrar sus datos',
  receivedText: '{organization} tiene sus datos y se pondrá en contacto con usted pronto.',

  welcome: 'Gracias por elegir {organization}.',
  welcomeSubject: 'Su propio enlace en {organization}',
  welcomeCredit: 'Desde hoy puede usar: {credit}.',
  welcomeLater: 'Reservado para usted: {credit}. Podrá usarlo a partir del {day}.',
  welcomeCode: 'Usted recibe {credit}. Su código: {code}',
  welcomeApproval: 'Reservado para usted: {credit}. Primero lo revisamos y le avisamos cuando pueda usarlo.',
  welcomeNoCode: 'Reservado para usted: {credit}. Su código está en camino. Se lo enviaremos en cuanto lo tengamos.',
  welcomeLink: 'Ahora tiene su propio enlace. {headline}.',
  welcomeShare: 'Su enlace, para enviar a un amigo',
  welcomeText: '{organization}: gracias. {headline} con su propio enlace: {link}',

  released: 'Se acabó la espera. Desde hoy puede usar en {organization}: {amount}.',
  releasedSubject: '{amount} para usted en {organization}',
  releasedText: '{organization}: desde hoy puede usar {amount}.',

  codeGiven: '{amount} para usted en {organization}. Dé allí este código: {code}',
  codeSubject: 'Su código en {organization}: {amount}',
  codeText: '{organization}: {amount} para usted. Su código: {code}',

  refused: 'En {organization} tenía reservado: {amount}. Al final no se le concede.',
  refusedSubject: 'Sobre su recompensa en {organization}',
  refusedText: '{organization}: al final no se le concede {amount}. El motivo: {reason}',
  reinstated: 'Al final sí recibe {amount} en {organization}.',
  reinstatedSubject: 'Al final sí recibe su recompensa en {organization}',
  reinstatedFrom: 'Podrá usarlo a partir del {day}.',
  reinstatedText: '{organization}: al final sí recibe {amount}.',

  reversed: 'Se retiraron {amount} de su saldo en {organization}, porque se anuló la recomendación correspondiente.',
  reversedSubject: 'Un cambio en su saldo en {organization}',
  reversedNothing: 'Se anuló una recomendación suya en {organization}. Su saldo no cambia.',
  reversedOwed: 'De ese saldo ya se habían usado {owed}. Ese importe se descontará de sus próximas recompensas.',
  reversedText: '{organization}: se retiraron {amount} de su saldo.',
  reversedNothingText: '{organization}: se anuló una recomendación suya.',
}
