import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Organization } from '@goodword/contracts'
import { addressFor } from './modules/people/contacts/contacts.ts'
import { snippetKey } from './modules/platform/keys/keys.ts'
import { firstOwner } from './modules/platform/members/members.ts'
import { createMemberSignInToken } from './modules/platform/members/session.ts'
import { listOrganizations } from './modules/platform/organizations/organizations.ts'
import { addSite } from './modules/platform/organizations/sites.ts'
import { createFriendLink } from './modules/program/referrals/friendLinks.ts'
import { listAdvocates } from './modules/surfaces/console/advocates.queries.ts'
import { listReferrals } from './modules/surfaces/console/referrals.queries.ts'
import { createPortalLink } from './modules/surfaces/portal/portal.ts'
import { webhookPath } from './seed/webhook.ts'
import { type Ctx, contextFor, type Services, transaction } from './shared/context.ts'
import { type Listening, listen } from './shared/listen.ts'
import { rootFolder } from './shared/staticFiles.ts'

/**
 * The demo website needs an origin of its own, as a real business's would. A browser treats 127.0.0.1 and localhost as
 * different sites.
 */
const demoHost = '127.0.0.1'

const demoAddress = (port: number) => `http://${demoHost}:${port}`

/** The demo organization, or null if this installation has none. */
export async function findDemo(services: Services): Promise<Organization | null> {
  const organizations = await listOrganizations(services)
  return organizations.find((organization) => organization.isDemo) ?? null
}

const plainText = { 'content-type': 'text/plain; charset=utf-8' }

/**
 * Serves the demo business's website. Calls `page` for every visit. Also accepts webhooks and answers 200. Throws
 * SettingError.
 */
export const listenForDemo = (port: number, page: () => string | null): Promise<Listening> =>
  listen({ host: demoHost, port, portSetting: 'DEMO_PORT' }, (request, response) => {
    const html = page()
    const { pathname } = new URL(request.url ?? '/', demoAddress(port))
    if (request.method === 'POST' && pathname === webhookPath) {
      request.resume().on('end', () => response.writeHead(200, plainText).end('Noted.\n'))
      return
    }
    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (!reads || pathname !== '/' || html === null) {
      // Browsers ask for an icon on their own; this business has none.
      response.writeHead(pathname === '/favicon.ico' ? 204 : pathname === '/' ? 503 : 404, plainText)
      response.end(pathname === '/' ? 'Starting. Load again in a moment.\n' : '')
      return
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
    response.end(html)
  })

/** The page from examples/plain-html with the demo organization's snippet. Also allows the form on the demo website. */
export async function demoPage(services: Services, demo: Organization): Promise<string> {
  const ctx = contextFor(services, demo.id, { type: 'system' })
  await addSite(ctx, { origin: demoAddress(services.config.demoPort) })
  const html = readFileSync(join(rootFolder(), 'examples', 'plain-html', 'index.html'), 'utf8')
  return html.replaceAll('__KEY__', (await snippetKey(ctx)) ?? '').replaceAll('__SERVER__', services.config.publicUrl)
}

export type DemoLink = { title: string; url: string; note: string }

/**
 * The links to open first: the website through an advocate's link, that advocate's portal, their friend's page and the
 * console.
 */
export async function demoLinks(services: Services, demo: Organization): Promise<DemoLink[]> {
  const ctx = contextFor(services, demo.id, { type: 'system' })
  const { publicUrl, demoPort } = services.config
  const links: DemoLink[] = []
  const { items } = await listAdvocates(ctx, { limit: 100, sort: 'referrals' })
  // Prefer an advocate with available and held credit, so that the portal shows both. Otherwise take the top referrer.
  const advocate = items.find(({ available, held }) => available > 0 && held > 0) ?? items[0]
  if (advocate) {
    const url = `${demoAddress(demoPort)}/?ref=${advocate.code}`
    links.push({ title: 'Website', url, note: `what a friend of ${advocate.name} sees` })
    const token = await portalToken(ctx, advocate.contactId)
    if (token)
      links.push({ title: 'Portal', url: `${publicUrl}/portal#token=${token}`, note: `what ${advocate.name} sees` })
    const friend = await newestFriend(ctx, advocate.id)
    if (friend) {
      const page = `${publicUrl}/f/${await createFriendLink(ctx, friend.id)}`
      links.push({ title: 'Friend', url: page, note: `what ${friend.name} sees of the offer` })
    }
  }
  const owner = await firstOwner(ctx)
  if (owner) {
    const url = `${publicUrl}/console/sign-in#token=${await createMemberSignInToken(services, owner.personId)}`
    links.push({ title: 'Console', url, note: `signs ${owner.name} in, once, within 10 minutes` })
  }
  return links
}

async function portalToken(ctx: Ctx, contactId: string): Promise<string | null> {
  const reach = await addressFor(ctx, contactId)
  if (!reach) return null
  return transaction(ctx, (tx) => createPortalLink(tx, { contactId, addressId: reach.addressId, scope: 'view' }))
}

/** The advocate's latest pending referral with a contact, or else their latest referral. */
async function newestFriend(ctx: Ctx, advocateId: string): Promise<{ id: string; name: string } | null> {
  const { items } = await listReferrals(ctx, { limit: 100, sort: 'newest', advocateId })
  const found = items.find(({ status, friend }) => status === 'pending' && friend.contactId !== null) ?? items[0]
  return found ? { id: found.id, name: found.friend.name } : null
}
