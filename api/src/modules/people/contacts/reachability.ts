import type { AddressFacts, EmailFacts, PhoneFacts } from '@goodword/domain'
import { reasonNoEmail, reasonNoText } from '@goodword/domain'
import { zonesOfPhone } from '@goodword/domain/phoneZones'
import type { Ctx } from '../../../shared/context.ts'
import { suppressionReason } from '../../platform/messages/suppressions.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { type AddressRow, addressesOf } from './contacts.ts'
import type { Reach } from './reach.ts'
import { hasTextConsent } from './textConsents.ts'

/** What decides which messages may go to a contact, and where they would go. */
export type Reachability = { facts: AddressFacts; sms: Reach | null; email: Reach | null }

/**
 * How a contact can be reached by text and by email. An address that a stranger typed isn't used, and of several the first
 * that may be used is.
 */
export async function reachabilityOf(ctx: Ctx, contactId: string): Promise<Reachability> {
  const vouched = (await addressesOf(ctx, contactId)).filter(({ proof }) => proof !== 'stranger')
  const phones = await Promise.all(vouched.filter(({ kind }) => kind === 'phone').map((one) => withPhone(ctx, one)))
  const emails = await Promise.all(vouched.filter(({ kind }) => kind === 'email').map((one) => withEmail(ctx, one)))
  const phone = phones.find(({ facts }) => reasonNoText(facts) === null) ?? phones[0]
  const email = emails.find(({ facts }) => reasonNoEmail(facts) === null) ?? emails[0]
  return {
    facts: { phone: phone?.facts ?? null, email: email?.facts ?? null },
    sms: phone ? { addressId: phone.address.id, channel: 'sms', to: phone.address.value } : null,
    email: email ? { addressId: email.address.id, channel: 'email', to: email.address.value } : null,
  }
}

async function withPhone(ctx: Ctx, address: AddressRow): Promise<{ address: AddressRow; facts: PhoneFacts }> {
  const { value, undeliverable } = address
  const facts = {
    zones: zonesOfPhone(value),
    agreed: await agreedToTexts(ctx, address),
    stopped: await isSuppressed(ctx, 'sms', value),
    landline: undeliverable === 'landline',
    off: !ctx.sends.sms && ctx.sends.email,
  }
  return { address, facts }
}

async function withEmail(ctx: Ctx, address: AddressRow): Promise<{ address: AddressRow; facts: EmailFacts }> {
  const facts = {
    unsubscribed: await isSuppressed(ctx, 'email', address.value),
    undeliverable: address.undeliverable === 'unknown_mailbox',
    off: !ctx.sends.email && ctx.sends.sms,
  }
  return { address, facts }
}

const isSuppressed = async (ctx: Ctx, channel: Reach['channel'], to: string): Promise<boolean> =>
  (await suppressionReason(ctx.db, ctx.organizationId, { channel, to })) !== null

/** They said so themselves or through a system, or the owner stated it for everyone whom the team entered. */
async function agreedToTexts(ctx: Ctx, { id, proof }: AddressRow): Promise<boolean> {
  if (await hasTextConsent(ctx, id)) return true
  const { textStatement } = await getOrganization(ctx, ctx.organizationId)
  return textStatement !== null && proof === 'staff'
}
