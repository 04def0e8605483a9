// The words of forms in English, German, Spanish, French and Portuguese, as patterns for folded text: lower case,
// without accents, words separated by single spaces.

/** `eMail_Adresse` is "e mail adresse". */
export const fold = (text: string): string =>
  text
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z\d+@]+/g, ' ')
    .trim()

const name = 'n(?:ame|om|ombres?|ome)'

/** What a field is for, by its words. `name` is a name only in these words: "Pet name" is none. */
export const means = {
  first: /(?:first|given|fore|christian) ?name|^f ?name|^first$|vorname|prenom|primer nombre|primeiro nome/,
  // "First and last name" and "Vor- und Nachname" are a whole name.
  last: /(?<!nd )(?:last|family|sur|nach) ?name|^l ?name|^last$|familienname|zuname|apellido|sobrenome|^apelido|nom de famille/,
  last2: /segundo apellido|apellido materno/,
  name: new RegExp(
    `^${name}s?\\b(?! (?:of|on|de?s?|der|d[aou]s?|del|[b-df-z])\\b)|\\b(?:your|full|my|contact|customer|client|lead|legal|complete|owner|patient|applicant|visitor|buyer|parents?|parent s|guardian|kunden|ihre?n?|deine?n?|vo?ll\\w*|tu|su|votre|seu|sua|del?|du) ?${name}\\b|${name} (?:complet|und vorname|y apell|et prenom|de contact|(?:du|do|del?) (?:c[lo]|respons|tit))|nom prenom|nd (?:last|sur|nach) ?name|como (?:se|te) (?:llama|chama)|vous appelez|heiss(?:en|t) (?:sie|du)|^ansprech|kontaktperson|contact person|persona de contact|should (?:we|i) call you$`,
  ),
  email: /e ?mail\b|email|\bmail\b|mail ?adr|correo|courriel|correio|adresse electron|endereco eletron/,
  phone:
    /phone|\btel\b|tel ?(?:no|nu)|telef|\bmobil|mobile|\bcell\b|celular|\bmovil|telemovel|\bhandy(?!m)|\bportable|whats ?app|\bfone?\b|rufnummer|ruckruf|call ?back|natel|n(?:umber|umero) (?:to|para|de) (?:call|reach|text|llam|cont)|(?:contact|best|your|daytime) n(?:o|um|umber)\b/,
  message:
    /mess?age|mensage|comment|comentar|kommentar|quiry|question|frage|detail|descri|notes?\b|project|projekt|tell us|help|request|nachricht|mitteilung|anliegen|bemerk|consulta|demande|besoin|necesit|what do you need/,
  area: /\barea|vorwahl|prefi|dial|indicati|^dd[di]$|(?:country|land\w*|pais|pays).*code|code (?:pays|pais)|phone.*(?:country|code)|codigo (?:de |do )?(?:area|pais)|lada/,
} as const

/** Words that end the search: the field is no detail of the friend, whatever else it says. */
export const never = new RegExp(
  [
    'emergency|\\bice\\b|notfall|urgence|emergencia|spouse|wife|husband|ehe(?:part|frau|mann)|conjoint|conyug|\\bespos|marido|next of kin',
    '\\brefer(?!en)|recomm|empf[eo]hl|vermittelt|werber|parrain|recomend|indicad|indico|who sent|introduc',
    'user ?name|\\blogin|benutzer|utilisateur|usuari|nick ?name|pseudo|pass ?w|kennwort|contrasena|mot de passe|senha',
    'coupon|promo|voucher|gutschein|cupon|\\bcode$|captcha|card|kart(?:e|en)(?:n|i)|carte b|tarjeta|cartao|\\bcv[cv]|iban',
    'search|suche|recherch|buscar|pesquis|subject|betreff|\\basunto|\\bobjet\\b|assunto|\\burl\\b|web ?s|domain',
    'zip|post(?:al|leit| ?code)|\\bplz|\\bcep\\b|street|strasse|\\bcity\\b|\\bfax|extension|\\bext\\b|durchwahl|automobil|prefer|best time|method|hear about',
    'signature|subscrib|newsletter|account|konto|birth|\\b(?:sub)?title$',
  ].join('|'),
)
/** Somebody else's, unless the whole form is about them. */
export const others =
  /guest|\bgast|gaste|invit|friend|freund|\bami(?:e?s?)\b|amig|\bpartner|companion|acompan|begleit|accompagn|attend|student|schuler|\baluno|alumn|\beleve|plus ?(?:one|1)|particip|teilnehm|zweite|secondary|alternat|child|\bkind|enfant|hij[oa]|filh|recipient|empfang|destinat|benefi|\bco (?:app|sign|borr)|relative|landlord|vermiet|witness|agent|broker|doctor|\barzt|manager|superv|assist|\btenant|\bmieter|\bpet\b/
/** A company's: read only if the form has no other way to reach the friend. */
export const company =
  /compan|firm(?:a|en)|unternehm|betrieb|empres|entrepris|societe|organi[sz]a|arbeitgeb|employer|\bverein/
/** A second field for the same: it never wins over the first. */
export const again = /confirm|repe[at]|again|verif|wiederhol|bestatig|re ?(?:enter|type)|second|other|altern|2$/
/** Fields that only machines should fill in. */
export const trap =
  /honey|gotcha|bot ?field|\bhp\b|validation purposes|(?:leave|keep) (?:this|it)?.*(?:blank|empty|unchanged)|do not fill|leer lassen|nicht ausfull|deja?r? .*(?:vaci|blanco)|no (?:re)?llen|laisse[rz] .*vide|ne pas remplir|deix.*branco|nao preench/

/** Forms whose senders are not friends with a request, by their identity, heading and buttons. */
export const forms = {
  payment: /check ?out|payment|\bpay\b|billing|zahlung|kasse\b|paiement|\bpago\b|pagamento|pagar\b|payer\b/,
  login:
    /log ?in\b|sign ?in\b|forgot|reset|anmelden|einloggen|connexion|connecter|iniciar sesion|acceder|\bentrar|passwor|unsub|track|order status/,
  search: /search|suche|recherch|busca|pesquis/,
  newsletter:
    /subscri|newsletter|mailing ?list|mc embedded|mailchimp|abonn|suscri|s inscrire|inscreva|boletin|infolettre/,
  comment: /comment ?form|commentform/,
} as const

/** How pages say no and yes after a form was sent. */
export const said = {
  thanks: /thank|danke|gracias|merci\b|obrigad/,
  waiting: /sending|submitting|loading|please wait|wird ge|einen moment|enviando|envoi en cours|un momento/,
  no: /\bnot\b|n t\b|error|invalid|incorrect|wrong|required|missing|please|must|fail|try again|sorry|unable|cannot|\bonly\b|too (?:short|long|many)|already|fehler|ungultig|pflicht|bitte|leider|nicht\b|falsch|obligato|requerid|por favor|\bno (?:es|se|ha|pud|hay|aten|serv|lleg)|lo sent|erreur|veuillez|\bne\b|desole|erro\b|obrigat|\bnao\b|preencha|desculp|revise|vuelv/,
  yes: /success|\bsent\b|received|submitted|be in touch|get back|contact you|call you|booked|confirmed|\bdone\b|got it|gesendet|erhalten|erfolg|melden uns|enviad|recibid|exito|envoye|bien recu|succes|recebid|sucesso/,
} as const

/** What buttons say. */
export const presses = {
  send: /send|submit|senden|abschick|anfrag|anford|enviar|envoy|soumettre|valider|solicit|quote|\bbook|request|contact|\bget |\bgo\b|apply|\bjoin|sign up|regist|finish|done|confirm|buchen|reserv|termin|kosten|continu|\bok\b|demand|pedir|start|claim|schedule/,
  back: /\bback\b|prev|cancel|close|reset|clear|zuruck|abbrech|schliess|losch|retour|annul|fermer|preced|volver|atras|cerrar|borrar|voltar|anterior|fechar|limpar|upload|browse/,
} as const
