/** Written by `npm run words` from catalogs/en/friend.json. */
export type FriendKeys = {
  'friend.unnamed.first': null
  'friend.unnamed.within': null
  'friend.unnamed.sender': null
  'friend.gave': { advocate: string; offer: string }
  'friend.at': { organization: string }
  'friend.noted': { advocate: string }
  'friend.form.name': null
  'friend.form.phone': null
  'friend.form.email': null
  'friend.form.reach': null
  'friend.form.message': null
  'friend.form.optional': null
  'friend.form.claim': { figure: string }
  'friend.form.send': null
  'friend.form.call': { phone: string }
  'friend.form.notSent': null
  'friend.form.notSentSay': { phone: string; advocate: string }
  'friend.form.callUs': null
  'friend.form.callUsAt': { phone: string }
  'friend.field.name': null
  'friend.field.email': null
  'friend.field.phone': null
  'friend.field.message': null
  'friend.field.consent': null
  'friend.field.question': null
  'friend.field.choice': null
  'friend.field.reach': null
  'friend.field.advocateName': null
  'friend.field.nameLong': null
  'friend.field.textLong': null
  'friend.field.emailWrong': null
  'friend.field.emailLong': null
  'friend.field.phoneShort': null
  'friend.field.phoneLong': null
  'friend.field.phoneSigns': null
  'friend.field.phoneWrong': null
  'friend.refusal.referralNotPossible': { call: string }
  'friend.refusal.alreadyReferred': null
  'friend.refusal.selfReferral': null
  'friend.refusal.codeUnknown': null
  'friend.refusal.campaignEnded': null
  'friend.refusal.campaignNotActive': null
  'friend.refusal.campaignNotStarted': null
  'friend.refusal.submissionRejected': { call: string }
  'friend.refusal.formTokenInvalid': null
  'friend.refusal.formTooFast': null
  'friend.refusal.proofNeeded': null
  'friend.refusal.rateLimited': { wait: string }
  'friend.refusal.campaignEndedOn': { day: string }
  'friend.privacy.organization': { organization: string }
  'friend.privacy.advocate': { advocate: string }
  'friend.thanks.title': { friend: string }
  'friend.thanks.unnamed': null
  'friend.thanks.saved': { figure: string }
  'friend.thanks.savedCredit': { figure: string }
  'friend.thanks.credit': { offer: string }
  'friend.thanks.creditLater': { offer: string }
  'friend.thanks.custom': { offer: string }
  'friend.thanks.code': { offer: string }
  'friend.thanks.none': null
  'friend.thanks.savedCard': { figure: string }
  'friend.thanks.card': { offer: string }
  'friend.next.contact': null
  'friend.next.agree': null
  'friend.next.noted': null
}
