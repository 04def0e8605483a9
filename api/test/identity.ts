import { type IdentityToSign, signIdentity } from '@goodword/client/identity'
import type { IdentifiedVisitor } from '@goodword/contracts'
import { createKey } from '../src/modules/platform/keys/keys.ts'
import type { TestApp } from './app.ts'
import type { World } from './harness.ts'

type Asking = { campaign?: string; lang?: string; pageKey?: string; origin?: string }

/** A business's server that signs tokens, and its page that sends them. Signs by the clock of the test. */
export async function identityOf(test: Pick<TestApp, 'request' | 'services'>, world: World) {
  const made = await createKey(world.ctx, { kind: 'identity', name: 'Website', scopes: [] })
  const post = (path: string, body: object, { lang = 'en', pageKey = world.publishableKey, origin }: Asking) =>
    test.request('POST', `${path}?key=${pageKey}&lang=${lang}`, { body, ...(origin ? { headers: { origin } } : {}) })
  const ask = (token: string, { campaign, ...asking }: Asking = {}) =>
    post('/embed/identity', { token, ...(campaign ? { campaign } : {}) }, asking)
  return {
    key: made,
    sign: (who: Omit<IdentityToSign, 'key' | 'keyId'>, key: { id: string; key: string } = made) =>
      signAt(test.services.clock(), { ...who, key: key.key, keyId: key.id } as IdentityToSign),
    ask,
    /** What the page shows. Throws for a refusal. */
    async view(token: string, asking: Asking = {}): Promise<IdentifiedVisitor> {
      const response = await ask(token, asking)
      const body: unknown = await response.json()
      if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(body)}`)
      return body as IdentifiedVisitor
    },
    /** The code of the refusal and its detail; "none" for an answer. */
    async refusal(token: string, asking: Asking = {}): Promise<[code: string, detail: string]> {
      const { code = 'none', detail = '' } = (await (await ask(token, asking)).json()) as Record<string, string>
      return [code, detail]
    },
    friends: (token: string, code: string, cursor: string) =>
      post('/embed/identity/friends', { token, code, cursor }, {}),
  }
}

/** The helper reads the clock of its machine, and signs before it awaits anything else. */
function signAt(now: number, who: IdentityToSign): Promise<string> {
  const real = Date.now
  Date.now = () => now
  try {
    return signIdentity(who)
  } finally {
    Date.now = real
  }
}
