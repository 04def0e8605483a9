import { balancesOfContact } from '../src/modules/money/ledger/ledger.ts'
import { verifiedContactsOf } from '../src/modules/people/contacts/contacts.ts'
import { listMessages } from '../src/modules/platform/messages/messages.queries.ts'
import { getReferral } from '../src/modules/program/referrals/referrals.ts'
import { inviteAdvocate } from '../src/modules/surfaces/console/advocates.ts'
import { listReferrals } from '../src/modules/surfaces/console/referrals.queries.ts'
import { convertReferral } from '../src/modules/surfaces/console/referrals.ts'
import { newFormToken } from '../src/modules/surfaces/embed/formToken.ts'
import { submitReferral } from '../src/modules/surfaces/embed/submit.ts'
import { createPortalLink, type PortalScope } from '../src/modules/surfaces/portal/portal.ts'
import { openPortal, resumeSession } from '../src/modules/surfaces/portal/sessions.ts'
import { contextFor } from '../src/shared/context.ts'
import { AppError } from '../src/shared/errors.ts'
import { createWorld, type TestServices } from './harness.ts'

export type Typed = { email?: string; phone?: string }
type Address = { kind: 'email' | 'phone'; value: string }

export const victim = { name: 'Anna Kowalski', email: 'anna@mail.example', phone: '+14155550111' }
export const attacker = { name: 'Mallory Finch', email: 'mallory@mail.example', phone: '+14155550666' }
export const addressesOfPerson = ({ email, phone }: { email: string; phone: string }): Address[] => [
  { kind: 'email', value: email },
  { kind: 'phone', value: phone },
]
export const only = (what: string): Typed =>
  what === 'both'
    ? { email: victim.email, phone: victim.phone }
    : what === 'email'
      ? { email: victim.email }
      : { phone: victim.phone }
/** What of the typed addresses is the attacker's. */
export const attackersOf = ({ email, phone }: Typed): Typed => ({
  ...(email === attacker.email ? { email } : {}),
  ...(phone === attacker.phone ? { phone } : {}),
})
export const isOf = (person: { email: string; phone: string }, value: string) =>
  value === person.email || value === person.phone

/** What an attacker types into a public form: an address of the victim together with one of their own. */
export const mixtures: { says: string; typed: Typed }[] = [
  { says: "the victim's phone with an email of their own", typed: { phone: victim.phone, email: attacker.email } },
  { says: "the victim's email with a phone of their own", typed: { email: victim.email, phone: attacker.phone } },
]

/** An organization with three campaigns, each with an advocate who is unrelated to the victim and the attacker. */
export async function strangersMeet(test: TestServices) {
  const world = await createWorld(test.services, `Harbor ${Math.random().toString(36).slice(2)}`)
  const links: string[] = []
  const campaigns: string[] = []
  for (let n = 0; n < 3; n += 1) {
    const campaign = await world.campaign()
    campaigns.push(campaign.id)
    links.push((await world.advocate(campaign.id)).code)
  }

  /** Submits the form of a link. Returns the referral, or null if it was rejected. */
  async function submits(link: number, name: string, typed: Typed): Promise<string | null> {
    const friend = contextFor(test.services, world.organization.id, { type: 'friend' })
    const formToken = newFormToken(test.services, world.organization.id)
    test.clock.advance(5_000)
    const before = await referralIds()
    try {
      const code = links[link] ?? ''
      await submitReferral(friend, { code, name, formToken, ...typed }, { source: 'widget', address: '203.0.113.9' })
    } catch (error) {
      if (error instanceof AppError) return null
      throw error
    }
    return (await referralIds()).find((id) => !before.includes(id)) ?? null
  }
  const referralIds = async () =>
    (await listReferrals(world.ctx, { limit: 100, sort: 'oldest' })).items.map((referral) => referral.id)

  const converts = async (id: string) =>
    convertReferral(await world.as('staff'), id, { jobValue: 100_000, notify: true })
  const invites = async (campaign: number, typed: Typed = victim) =>
    inviteAdvocate(await world.as('admin'), {
      campaignId: campaigns[campaign] ?? '',
      name: victim.name,
      notify: true,
      ...typed,
    })

  /** Requests sign-in links for an address and opens each one sent. Returns the contacts they sign in to. */
  async function opens(address: Address, scope: PortalScope = 'full'): Promise<string[]> {
    const opened = []
    for (const found of await reachableFrom(address)) {
      const token = await test.services.database.write((db) =>
        createPortalLink(
          { ...contextFor(test.services, found.organizationId, { type: 'system' }), db, inTransaction: true },
          { contactId: found.contactId, addressId: found.addressId, scope },
        ),
      )
      const session = await openPortal(test.services, token, null)
      const { actor } = await resumeSession(test.services, session.token)
      if (actor.type === 'contact') opened.push(actor.id)
    }
    return opened
  }
  const reachableFrom = async (address: Address) =>
    (await verifiedContactsOf(test.services, address)).filter((found) => found.organizationId === world.organization.id)
  const attackerReaches = async () =>
    (await Promise.all(addressesOfPerson(attacker).map(reachableFrom))).flat().map((found) => found.contactId)

  const credit = async (contactId: string) => (await balancesOfContact(world.ctx, contactId))[0]?.available ?? 0
  const messagesTo = async (person: { email: string; phone: string }) =>
    (await listMessages(world.ctx, { limit: 100 })).items.filter((letter) => isOf(person, letter.to))

  const referral = async (id: string | null) => {
    const { status, friendContactId, supersededBy } = await getReferral(world.ctx, id ?? '')
    return { status, friend: friendContactId, supersededBy }
  }

  return {
    world,
    links,
    submits,
    converts,
    invites,
    opens,
    reachableFrom,
    attackerReaches,
    credit,
    messagesTo,
    referral,
  }
}

export type Strangers = Awaited<ReturnType<typeof strangersMeet>>

export function refused(error: unknown): null {
  if (error instanceof AppError) return null
  throw error
}
