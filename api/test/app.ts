import type { Role } from '@goodword/contracts'
import { createApp } from '../src/app.ts'
import type { Config } from '../src/config.ts'
import { createKey } from '../src/modules/platform/keys/keys.ts'
import { addMember } from '../src/modules/platform/members/admission.ts'
import { createMemberSignInToken } from '../src/modules/platform/members/session.ts'
import { type Ctx, transaction } from '../src/shared/context.ts'
import { createTestServices } from './harness.ts'

type Call = { as?: string; body?: unknown; headers?: Record<string, string> }

/** The whole application on its own database, called without a network. */
export async function createTestApp(overrides: Partial<Config> = {}) {
  const { services, clock, close } = await createTestServices(overrides)
  const app = createApp(services)
  const { publicUrl } = services.config

  /** `as` is a secret key or a cookie. A body is sent as JSON, from one of our pages. */
  const request = async (method: string, path: string, { as, body, headers = {} }: Call = {}): Promise<Response> =>
    app.request(publicUrl + path, {
      method,
      headers: {
        ...(as === undefined ? {} : as.startsWith('sk_') ? { authorization: `Bearer ${as}` } : { cookie: as }),
        ...(method === 'GET' ? {} : { origin: publicUrl }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })

  /** Opens a new sign-in link of a person, for one of their organizations. Returns the session's cookie. */
  const signIn = async (personId: string, memberId?: string): Promise<string> => {
    const token = await createMemberSignInToken(services, personId, memberId)
    return cookieOf(await request('POST', '/session', { body: { token } }))
  }

  return {
    app,
    services,
    clock,
    close,
    request,
    signIn,
    /** A signed-in member with this role. */
    async member(ctx: Ctx, role: Exclude<Role, 'agent'>, email = `${role}@members.example`): Promise<string> {
      const { id, personId } = await transaction(ctx, (tx) => addMember(tx, { name: 'Sam Lee', email, role }))
      return signIn(personId, id)
    },
    secretKey: async (ctx: Ctx, scopes: Parameters<typeof createKey>[1]['scopes']): Promise<string> =>
      (await createKey(ctx, { kind: 'secret', name: 'Server', scopes })).key,
  }
}

export type TestApp = Awaited<ReturnType<typeof createTestApp>>

/** "name=value" of the cookie a response sets. */
export const cookieOf = (response: Response): string => response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
