/** Written by `npm run words` from catalogs/en/credit.json. */
export type CreditKeys = {
  'credit.friend': null
  'credit.when.sent': { day: string }
  'credit.when.since': { day: string }
  'credit.when.booked': { day: string }
  'credit.when.notGiven': { day: string }
  'credit.when.used': { day: string }
  'credit.when.added': { day: string }
  'credit.when.expected': { day: string }
  'credit.when.notBefore': { day: string }
  'credit.when.ready': { day: string }
  'credit.when.due': { day: string }
  'credit.why.contact': { friend: string }
  'credit.why.contactLate': { friend: string }
  'credit.why.paid': { friend: string }
  'credit.why.expired': { friend: string }
  'credit.why.because': { reason: string }
  'credit.why.clearsPaid': { days: number }
  'credit.why.clearsDone': { days: number }
  'credit.why.wasPaid': { friend: string; day: string }
  'credit.why.wasDone': { friend: string; day: string }
  'credit.why.thenApproval': { day: string }
  'credit.why.approval': { day: string }
  'credit.why.code': { day: string }
  'credit.why.card': { day: string }
  'credit.history.used': null
  'credit.history.setOff': null
  'credit.history.opening': null
  'credit.history.merge': null
  'credit.history.added': null
  'credit.history.removed': null
  'credit.history.takenBackBefore': { what: string }
  'credit.history.takenBack': { what: string }
  'credit.history.takenBackAfter': { what: string }
  'credit.history.givenBack': { what: string }
  'credit.history.welcome': null
  'credit.history.reward': null
  'credit.history.someoneBooked': null
  'credit.history.booked': { friend: string }
  'credit.history.offJob': null
  'credit.history.welcomeDiscount': null
  'credit.how.send': null
  'credit.how.details': { organization: string }
  'credit.how.friendGets': { offer: string }
  'credit.how.done': null
  'credit.how.hold': { days: number }
  'credit.how.approval': { organization: string }
  'credit.terms.newCustomers': null
  'credit.terms.month': { amount: string }
  'credit.terms.year': { amount: string }
  'credit.terms.total': { amount: string }
  'credit.terms.live': { count: number }
  'credit.terms.until': { day: string }
  'credit.next.bonus': { amount: string }
  'credit.next.value': { value: string }
  'credit.next.count': { count: string; total: number }
  'credit.next.why': { friend: string; nth: number; day: string }
  'credit.gift.thanks': null
  'credit.gift.since': { day: string }
  'credit.gift.soon': { day: string }
  'credit.gift.emailed': { day: string }
  'credit.card.sent': { day: string }
  'credit.card.sentTo': { email: string; day: string }
  'credit.card.missing': null
  'credit.card.returned': null
  'credit.card.returnedFrom': { email: string }
}
