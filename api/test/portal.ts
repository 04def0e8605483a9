import type { PortalHome } from '@goodword/contracts'
import { expect } from 'vitest'
import type { createApp } from '../src/app.ts'
import { addressFor } from '../src/modules/people/contacts/contacts.ts'
import { createPortalLink } from '../src/modules/surfaces/portal/portal.ts'
import { transaction } from '../src/shared/context.ts'
import type { World } from './harness.ts'

export const read = async <T>(response: Response | Promise<Response>) => (await (await response).json()) as T
export const codeOf = async (response: Response) => (await read<{ code: string }>(response)).code

let people = 0
export const mailbox = (name: string) => `${name}.${++people}@owners.example`

export async function advocateAt(world: World, person: { name: string; email?: string; phone?: string }) {
  return world.advocate((await world.campaign()).id, person)
}

type Headers = Record<string, string>

/** How a browser uses the portal. `app` is a function, because it may be created later. */
export function portalOver(app: () => ReturnType<typeof createApp>) {
  const ask = async (method: string, path: string, cookie: string, body?: object, more: Headers = {}) =>
    app().request(`/portal/api${path}`, {
      method,
      headers: { ...more, cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })

  /** Opens a link sent to the contact's first address, as its owner would. Returns the cookie. */
  async function signIn(
    world: World,
    contactId: string,
    scope: 'view' | 'full' = 'full',
    headers: Headers = {},
  ): Promise<string> {
    const reach = await addressFor(world.ctx, contactId)
    const link = { contactId, addressId: reach?.addressId ?? '', scope }
    const token = await transaction(world.ctx, (tx) => createPortalLink(tx, link))
    const opened = await ask('POST', '/session', '', { token }, headers)
    expect(opened.status).toBe(201)
    return opened.headers.get('set-cookie')?.split(';')[0] ?? ''
  }

  return { ask, signIn, homeOf: (cookie: string) => read<PortalHome>(ask('GET', '/home', cookie)) }
}
