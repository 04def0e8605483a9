import { wordsIn } from '@goodword/words/server'
import * as own from '../src/modules/people/contacts/selfService.ts'
import * as friendLinks from '../src/modules/program/referrals/friendLinks.ts'
import { friendViewOf } from '../src/modules/surfaces/hosted/friendPage.queries.ts'
import { type Ctx, transaction } from '../src/shared/context.ts'

type Theirs = { advocate: { contactId: string }; reach: { addressId: string }; pending: { id: string } }
type Attempts = Record<string, (ctx: Ctx, theirs: Theirs) => Promise<unknown>>

const within = <T>(ctx: Ctx, work: (tx: Ctx) => Promise<T>) => transaction(ctx, work)

/** Account settings, each called with another organization's ids. */
export const ownAttempts: Attempts = {
  changeOwnContact: (ctx, { advocate }) =>
    within(ctx, (tx) => own.changeOwnContact(tx, advocate.contactId, { name: 'Mine' })),
  changeLeaderboardChoice: (ctx, { advocate }) =>
    within(ctx, (tx) => own.changeLeaderboardChoice(tx, advocate.contactId, true)),
  addOwnAddress: (ctx, { advocate }) =>
    within(ctx, (tx) => own.addOwnAddress(tx, advocate.contactId, { kind: 'email', value: 'mine@mail.example' })),
  removeOwnAddress: (ctx, { advocate, reach }) =>
    within(ctx, (tx) => own.removeOwnAddress(tx, advocate.contactId, reach.addressId)),
}

/** A friend's own page. */
export const friendLinkAttempts: Attempts = {
  createFriendLink: (ctx, { pending }) => friendLinks.createFriendLink(ctx, pending.id),
  isFriendLink: (ctx, { pending }) => friendLinks.isFriendLink(ctx, pending.id),
  eraseSubmission: (ctx, { pending }) => within(ctx, (tx) => friendLinks.eraseSubmission(tx, pending.id)),
  referralOfLink: (ctx, { pending }) => friendViewOf(ctx, pending.id, wordsIn('en')),
}

export const portalRooms = { contacts: [own], referrals: [friendLinks] }
