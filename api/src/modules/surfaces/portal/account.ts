import type { AddPortalAddress, PortalAccount, UpdatePortalAccount } from '@goodword/contracts'
import { languageOf } from '@goodword/words'
import { and, eq } from 'drizzle-orm'
import { type Ctx, type Services, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { writeAudit } from '../../people/contacts/contacts.audit.ts'
import { addressesOf, describePerson, getContact } from '../../people/contacts/contacts.ts'
import {
  addOwnAddress,
  changeLeaderboardChoice,
  changeOwnContact,
  removeOwnAddress,
} from '../../people/contacts/selfService.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { type Address, suppressionReason, unsuppress } from '../../platform/messages/suppressions.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { portalLinks, portalSessions } from './portal.table.ts'
import { currentSession } from './sessions.ts'

const purpose = 'portal-new-address'
const linkLifetimeMs = 60 * 60_000

/** The contact whose portal it is. Throws unauthenticated for anyone else. */
export function advocateOf({ actor }: Ctx): string {
  if (actor.type !== 'contact') throw new AppError('unauthenticated')
  return actor.id
}

/** Rejects a request meant for another organization than the session now shows. Throws portal_moved. */
export function assertSamePortal(ctx: Ctx, organizationId: string): void {
  if (organizationId !== ctx.organizationId) throw new AppError('portal_moved')
}

export async function portalAccount(ctx: Ctx): Promise<PortalAccount> {
  const contactId = advocateOf(ctx)
  const [{ name, sharesName, notify, language }, addresses, session] = await Promise.all([
    getContact(ctx, contactId),
    addressesOf(ctx, contactId),
    currentSession(ctx),
  ])
  const erasedOnce = (await erasedAmong(ctx, addresses)).length > 0
  return {
    name,
    sharesName,
    // A person who was erased before only gets reward messages until they choose more.
    notify: notify === 'all' && erasedOnce ? 'rewards' : notify,
    language: languageOf(language),
    addresses: addresses.map(({ id, kind, value }) => ({ id, kind, value, current: id === session.addressId })),
  }
}

/** Addresses of people who were erased here before. */
async function erasedAmong(ctx: Ctx, addresses: { kind: 'email' | 'phone'; value: string }[]): Promise<Address[]> {
  const erased: Address[] = []
  for (const { kind, value } of addresses) {
    const address: Address = { channel: kind === 'email' ? 'email' : 'sms', to: value }
    if ((await suppressionReason(ctx.db, ctx.organizationId, address)) === 'erased') erased.push(address)
  }
  return erased
}

/** Throws portal_moved, and leaderboard_needs_name. */
export const updatePortalAccount = (ctx: Ctx, input: UpdatePortalAccount): Promise<PortalAccount> =>
  transaction(ctx, async (tx) => {
    const { organizationId, onLeaderboard, ...changes } = input
    assertSamePortal(tx, organizationId)
    const contactId = advocateOf(tx)
    await changeOwnContact(tx, contactId, changes)
    if (onLeaderboard !== undefined) await changeLeaderboardChoice(tx, contactId, onLeaderboard)
    if (changes.notify === 'all') {
      const erased = await erasedAmong(tx, await addressesOf(tx, contactId))
      for (const address of erased) await unsuppress(tx, address)
    }
    const data = {
      name: changes.name !== undefined,
      ...(changes.notify ? { notify: changes.notify } : {}),
      ...(onLeaderboard === undefined ? {} : { onLeaderboard }),
    }
    await writeAudit(tx, { action: 'contact.changed_by_owner', subjectId: contactId, data })
    return portalAccount(tx)
  })

/**
 * Sends a link to a new address. The response doesn't depend on who has the address. Throws phone_invalid,
 * portal_moved.
 */
export async function requestNewAddress(ctx: Ctx, input: AddPortalAddress): Promise<void> {
  assertSamePortal(ctx, input.organizationId)
  const [organization, contact] = await Promise.all([
    getOrganization(ctx, ctx.organizationId),
    getContact(ctx, advocateOf(ctx)),
  ])
  const { email, phone } = describePerson(organization.country, { ...input, name: contact.name })
  await transaction(ctx, (tx) =>
    queueMessage(tx, {
      organizationId: tx.organizationId,
      contactId: contact.id,
      mentions: [],
      channel: email ? 'email' : 'sms',
      to: email ?? phone ?? '',
      name: contact.name,
      template: 'portal_address',
      language: contact.language,
      values: { organizationName: organization.name },
      link: 'portal_address',
    }),
  )
}

type Claim = { organizationId: string; contactId: string; kind: 'email' | 'phone'; value: string; until: number }

/**
 * Creates the token of a link to a new address. It verifies the address, for an hour, in a session of that contact
 * alone.
 */
export function newAddressToken(services: Services, claim: Omit<Claim, 'until'>): string {
  const { organizationId, contactId, kind, value } = claim
  const fields = [organizationId, contactId, kind, value, services.clock() + linkLifetimeMs]
  return services.signer.sign(purpose, Buffer.from(JSON.stringify(fields)).toString('base64url'))
}

function readClaim(services: Services, token: string): Claim | null {
  const payload = services.signer.verify(purpose, token)
  if (payload === null) return null
  const [organizationId, contactId, kind, value, until] = JSON.parse(
    Buffer.from(payload, 'base64url').toString('utf8'),
  ) as [string, string, Claim['kind'], string, number]
  return until > services.clock() ? { organizationId, contactId, kind, value, until } : null
}

/**
 * Verifies a new address after its link was opened, only in a session of the person who requested it: a recipient of a
 * mistyped address gains nothing. Throws link_invalid, address_taken.
 */
export const confirmNewAddress = (ctx: Ctx, token: string): Promise<PortalAccount> =>
  transaction(ctx, async (tx) => {
    const contactId = advocateOf(tx)
    const claim = readClaim(tx, token)
    if (!claim || claim.organizationId !== tx.organizationId || claim.contactId !== contactId)
      throw new AppError('link_invalid')
    await addOwnAddress(tx, contactId, claim)
    await writeAudit(tx, { action: 'contact.address_added', subjectId: contactId, data: { kind: claim.kind } })
    return portalAccount(tx)
  })

/**
 * Removes an address. Ends links sent to it and sessions opened from it, except the current one. Throws not_found,
 * last_address.
 */
export const removePortalAddress = (ctx: Ctx, addressId: string): Promise<PortalAccount> =>
  transaction(ctx, async (tx) => {
    const contactId = advocateOf(tx)
    if ((await currentSession(tx)).addressId === addressId) throw new AppError('address_in_use')
    await removeOwnAddress(tx, contactId, addressId)
    const { organizationId } = tx
    await tx.db
      .delete(portalLinks)
      .where(and(eq(portalLinks.organizationId, organizationId), eq(portalLinks.addressId, addressId)))
    await tx.db
      .delete(portalSessions)
      .where(and(eq(portalSessions.organizationId, organizationId), eq(portalSessions.addressId, addressId)))
    await writeAudit(tx, { action: 'contact.address_removed', subjectId: contactId })
    return portalAccount(tx)
  })
