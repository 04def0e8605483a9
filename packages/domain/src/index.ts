export * from './abuse.ts'
export * from './asking/askFacts.ts'
export * from './asking/channels.ts'
export * from './asking/decideAsk.ts'
export * from './asking/quietHours.ts'
export * from './asking/readReply.ts'
export * from './asking/simulateAsk.ts'
export * from './attribution.ts'
export * from './budget.ts'
export * from './calendar.ts'
export * from './campaign.ts'
export * from './campaignChanges.ts'
export * from './canonicalEmail.ts'
export * from './cashThreshold.ts'
export * from './codePool.ts'
export * from './codes.ts'
export {
  type ConversionQuestion,
  type ConvertingJob,
  decideJobConversion,
  type JobConversion,
  type LiveReferral,
  type NoConversion,
} from './converting.ts'
export * from './csvCells.ts'
export * from './days.ts'
export * from './exceptions.ts'
export * from './expiry.ts'
export * from './giftCards.ts'
export * from './hold.ts'
export * from './identity.ts'
export * from './identityToken.ts'
export * from './importColumns.ts'
export * from './invariant.ts'
export * from './ipNetwork.ts'
export * from './jobs/amounts.ts'
export * from './jobs/currencies.ts'
export * from './jobs/entry.ts'
export * from './jobs/interpret.ts'
export * from './jobs/job.ts'
export * from './jobs/jobEvent.ts'
export * from './jobs/jobFacts.ts'
export { isMadeUpEmail, namesOfPlaceholder, type OwnAddresses } from './jobs/madeUp.ts'
export { parsePath } from './jobs/mapping.ts'
export * from './jobs/sample.ts'
export * from './jobs/timing.ts'
export * from './joining.ts'
export * from './leaderboard.ts'
export * from './ledger.ts'
export * from './money.ts'
export * from './ordinal.ts'
export * from './peopleList.ts'
export * from './permissions.ts'
export * from './referralLinks.ts'
export * from './refundedRewards.ts'
export * from './refunds.ts'
export * from './repeatRewards.ts'
export {
  advocateValueAt,
  codeOrigin,
  describeDiscount,
  describeValue,
  isWorthMoney,
  parseDiscount,
  type SideReward,
} from './rewardOfSide.ts'
export * from './rewardSteps.ts'
export * from './rewards.ts'
export * from './saysYes.ts'
export * from './searchFolding.ts'
export * from './searchQuery.ts'
export { type SearchField, searchTerms, termsBeyond } from './searchTerms.ts'
export * from './status.ts'
export * from './tierStanding.ts'
export * from './typedDay.ts'
