/** Written by `npm run words` from catalogs/en/email.json. */
export type EmailKeys = {
  'email.hello': { name: string }
  'email.helloAll': null
  'email.button': { label: string }
  'email.why': null
  'email.stop': null
  'email.seeCredit': null
  'email.seeRewards': null
  'email.reason': { reason: string }
  'email.received.body': { organization: string }
  'email.received.subject': { organization: string }
  'email.received.offer': { offer: string; advocate: string }
  'email.received.offerFriend': { offer: string }
  'email.received.call': { phone: string }
  'email.received.page': null
  'email.received.text': { organization: string }
  'email.welcome.body': { organization: string }
  'email.welcome.subject': { organization: string }
  'email.welcome.credit': { credit: string }
  'email.welcome.offThisJob': { offThisJob: string }
  'email.welcome.later': { credit: string; day: string }
  'email.welcome.code': { credit: string; code: string }
  'email.welcome.approval': { credit: string }
  'email.welcome.noCode': { credit: string }
  'email.welcome.link': { headline: string }
  'email.welcome.share': null
  'email.welcome.text': { organization: string; headline: string; link: string }
  'email.welcome.noCard': { credit: string }
  'email.released.body': { amount: string; organization: string }
  'email.released.subject': { amount: string; organization: string }
  'email.released.text': { organization: string; amount: string }
  'email.code.body': { amount: string; organization: string; code: string }
  'email.code.subject': { organization: string; amount: string }
  'email.code.text': { organization: string; amount: string; code: string }
  'email.refused.body': { amount: string; organization: string }
  'email.refused.subject': { organization: string }
  'email.refused.text': { organization: string; amount: string; reason: string }
  'email.reinstated.body': { amount: string; organization: string }
  'email.reinstated.subject': { organization: string }
  'email.reinstated.from': { day: string }
  'email.reinstated.text': { organization: string; amount: string }
  'email.adjusted.subject': { organization: string }
  'email.adjusted.less': { organization: string; amount: string; before: string }
  'email.adjusted.more': { organization: string; amount: string; before: string }
  'email.adjusted.gone': { amount: string; organization: string }
  'email.reversed.body': { amount: string; organization: string }
  'email.reversed.subject': { organization: string }
  'email.reversed.nothing': { organization: string }
  'email.reversed.offThisJob': { amount: string }
  'email.reversed.owed': { owed: string }
  'email.reversed.text': { organization: string; amount: string }
  'email.reversed.nothingText': { organization: string }
  'email.signIn.subject': { organization: string }
  'email.signIn.body': { organization: string }
  'email.signIn.open': null
  'email.signIn.ignore': null
  'email.signIn.text': { organization: string; link: string }
  'email.confirm.subject': { organization: string }
  'email.confirm.body': { organization: string }
  'email.confirm.open': null
  'email.confirm.ignore': null
  'email.confirm.text': { organization: string; link: string }
  'email.invited.subject': { organization: string; headline: string }
  'email.invited.body': { organization: string; headline: string }
  'email.invited.see': null
  'email.invited.text': { organization: string; headline: string; link: string }
  'email.asked.subject': { organization: string; headline: string }
  'email.asked.body': { headline: string }
  'email.asked.text': { organization: string; headline: string; link: string }
  'email.askedAgain.subject': { organization: string }
  'email.askedAgain.body': { headline: string }
  'email.askedAgain.text': { organization: string; headline: string; link: string }
  'email.askedOnce.subject': { organization: string; headline: string }
  'email.askedOnce.body': { headline: string }
  'email.askedOnce.text': { organization: string; headline: string; link: string }
  'email.interest.subject': { organization: string }
  'email.interest.body': { organization: string }
  'email.interest.reward': { reward: string }
  'email.interest.see': null
  'email.interest.text': { organization: string }
  'email.moreInterest.subject': { organization: string }
  'email.moreInterest.body': { count: number; organization: string }
  'email.moreInterest.text': { organization: string; count: number }
  'email.earned.subject': { amount: string; organization: string }
  'email.earned.body': { organization: string; amount: string }
  'email.earned.code': { code: string }
  'email.earned.approval': null
  'email.earned.noCode': null
  'email.earned.now': null
  'email.earned.later': { day: string }
  'email.earned.text': { organization: string; amount: string }
  'email.earned.textLater': { organization: string; amount: string; day: string }
  'email.earned.noCard': null
  'email.use.next_invoice': null
  'email.use.discount_code': null
  'email.use.payout': null
  'email.used.subject': { amount: string; organization: string }
  'email.used.body': { amount: string; use: string }
  'email.used.text': { organization: string; amount: string; use: string }
  'email.declined.subject': { organization: string }
  'email.declined.body': { amount: string }
  'email.declined.answer': { answer: string }
  'email.declined.text': { organization: string; amount: string; answer: string }
  'email.replied.stopped': { organization: string }
  'email.replied.help': { organization: string }
  'email.card.subject': { organization: string; amount: string }
  'email.card.body': { organization: string; amount: string }
  'email.card.emailed': null
  'email.card.code': { code: string }
  'email.card.open': null
  'email.card.text': { organization: string; amount: string; code: string }
  'email.card.textLink': { organization: string; amount: string; link: string }
  'email.card.textEmailed': { organization: string; amount: string }
  'email.winner.subject': { organization: string; month: string }
  'email.winner.subjectWon': { organization: string; month: string }
  'email.winner.body': { winner: string; organization: string; month: string; count: number }
  'email.winner.won': { organization: string; month: string; count: number }
  'email.winner.see': null
  'email.winner.text': { organization: string; winner: string; month: string }
}
