/** Written by `npm run words` from catalogs/en/staff.json. */
export type StaffKeys = {
  'staff.signIn.body': null
  'staff.signIn.open': null
  'staff.invited.subject': { organization: string }
  'staff.invited.body': { organization: string }
  'staff.invited.open': null
  'staff.invited.ignore': null
  'staff.webhook.subject': { host: string }
  'staff.webhook.body': { organization: string; reason: string }
  'staff.webhook.gone': null
  'staff.webhook.failing': null
  'staff.webhook.open': null
  'staff.webhook.text': { organization: string; host: string; link: string }
  'staff.referral.subject': { campaign: string }
  'staff.referral.friendOf': { advocate: string; campaign: string }
  'staff.referral.someone': { campaign: string }
  'staff.referral.unknown': null
  'staff.referral.named': { name: string }
  'staff.referral.namedSomeone': null
  'staff.referral.open': null
  'staff.referral.text': { campaign: string; link: string }
  'staff.digest.subject': { count: number; advocate: string }
  'staff.digest.subjectMany': { count: number; organization: string }
  'staff.digest.body': { count: number; advocate: string }
  'staff.digest.bodyMany': { count: number }
  'staff.digest.open': null
  'staff.digest.text': { count: number; organization: string; link: string }
  'staff.codes.subject': { campaign: string }
  'staff.codes.body': { campaign: string }
  'staff.codes.open': null
  'staff.codes.text': { campaign: string; link: string }
  'staff.credit.subject': { amount: string }
  'staff.credit.body': { advocate: string; amount: string; use: string }
  'staff.credit.bodySomeone': { amount: string; use: string }
  'staff.credit.open': null
  'staff.credit.text': { amount: string; use: string; link: string }
  'staff.codesLow.subject': { count: number; campaign: string }
  'staff.codesLow.body': { count: number; campaign: string }
  'staff.budget.subject': { percent: string; campaign: string }
  'staff.budget.body': { campaign: string; used: string; budget: string; left: string }
  'staff.budget.usedUp': { campaign: string }
  'staff.budget.usedUpBody': { campaign: string; used: string; budget: string }
  'staff.budget.open': null
  'staff.cash.subject': { name: string; threshold: string; year: string }
  'staff.cash.near': { name: string; percent: string; threshold: string; year: string }
  'staff.cash.body': { name: string; total: string; year: string; threshold: string }
  'staff.cash.open': null
  'staff.delivery.subject': { amount: string }
  'staff.delivery.open': null
  'staff.notice.text': { subject: string; link: string }
  'staff.notice.why': { organization: string }
  'staff.lowScore.subject': { score: string }
  'staff.lowScore.body': { name: string; score: string }
  'staff.lowScore.someone': { score: string }
  'staff.lowScore.job': { job: string }
  'staff.lowScore.text': { score: string; link: string }
  'staff.reply.subject': null
  'staff.reply.body': { name: string; reply: string }
  'staff.reply.hidden': { name: string }
  'staff.reply.text': { organization: string; link: string }
  'staff.reply.somebody': null
  'staff.openContact': null
}
