import { redeemCredit } from '@goodword/domain'
import * as ledgerMerge from '../src/modules/money/ledger/merge.ts'
import * as rewardMerge from '../src/modules/money/rewards/merge.ts'
import * as addresses from '../src/modules/people/contacts/addresses.ts'
import * as contacts from '../src/modules/people/contacts/contacts.ts'
import * as parting from '../src/modules/people/contacts/duplicateDismissal.ts'
import * as duplicates from '../src/modules/people/contacts/duplicates.ts'
import * as profile from '../src/modules/people/contacts/profile.ts'
import * as advocates from '../src/modules/program/advocates/advocates.ts'
import * as bulk from '../src/modules/program/advocates/bulk.ts'
import * as advocateErasing from '../src/modules/program/advocates/erasing.ts'
import * as advocateMerge from '../src/modules/program/advocates/merge.ts'
import * as settings from '../src/modules/program/advocates/settings.ts'
import * as traces from '../src/modules/program/advocates/traces.ts'
import * as referralErasing from '../src/modules/program/referrals/erasing.ts'
import * as referralMerge from '../src/modules/program/referrals/merge.ts'
import * as detail from '../src/modules/surfaces/console/contacts.detail.queries.ts'
import * as lists from '../src/modules/surfaces/console/contacts.queries.ts'
import * as embedErasing from '../src/modules/surfaces/install/erasing.ts'
import * as erasing from '../src/modules/surfaces/person/erasing.ts'
import * as merging from '../src/modules/surfaces/person/merging.ts'
import { type Ctx, transaction } from '../src/shared/context.ts'
import { stranger } from './harness.ts'

/** The ids of another organization that actions on people take. */
type Theirs = {
  enrollment: advocates.Enrollment
  advocate: { id: string; contactId: string; email: string | null; code: string }
  campaign: { id: string }
  reach: { addressId: string }
  pending: { friend: { contactId: string | null } }
  converted: { id: string }
  reward: { sourceId: string }
}
type Attempts = Record<string, (ctx: Ctx, theirs: Theirs) => Promise<unknown>>

const within = <T>(ctx: Ctx, work: (tx: Ctx) => Promise<T>) => transaction(ctx, work)
const nothing = (work: (tx: Ctx) => Promise<unknown>) => async (ctx: Ctx) => {
  await within(ctx, work)
}
const person = ({ email }: Theirs['advocate']) => ({ name: 'x', email, phone: null })
const matched = (id: string) => ({ id, name: 'x', customerSince: null })
/** A contact of the calling organization. */
const own = (ctx: Ctx) =>
  within(ctx, async (tx) => {
    const { contact } = await contacts.findOrCreateContact(tx, contacts.describePerson('US', stranger()), 'staff')
    return contact.id
  })
const merge = (advocate: Theirs['advocate'], into: string) => ({
  from: { id: advocate.contactId, name: 'x', enrollmentIds: [advocate.id] },
  into: { id: into, name: 'y', enrollmentIds: [] },
  joins: [{ from: advocate.id, into: advocate.id }],
  confirm: [],
})

/** Actions on contacts, each called with another organization's ids. */
export const contactAttempts: Attempts = {
  contactIdByAddress: (ctx, { advocate }) => contacts.contactIdByAddress(ctx, 'email', advocate.email),
  resolveMerged: (ctx, { advocate }) => contacts.resolveMerged(ctx, advocate.contactId),
  mergedIntoContact: (ctx, { advocate }) => contacts.mergedIntoContact(ctx, advocate.contactId),
  getActiveContact: (ctx, { advocate }) => contacts.getActiveContact(ctx, advocate.contactId),
  listContacts: (ctx) => lists.listContacts(ctx, { limit: 100, sort: 'name', q: 'Zebulon' }),
  loadContact: (ctx, { advocate }) => detail.loadContact(ctx, advocate.contactId),
  updateContact: (ctx, { advocate }) => profile.updateContact(ctx, advocate.contactId, { name: 'Mine' }),
  addAddress: (ctx, { advocate }) =>
    addresses.addAddress(ctx, advocate.contactId, { kind: 'email', value: 'mine@mail.example' }),
  confirmAddress: (ctx, { advocate, reach }) => addresses.confirmAddress(ctx, advocate.contactId, reach.addressId),
  removeAddress: async (ctx, { reach }) => addresses.removeAddress(ctx, await own(ctx), reach.addressId),
  keepSubmittedAddresses: async (ctx, { advocate, reach }) => {
    const mine = await contacts.addressesOf(ctx, await own(ctx))
    await within(ctx, async (tx) => {
      const typed = { name: 'x', email: mine[0]?.value ?? null, phone: null }
      const theirs = mine.map((address) => ({
        ...address,
        proof: 'stranger' as const,
        id: reach.addressId,
        value: 'x',
      }))
      await addresses.keepSubmittedAddresses(tx, advocate.contactId, typed, [...mine, ...theirs])
    })
  },
  dismissDuplicate: (ctx, { advocate, pending }) =>
    parting.dismissDuplicate(ctx, advocate.contactId, pending.friend.contactId ?? ''),
  flagDuplicate: async (ctx, { advocate }) => {
    const mine = await own(ctx)
    return within(ctx, (tx) => duplicates.flagDuplicate(tx, [mine, advocate.contactId], 'same_canonical_email'))
  },
  flagTwoMatches: (ctx, { advocate, pending }) =>
    within(ctx, (tx) =>
      duplicates.flagTwoMatches(tx, matched(advocate.contactId), matched(pending.friend.contactId ?? '')),
    ),
  flagSimilarEmails: (ctx, { advocate }) =>
    within(ctx, (tx) => duplicates.flagSimilarEmails(tx, advocate.contactId, advocate.email ?? '')),
  moveDuplicates: (ctx, { advocate, pending }) =>
    within(ctx, (tx) => duplicates.moveDuplicates(tx, advocate.contactId, pending.friend.contactId ?? '')),
  eraseDuplicates: (ctx, { advocate }) => nothing((tx) => duplicates.eraseDuplicates(tx, advocate.contactId))(ctx),
  previewMerge: async (ctx, { advocate }) =>
    merging.previewMerge(ctx, await own(ctx), { otherId: advocate.contactId, confirm: [] }),
  mergeContacts: async (ctx, { advocate, reach }) =>
    merging.mergeContacts(ctx, advocate.contactId, { otherId: await own(ctx), confirm: [reach.addressId] }),
  eraseContact: (ctx, { advocate }) => erasing.eraseContact(ctx, advocate.contactId, 'x'),
  erasePerson: (ctx, { advocate }) => within(ctx, (tx) => erasing.erasePerson(tx, advocate.contactId)),
}

/** Actions on advocates. */
export const advocateAttempts: Attempts = {
  enrollPerson: (ctx, { campaign, advocate }) =>
    within(ctx, (tx) => advocates.enrollPerson(tx, campaign.id, person(advocate), true)),
  changeCode: (ctx, { advocate }) => settings.changeCode(ctx, advocate.id, 'MINE'),
  changeExceptions: (ctx, { advocate }) => settings.changeExceptions(ctx, advocate.id, { holdDays: 0 }),
  archiveAdvocate: (ctx, { advocate }) => settings.archiveAdvocate(ctx, advocate.id),
  restoreAdvocate: (ctx, { advocate }) => settings.restoreAdvocate(ctx, advocate.id),
  previewInvitations: (ctx, { campaign }) => bulk.previewInvitations(ctx, { campaignId: campaign.id, text: 'Anna' }),
  inviteMany: (ctx, { campaign }) =>
    bulk.inviteMany(ctx, { campaignId: campaign.id, people: [stranger()], notify: true }),
  enrollmentsOf: (ctx, { advocate }) => advocateMerge.enrollmentsOf(ctx, advocate.contactId),
  pairEnrollments: async (ctx, { advocate }) => {
    const { moves, joins } = await advocateMerge.pairEnrollments(ctx, merge(advocate, await own(ctx)))
    return [...moves, ...joins]
  },
  moveEnrollments: async (ctx, { enrollment: theirs }) => {
    const mine = await own(ctx)
    return within(ctx, (tx) => advocateMerge.moveEnrollments(tx, [theirs], [{ from: theirs, into: theirs }], mine))
  },
  deactivateEnrollments: (ctx, { advocate }) =>
    within(ctx, (tx) => advocateErasing.deactivateEnrollments(tx, advocate.contactId)),
  recordTrace: (ctx, { advocate }) =>
    within(ctx, (tx) => traces.recordTrace(tx, advocate.contactId, { networkHash: 'mine' })),
  eraseTraces: (ctx, { advocate }) => within(ctx, (tx) => traces.eraseTraces(tx, advocate.contactId)),
  moveTraces: async (ctx, { advocate }) => {
    const mine = await own(ctx)
    return within(ctx, (tx) => traces.moveTraces(tx, advocate.contactId, mine))
  },
}

/** What a merge or an erasure calls in other modules. */
export const referralPeopleAttempts: Attempts = {
  conflictOfMerge: async (ctx, { advocate }) => referralMerge.conflictOfMerge(ctx, merge(advocate, await own(ctx))),
  planReferrals: async (ctx, { advocate }) => {
    const { from, joins } = await referralMerge.planReferrals(ctx, merge(advocate, await own(ctx)))
    return [...from.enrollmentIds, ...joins]
  },
  countMoving: async (ctx, { advocate }) => {
    const { asAdvocate, asFriend } = await referralMerge.countMoving(ctx, merge(advocate, await own(ctx)))
    return asAdvocate + asFriend
  },
  moveReferrals: async (ctx, { advocate }) => {
    const mine = await own(ctx)
    return within(ctx, (tx) => referralMerge.moveReferrals(tx, merge(advocate, mine)))
  },
  eraseReferrals: (ctx, { advocate, pending }) =>
    within(ctx, (tx) => referralErasing.eraseReferrals(tx, pending.friend.contactId ?? '', [advocate.id])),
}

export const rewardPeopleAttempts: Attempts = {
  moveRewards: async (ctx, { advocate }) => {
    const mine = await own(ctx)
    return within(ctx, (tx) => rewardMerge.moveRewards(tx, advocate.contactId, mine))
  },
  moveRewardsOfEnrollment: (ctx, { advocate }) =>
    within(ctx, (tx) => rewardMerge.moveRewardsOfEnrollment(tx, advocate.id, advocate.id)),
  eraseCreditNotes: (ctx, { advocate }) => within(ctx, (tx) => rewardMerge.eraseCreditNotes(tx, advocate.contactId)),
  eraseReasonsOfRewards: (ctx, { reward }) =>
    within(ctx, (tx) => rewardMerge.eraseReasonsOfRewards(tx, 'conversion', [reward.sourceId])),
}

export const embedPeopleAttempts: Attempts = {
  eraseCodes: (ctx, { advocate }) => within(ctx, (tx) => embedErasing.eraseCodes(tx, [advocate.id])),
}

export const ledgerPeopleAttempts: Attempts = {
  applyMerges: (ctx, { advocate }) =>
    within(ctx, (tx) =>
      ledgerMerge.applyMerges(tx, {
        ...redeemCredit({
          organizationId: tx.organizationId,
          contactId: advocate.contactId,
          amount: 1,
          currency: 'USD',
        }),
        refersTo: { type: 'contact', id: advocate.contactId },
        idempotencyKey: 'mine',
      }),
    ),
}

export const nothingOfPeople = {
  contacts: ['toContact', 'firstAddress'],
  advocates: ['pruneTraces'],
  ledger: ['movesOf'],
}

export const peopleRooms = {
  contacts: [lists, detail, addresses, profile, parting, duplicates, merging, erasing],
  advocates: [settings, bulk, advocateMerge, advocateErasing, traces],
  referrals: [referralMerge, referralErasing],
  rewards: [rewardMerge],
  embed: [embedErasing],
  ledger: [ledgerMerge],
}
