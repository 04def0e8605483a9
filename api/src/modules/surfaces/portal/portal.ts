import { normalizeEmail } from '@goodword/domain'
import { eq } from 'drizzle-orm'
import { type Ctx, contextFor, type Services, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { hashToken, newToken } from '../../../shared/signer.ts'
import { addressesOf, getContact, provenContactsOf } from '../../people/contacts/contacts.ts'
import { readPhone } from '../../people/contacts/phone.ts'
import { dryRunMessage, queueMessage } from '../../platform/messages/messages.ts'
import type { NewMessage } from '../../platform/messages/newMessage.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { countriesServed } from './portal.queries.ts'
import { portalLinks } from './portal.table.ts'

/** `view` opens balance and progress; `full` signs in (SPEC §14). */
export type PortalScope = 'view' | 'full'
type Address = { kind: 'email' | 'phone'; value: string }
type Letter = NewMessage<'portal_sign_in'>

const linkLasts: Record<PortalScope, number> = { view: 30 * 86_400_000, full: 10 * 60_000 }
const contactsAtOnce = 20

/** Makes a link's token, which is kept only as a hash. Opening the link proves `addressId`: send it there, nowhere else. */
export async function createPortalLink(
  tx: Ctx,
  link: { contactId: string; addressId: string; scope: PortalScope },
): Promise<string> {
  const token = newToken()
  const now = tx.clock()
  await tx.db.insert(portalLinks).values({
    id: tx.newId('portalLink'),
    organizationId: tx.organizationId,
    ...link,
    hash: hashToken(token),
    expiresAt: now + linkLasts[link.scope],
    createdAt: now,
  })
  return token
}

/**
 * Sends a sign-in link to the address, one for each contact it belongs to. Answers the same, after the same work, when it
 * belongs to nobody. Throws phone_invalid when no number can be read from what was typed.
 */
export async function requestPortalLink(
  services: Services,
  typed: { email?: string | undefined; phone?: string | undefined },
): Promise<void> {
  const addresses = typed.email
    ? [{ kind: 'email' as const, value: normalizeEmail(typed.email) }]
    : await readNumbers(services, typed.phone ?? '')
  const found = await Promise.all(addresses.map((address) => provenContactsOf(services, address)))
  const letters: Letter[] = []
  for (const { organizationId, contactId, addressId } of found.flat().slice(0, contactsAtOnce)) {
    const ctx = contextFor(services, organizationId, { type: 'system' })
    letters.push(...(await signInLetter(ctx, contactId, addressId)))
  }
  const [first] = addresses
  await services.database.write(async (db) => {
    const outbox = { ...services, db }
    for (const letter of letters) await queueMessage(outbox, letter)
    if (letters.length === 0 && first) await dryRunMessage(outbox, letterTo(first, 'Goodword'))
  })
}

/** Sends a sign-in link to the address a session was opened from. Throws contact_unreachable when it is gone. */
export async function sendFullLink(ctx: Ctx, session: { contactId: string; addressId: string }): Promise<void> {
  const letters = await signInLetter(ctx, session.contactId, session.addressId)
  if (letters.length === 0) throw new AppError('contact_unreachable')
  await transaction(ctx, async (tx) => {
    for (const letter of letters) await queueMessage(tx, letter)
  })
}

/**
 * Sends a new sign-in link in place of one that ended, to the address that one was sent to and nowhere else. Answers the
 * same, after the same work, for a token we do not know.
 */
export async function renewPortalLink(services: Services, token: string): Promise<void> {
  const [link] = await services.database.read
    .select()
    .from(portalLinks)
    .where(eq(portalLinks.hash, hashToken(token)))
  const ctx = link && contextFor(services, link.organizationId, { type: 'system' })
  const letters = ctx ? await signInLetter(ctx, link.contactId, link.addressId) : []
  await services.database.write(async (db) => {
    const outbox = { ...services, db }
    for (const letter of letters) await queueMessage(outbox, letter)
    const nobody = { kind: 'email', value: 'nobody@goodword.invalid' } as const
    if (letters.length === 0) await dryRunMessage(outbox, letterTo(nobody, 'Goodword'))
  })
}

/** As each country the installation serves would dial it; a number with + is the same everywhere. */
async function readNumbers(services: Services, text: string): Promise<Address[]> {
  const read = (await countriesServed(services)).map((country) => readPhone(text, country))
  const numbers = [...new Set(read.filter((number) => number !== null))]
  if (numbers.length === 0) throw new AppError('phone_invalid')
  return numbers.map((value) => ({ kind: 'phone', value }))
}

/** The letter to an address of a contact; none when the contact no longer has it. */
async function signInLetter(ctx: Ctx, contactId: string, addressId: string): Promise<Letter[]> {
  const address = (await addressesOf(ctx, contactId)).find(({ id }) => id === addressId)
  if (!address) return []
  const [contact, organization] = await Promise.all([
    getContact(ctx, contactId),
    getOrganization(ctx, ctx.organizationId),
  ])
  const letter = letterTo(address, organization.name)
  return [
    {
      ...letter,
      organizationId: ctx.organizationId,
      contactId,
      addressId,
      name: contact.name,
      language: contact.language,
    },
  ]
}

const letterTo = ({ kind, value }: Address, organizationName: string): Letter => ({
  organizationId: null,
  mentions: [],
  channel: kind === 'email' ? 'email' : 'sms',
  template: 'portal_sign_in',
  to: value,
  name: null,
  values: { organizationName },
  link: 'portal_sign_in',
})
