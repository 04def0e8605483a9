import { networkOf } from '@goodword/domain'
import type { Services } from './context.ts'
import { clientAddress, type Http } from './router.ts'

/** What each request says by itself of where it comes from. Nothing is stored on the device, nothing is read from it. */
export type Whereabouts = { address: string; agent?: string }

/** Hashes that recognize the same network, and on it the same kind of browser; nothing can be read back from them. */
export type Traces = { networkHash: string; deviceHash?: string }

export const whereaboutsOf = (http: Http, services: Pick<Services, 'config'>): Whereabouts => ({
  address: clientAddress(http, services),
  agent: `${http.req.header('user-agent') ?? ''}\n${http.req.header('accept-language') ?? ''}`.trim(),
})

export function tracesOf({ signer }: Pick<Services, 'signer'>, { address, agent }: Whereabouts): Traces {
  const network = networkOf(address)
  const networkHash = signer.hash('network', network)
  return agent ? { networkHash, deviceHash: signer.hash('device', `${network}\n${agent}`) } : { networkHash }
}
