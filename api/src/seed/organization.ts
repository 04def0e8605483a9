import type { Organization, Role } from '@goodword/contracts'
import { addMember } from '../modules/platform/members/admission.ts'
import { addSite } from '../modules/platform/organizations/sites.ts'
import { createOrganization } from '../modules/surfaces/setup/createOrganization.ts'
import { type Actor, type Ctx, contextFor, type Services, transaction } from '../shared/context.ts'
import { createIds } from '../shared/ids.ts'

export const timeZone = 'America/Los_Angeles'
const memberJoinMs = 90 * 60_000

/** The server's services with a clock for the demo's timeline; `at` sets it, to the whole millisecond. */
export type DemoServices = { services: Services; at(moment: number): void }

export type Company = {
  organization: Organization
  publishableKey: string
  ownerPersonId: string
  owner: Ctx
  staff: Ctx
  friend: Ctx
}

/** Runs `work` in one write transaction, so that the demo is created completely or not at all. */
export function inOneTransaction<T>(services: Services, work: (demo: DemoServices) => Promise<T>): Promise<T> {
  return services.database.write((tx) => {
    let now = Math.floor(services.clock())
    const clock = () => now
    let last: Promise<unknown> = Promise.resolve()
    // One after the other, as a server's writes are: a queue attempts several rows at a time.
    const write = <R>(inner: (db: typeof tx) => Promise<R>): Promise<R> => {
      const next = last.then(() => inner(tx))
      last = next.catch(() => undefined)
      return next
    }
    const database = { ...services.database, read: tx, write }
    return work({
      services: { ...services, database, clock, newId: createIds(clock) },
      at(moment) {
        now = Math.floor(moment)
      },
    })
  })
}

/** Creates the business with its members and websites. */
export async function createBusiness(demo: DemoServices): Promise<Company> {
  const { services } = demo
  const founded = await createOrganization(services, {
    name: 'Harbor & Sons',
    tagline: 'Plumbing',
    currency: 'USD',
    timeZone,
    country: 'US',
    brandColor: '#16507c',
    phone: '(415) 555-0100',
    address: '18 Wharf Street, Oakmont, CA',
    isDemo: true,
    owner: { name: 'Maya Ortiz', email: 'maya@harborsons.example' },
  })
  const { organization, publishableKey } = founded
  const as = (actor: Actor) => contextFor(services, organization.id, actor)
  const member = (person: { id: string; personId: string }, role: Role) =>
    as({ type: 'member', ...idsOf(person), role })
  const owner = member(founded.owner, 'owner')
  demo.at(services.clock() + memberJoinMs)
  const joe = await transaction(owner, (tx) =>
    addMember(tx, { name: 'Joe Hartley', email: 'joe@harborsons.example', role: 'staff' }),
  )
  const { demoPort } = services.config
  for (const host of ['127.0.0.1', 'localhost']) await addSite(owner, { origin: `http://${host}:${demoPort}` })
  return {
    organization,
    publishableKey,
    ownerPersonId: founded.owner.personId,
    owner,
    staff: member(joe, 'staff'),
    friend: as({ type: 'friend' }),
  }
}

const idsOf = ({ id, personId }: { id: string; personId: string }) => ({ id, personId })
