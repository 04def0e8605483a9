import { normalizeEmail } from '@goodword/domain'
import { eq } from 'drizzle-orm'
import { type Ctx, contextFor, type Services, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { hashLink, newToken } from '../../../shared/signer.ts'
import { addressesOf, getContact, verifiedContactsOf } from '../../people/contacts/contacts.ts'
import { possiblePhones } from '../../people/contacts/phone.ts'
import { dryRunMessage, queueMessage } from '../../platform/messages/messages.ts'
import type { NewMessage } from '../../platform/messages/newMessage.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { countriesServed } from './portal.queries.ts'
import { portalLinks } from './portal.table.ts'

/** `view` shows balance and progress; `full` signs in (SPEC §14). */
export type PortalScope = 'view' | 'full'
type Address = { kind: 'email' | 'phone'; value: string }
type SignInMessage = NewMessage<'portal_sign_in'>

const linkLifetimes: Record<PortalScope, number> = { view: 30 * 86_400_000, full: 10 * 60_000 }
const contactsAtOnce = 20

/**
 * Creates a link's token, which is stored only as a hash. Opening the link verifies `addressId`, so send it there and
 * nowhere else.
 */
export async function createPortalLink(
  tx: Ctx,
  link: { contactId: string; addressId: string; scope: PortalScope },
): Promise<string> {
  const token = newToken()
  const now = tx.clock()
  await tx.db.insert(portalLinks).values({
    organizationId: tx.organizationId,
    ...link,
    hash: hashLink(token),
    expiresAt: now + linkLifetimes[link.scope],
    createdAt: now,
  })
  return token
}

/**
 * Sends a sign-in link to the address for each contact that has it. If nobody has it, the response and the work are the
 * same. Throws phone_invalid if no phone number can be parsed.
 */
export async function requestPortalLink(
  services: Services,
  typed: { email?: string | undefined; phone?: string | undefined },
): Promise<void> {
  const addresses = typed.email
    ? [{ kind: 'email' as const, value: normalizeEmail(typed.email) }]
    : await parseNumbers(services, typed.phone ?? '')
  const found = await Promise.all(addresses.map((address) => verifiedContactsOf(services, address)))
  const messages: SignInMessage[] = []
  for (const { organizationId, contactId, addressId } of found.flat().slice(0, contactsAtOnce)) {
    const ctx = contextFor(services, organizationId, { type: 'system' })
    messages.push(...(await signInMessage(ctx, contactId, addressId)))
  }
  const [first] = addresses
  await services.database.write(async (db) => {
    const outbox = { ...services, db }
    for (const message of messages) await queueMessage(outbox, message)
    if (messages.length === 0 && first) await dryRunMessage(outbox, messageToAddress(first, 'Goodword'))
  })
}

/** Sends a sign-in link to the address a session was opened from. Throws contact_unreachable if it was removed. */
export async function sendFullLink(ctx: Ctx, session: { contactId: string; addressId: string }): Promise<void> {
  const messages = await signInMessage(ctx, session.contactId, session.addressId)
  if (messages.length === 0) throw new AppError('contact_unreachable')
  await transaction(ctx, async (tx) => {
    for (const message of messages) await queueMessage(tx, message)
  })
}

/**
 * Replaces an expired link with a new sign-in link, sent to the same address and nowhere else. The response and the
 * work are the same for an unknown token.
 */
export async function renewPortalLink(services: Services, token: string): Promise<void> {
  const [link] = await services.database.read
    .select()
    .from(portalLinks)
    .where(eq(portalLinks.hash, hashLink(token)))
  const ctx = link && contextFor(services, link.organizationId, { type: 'system' })
  const messages = ctx ? await signInMessage(ctx, link.contactId, link.addressId) : []
  await services.database.write(async (db) => {
    const outbox = { ...services, db }
    for (const message of messages) await queueMessage(outbox, message)
    const nobody = { kind: 'email', value: 'nobody@goodword.invalid' } as const
    if (messages.length === 0) await dryRunMessage(outbox, messageToAddress(nobody, 'Goodword'))
  })
}

/**
 * Every number the text can be, in each country the installation serves. One that nobody has gets no link, so a number
 * that an earlier version accepted still signs in.
 */
async function parseNumbers(services: Services, text: string): Promise<Address[]> {
  const numbers = [...new Set((await countriesServed(services)).flatMap((country) => possiblePhones(text, country)))]
  if (numbers.length === 0) throw new AppError('phone_invalid')
  return numbers.map((value) => ({ kind: 'phone', value }))
}

/** The message to a contact's address; none if the contact no longer has it. */
async function signInMessage(ctx: Ctx, contactId: string, addressId: string): Promise<SignInMessage[]> {
  const address = (await addressesOf(ctx, contactId)).find(({ id }) => id === addressId)
  if (!address) return []
  const [contact, organization] = await Promise.all([
    getContact(ctx, contactId),
    getOrganization(ctx, ctx.organizationId),
  ])
  const message = messageToAddress(address, organization.name)
  return [
    {
      ...message,
      organizationId: ctx.organizationId,
      contactId,
      addressId,
      name: contact.name,
      language: contact.language,
    },
  ]
}

const messageToAddress = ({ kind, value }: Address, organizationName: string): SignInMessage => ({
  organizationId: null,
  mentions: [],
  channel: kind === 'email' ? 'email' : 'sms',
  template: 'portal_sign_in',
  to: value,
  name: null,
  values: { organizationName },
  link: 'portal_sign_in',
})
