/**
 * What replies to texts are made of, in the five languages we write and plainly spelled: lower case, without accents,
 * apostrophes and signs. English stands first, then German, Spanish, French and Portuguese.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean))

/** Ask us to stop, alone or among nothing but `around`. */
export const stopping = words(`
  stop stopall unsubscribe unsub optout revoke
  stopp stoppen abmelden abmeldung abbestellen aufhoren
  baja parar pare paren parad detener detengan
  arret arrete arretez arreter desabonner desabonnement desinscrire desinscription
  parem para sair descadastrar descadastre`)

/** Mean a stop only if nothing but what is stopped stands beside them: they are words of any other talk too. */
export const stoppingAlone = words(`
  cancel end quit remove
  ende beenden schluss
  cancelar cancele alto fin
  annuler fin
  cancelar cancele remover`)

/** What is stopped. */
export const stoppedThings = words(`
  text texts texting message messages messaging sms msg msgs all list
  nachricht nachrichten
  mensaje mensajes textos
  textos mensagem mensagens`)

/** Stand around a stop without changing it. */
export const around = words(`
  please pls plz thanks thank you it this these the me my now sending send calling contacting from your everything
  bitte danke sofort mich mir das diese die an
  por favor gracias ya me estos los de
  svp merci sil vous plait maintenant les ces
  obrigado obrigada agora as essas`)

/** Say stop without any such word. Compared without the polite words around them. */
export const stopPhrases: ReadonlySet<string> = new Set([
  'opt out',
  'opt me out',
  'i want to opt out',
  'remove me',
  'remove me from your list',
  'remove me from the list',
  'remove me from this list',
  'remove my number',
  'delete my number',
  'take me off',
  'take me off your list',
  'take me off the list',
  'take me off this list',
  'no more',
  'no more texts',
  'no more messages',
  'no texts',
  'dont text me',
  'dont text me again',
  'dont text me anymore',
  'do not text me',
  'do not text me again',
  'do not text me anymore',
  'dont message me',
  'do not message me',
  'dont contact me',
  'do not contact me',
  'do not contact me again',
  'leave me alone',
  'unsubscribe me',
  'i want to unsubscribe',
  'i want to stop',
  'keine nachrichten mehr',
  'keine sms mehr',
  'keine weiteren nachrichten',
  'ich mochte keine nachrichten mehr',
  'ich will keine nachrichten mehr',
  'ich mochte keine sms mehr',
  'ich will keine sms mehr',
  'horen sie auf',
  'hort auf',
  'hor auf',
  'schreibt mir nicht mehr',
  'schreiben sie mir nicht mehr',
  'lasst mich in ruhe',
  'no mas',
  'no mas mensajes',
  'no mas sms',
  'no quiero mas mensajes',
  'no me escriban mas',
  'no me escribas mas',
  'no me manden mas mensajes',
  'no me envien mas mensajes',
  'no envien mas mensajes',
  'dejen de escribirme',
  'deje de escribirme',
  'dejen de enviarme mensajes',
  'dar de baja',
  'darme de baja',
  'quiero darme de baja',
  'denme de baja',
  'plus de messages',
  'plus de sms',
  'plus de textos',
  'ne mecrivez plus',
  'ne menvoyez plus de messages',
  'ne menvoyez plus de sms',
  'arretez de mecrire',
  'arretez de menvoyer des messages',
  'desabonnez moi',
  'desinscrivez moi',
  'je veux me desabonner',
  'laissez moi tranquille',
  'nao quero mais',
  'nao quero mais mensagens',
  'nao me mandem mais mensagens',
  'nao me mande mais mensagens',
  'nao enviem mais mensagens',
  'nao envie mais mensagens',
  'parem de me mandar mensagens',
  'pare de me mandar mensagens',
  'me tire da lista',
  'me remova da lista',
  'quero sair',
  'quero sair da lista',
])

/** Left out before a phrase is compared. */
export const polite = words(`
  please pls plz thanks thank you now hi hello
  bitte danke
  gracias
  svp merci
  obrigado obrigada`)

export const starting = words('start unstop yes starten fortsetzen alta reanudar reprendre voltar iniciar')
export const helping = words('help info hilfe ayuda aide ajuda')
