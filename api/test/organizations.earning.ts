import type { SideReward } from '@goodword/domain'
import * as adjusting from '../src/modules/money/rewards/adjusting.ts'
import * as adjustments from '../src/modules/money/rewards/adjustments.ts'
import * as voiding from '../src/modules/money/rewards/voiding.ts'
import * as further from '../src/modules/program/conversions/furtherJobs.ts'
import * as reversal from '../src/modules/program/conversions/reversal.ts'
import * as rewardedJobs from '../src/modules/program/conversions/rewardedJobs.ts'
import * as rewarding from '../src/modules/program/conversions/rewarding.ts'
import * as adopting from '../src/modules/program/jobs/earning/adopting.ts'
import * as answers from '../src/modules/program/jobs/earning/answers.ts'
import * as candidates from '../src/modules/program/jobs/earning/candidates.queries.ts'
import * as converting from '../src/modules/program/jobs/earning/converting.ts'
import * as following from '../src/modules/program/jobs/earning/following.ts'
import * as furtherJobs from '../src/modules/program/jobs/earning/furtherJobs.ts'
import * as earningJobs from '../src/modules/program/jobs/earning/jobs.queries.ts'
import * as listeners from '../src/modules/program/jobs/earning/listeners.ts'
import * as referralJobs from '../src/modules/program/jobs/earning/referralJobs.queries.ts'
import * as proposals from '../src/modules/program/jobs/earning/refundProposal.queries.ts'
import * as refunds from '../src/modules/program/jobs/earning/refunds.ts'
import * as todoQueries from '../src/modules/program/jobs/earning/todos.queries.ts'
import * as todos from '../src/modules/program/jobs/earning/todos.ts'
import { nothingOfDeliveries } from './organizations.deliveries.ts'
import { type Attempt, page, within } from './organizations.world.ts'

const side: SideReward = { kind: 'none', text: null, amount: 0, lines: [], note: null }
const frozen = { advocate: side, friend: side }
const how = { reason: 'Mine', confirmOwed: true, notify: true }
const none = { creditApplied: null, disputed: null }

/** What jobs earned, of another organization. */
export const earningConversionAttempts: Record<string, Attempt> = {
  reverseAllowed: (ctx, { converted }) =>
    within(ctx, (tx) => reversal.reverseAllowed(tx, converted.id, 'Mine', { confirmOwed: true })),
  sourcesOf: async (ctx, { conversion }) => (await reversal.sourcesOf(ctx, conversion.id)).slice(1),
  linkJob: (ctx, { conversion, job }) =>
    within(ctx, (tx) => rewardedJobs.linkJob(tx, conversion, { jobId: job.externalId, refundedBefore: 0 })),
  addRewardedJob: (ctx, { conversion, job }) =>
    within(ctx, (tx) =>
      rewardedJobs.addRewardedJob(tx, {
        jobId: job.job.id,
        conversionId: conversion.id,
        isFurther: true,
        jobValue: null,
        currency: 'USD',
        termsVersion: 1,
        frozen,
        refundedBefore: 0,
      }),
    ),
  findRewardedJob: (ctx, { job }) => rewardedJobs.findRewardedJob(ctx, job.job.id),
  referralOfConversion: (ctx, { conversion }) => rewardedJobs.referralOfConversion(ctx, conversion.id),
  rewardedJobsOf: (ctx, { conversion }) => rewardedJobs.rewardedJobsOf(ctx, conversion.id),
  settleRewardedJob: (ctx, { job }) =>
    within(ctx, (tx) => rewardedJobs.settleRewardedJob(tx, { jobId: job.job.id, decisions: 0 }, 1)),
  markTakenBack: (ctx, { job }) => within(ctx, (tx) => rewardedJobs.markTakenBack(tx, job.job.id)),
  rewardFurtherJob: (ctx, { converted, job }) => {
    const repeat = { limit: { type: 'times', times: 1 }, advocate: { kind: 'none' }, friend: { kind: 'none' } } as const
    const given = { jobId: job.job.id, refundedBefore: 0, jobValue: null, paidOn: null }
    return further.rewardFurtherJob(ctx, converted.id, given, repeat)
  },
  addRewards: (ctx, { conversion }) =>
    within(ctx, (tx) =>
      rewarding.addRewards(tx, {
        ...conversion,
        source: { type: 'conversion', id: conversion.id },
        rewards: { advocate: { ...side, kind: 'credit', amount: 100 }, friend: side },
        approval: 'automatic',
        availableAt: conversion.createdAt,
      }),
    ),
}
export const earningConversionRoom = [rewardedJobs, further, rewarding]

export const adjustingAttempts: Record<string, Attempt> = {
  adjustReward: (ctx, { reward }) =>
    within(ctx, (tx) => adjusting.adjustReward(tx, reward.id, { amount: 1, stands: true }, { key: 'mine', ...how })),
  previewAdjusting: async (ctx, { reward }) =>
    (await adjusting.previewAdjusting(ctx, reward, { amount: 0, stands: true })).owed,
  wasAdjusted: (ctx, { reward }) => adjustments.wasAdjusted(ctx, reward.id),
  isAdjusted: (ctx) => adjustments.isAdjusted(ctx, 'theirs'),
  recordAdjustment: (ctx, { reward }) =>
    within(ctx, (tx) => adjustments.recordAdjustment(tx, reward, { to: 1, key: 'mine', owed: 0 })),
  previewVoiding: (ctx, { conversion }) => voiding.previewVoiding(ctx, [{ type: 'conversion', id: conversion.id }]),
  standingRewards: (ctx, { conversion }) => voiding.standingRewards(ctx, { type: 'conversion', id: conversion.id }),
}
export const adjustingRoom = [adjusting, adjustments]

const settle = { refunded: 0, amounts: {}, ...how }
const touched = ({ job, eventId }: { job: { id: string }; eventId: string }) =>
  ({ jobId: job.id, contactId: null, eventId, reason: 'job_invoiced', ...none }) as const

export const earningAttempts: Record<string, Attempt> = {
  convertByTodo: (ctx, { job, pending }) =>
    answers.convertByTodo(ctx, job.todoId, { referralId: pending.id, notify: true }),
  settleTodo: (ctx, { job }) => answers.settleTodo(ctx, job.todoId, settle),
  dismissTodo: (ctx, { job }) => answers.dismissTodo(ctx, job.todoId),
  getTodo: (ctx, { job }) => todos.getTodo(ctx, job.todoId),
  todosOfJob: (ctx, { job }) => todos.todosOfJob(ctx, job.job.id, 'conversion'),
  openTodo: (ctx, { job }) => todos.openTodo(ctx, job.job.id, 'conversion'),
  openOrUpdate: (ctx, { job, converted }) => {
    const about = { jobId: 'job_theirs', eventId: job.eventId, referralId: converted.id }
    return within(ctx, (tx) => todos.openOrUpdate(tx, 'refund', about, { reason: 'no_referral', facts: {} }))
  },
  closeTodo: (ctx, { job }) => within(ctx, (tx) => todos.closeTodo(tx, job.todo, 'done')),
  closeOpenTodo: (ctx, { job }) => within(ctx, (tx) => todos.closeOpenTodo(tx, job.job.id, 'conversion')),
  listTodos: (ctx, { job }) => todoQueries.listTodos(ctx, { ...page, jobId: job.job.id }),
  loadTodo: (ctx, { job }) => todoQueries.loadTodo(ctx, job.todoId),
  jobsOfReferral: (ctx, { pending }) => referralJobs.jobsOfReferral(ctx, pending.id),
  jobsOfContact: (ctx, { job }) => earningJobs.jobsOfContact(ctx, job.job.contactId ?? ''),
  jobsOfFriend: (ctx, { record }) => earningJobs.jobsOfFriend(ctx, record.id),
  convertingJob: (ctx, { job }) => candidates.convertingJob(ctx, job.job),
  liveReferralsOf: (ctx, { job }) => candidates.liveReferralsOf(ctx, job.job),
  convertedReferralsOf: (ctx, { conversion }) => candidates.convertedReferralsOf(ctx, conversion.friendContactId),
  convertByJob: (ctx, { job }) => within(ctx, (tx) => converting.convertByJob(tx, job.job, job.eventId)),
  rewardAgain: (ctx, { job }) => within(ctx, (tx) => furtherJobs.rewardAgain(tx, job.job, [])),
  followJob: (ctx, { job }) => within(ctx, (tx) => following.followJob(tx, touched(job))),
  adoptJob: (ctx, { conversion, record }) => within(ctx, (tx) => adopting.adoptJob(tx, conversion, record, [])),
  onConverted: (ctx, { converted, conversion }) =>
    within(ctx, (tx) => listeners.onConverted(tx, changed(converted.id, conversion.id))),
  onReversed: (ctx, { converted, conversion }) =>
    within(ctx, (tx) => listeners.onReversed(tx, changed(converted.id, conversion.id))),
  onClosed: (ctx, { pending }) =>
    within(ctx, (tx) => listeners.onClosed(tx, { referralId: pending.id, reason: 'It expired' })),
  earningJob: (ctx, { job }) => proposals.earningJob(ctx, job.job),
  followRefunds: (ctx, { job }) => within(ctx, (tx) => refunds.followRefunds(tx, job.job, job.eventId)),
}

const changed = (referralId: string, conversionId: string) =>
  ({ referralId, conversionId, owed: 0, jobValue: null, currency: 'USD', advocateAmount: 0, friendAmount: 0 }) as const

export const earningRoom = [
  adopting,
  answers,
  candidates,
  converting,
  following,
  furtherJobs,
  earningJobs,
  listeners,
  proposals,
  refunds,
  referralJobs,
  todoQueries,
  todos,
]
/** These get what another function here has read. */
export const nothingOfMoney = {
  rewards: ['entryOf', 'assertAtMost', 'worthOf', 'voidOne', 'rewardRows', 'shownAt', ...nothingOfDeliveries],
  conversions: ['freezeSide'],
  earning: [
    'adoptConversion',
    'proposalFor',
    'convertedEffect',
    'effectOf',
    'valuesOfJob',
    'proposalOf',
    'refundedSince',
    'stands',
    'takesBack',
    'applyProposal',
    'changesOf',
    'isReversal',
  ],
}
