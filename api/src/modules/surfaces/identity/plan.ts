import { campaignToJoin, normalizeEmail } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import {
  addressesOf,
  type ContactRow,
  contactIdByAddress,
  getContact,
  resolveMerged,
} from '../../people/contacts/contacts.ts'
import { suppressionReason } from '../../platform/messages/suppressions.ts'
import { enrollmentsOf } from '../../program/advocates/merge.ts'
import { openCampaigns } from '../embed/campaignByHand.queries.ts'
import type { VerifiedIdentity } from './token.ts'

/** What identifying someone changes. */
export type JoiningPlan = {
  contact: ContactRow | null
  /** The id of their address, if only strangers typed it so far: the business now confirms it. */
  verify: string | null
  /** The campaign they are enrolled in. */
  join: string | null
}

/**
 * Decides what to do for the person a token names. A contact id names an existing contact; an email may also be new. Who
 * had their data erased is never enrolled again by a token. Throws identity_unknown, identity_erased,
 * identity_campaign_needed.
 */
export async function planOf(ctx: Ctx, identity: VerifiedIdentity, asked: string | undefined): Promise<JoiningPlan> {
  const contact = await findContact(ctx, identity)
  if (contact && contact.erasedAt !== null) throw new AppError('identity_erased')
  const email = identity.contactId === null ? identity.email : null
  const verify = contact && email !== null ? await unverifiedAddress(ctx, contact.id, email) : null
  const joinable = (await openCampaigns(ctx)).filter(({ enrollment }) => enrollment === 'identified')
  // Deactivated ones count: only staff make them active again.
  const known = contact ? await enrollmentsOf(ctx, contact.id) : []
  const decided = campaignToJoin(
    asked,
    known.map(({ campaignId }) => campaignId),
    joinable.map(({ id }) => id),
  )
  if (!decided.ok) throw new AppError(decided.code)
  const join = decided.campaignId
  if (join === null || !(await wasErased(ctx, contact, email))) return { contact, verify, join }
  if (!contact) throw new AppError('identity_erased')
  return { contact, verify, join: null }
}

async function findContact(ctx: Ctx, { contactId, email }: VerifiedIdentity): Promise<ContactRow | null> {
  if (contactId !== null) {
    return resolveMerged(ctx, contactId).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error
      throw new AppError('identity_unknown', { detail: `There is no contact ${contactId} in this organization.` })
    })
  }
  const found = await contactIdByAddress(ctx, 'email', normalizeEmail(email ?? ''))
  return found ? getContact(ctx, found.id) : null
}

async function unverifiedAddress(ctx: Ctx, contactId: string, email: string): Promise<string | null> {
  const address = (await addressesOf(ctx, contactId)).find(({ value }) => value === normalizeEmail(email))
  return address?.proof === 'stranger' ? address.id : null
}

/** Whether somebody with one of these addresses had their data erased. A keyed hash of each is all that is left. */
async function wasErased(ctx: Ctx, contact: ContactRow | null, email: string | null): Promise<boolean> {
  const known = contact ? await addressesOf(ctx, contact.id) : []
  const addresses = [
    ...known.map(({ kind, value }) => ({
      channel: kind === 'email' ? ('email' as const) : ('sms' as const),
      to: value,
    })),
    ...(email ? [{ channel: 'email' as const, to: email }] : []),
  ]
  for (const address of addresses)
    if ((await suppressionReason(ctx.db, ctx.organizationId, address)) === 'erased') return true
  return false
}
