import { networkOf } from '@goodword/domain'
import type { Services } from './context.ts'
import { clientAddress } from './router.ts'
import { type Http, requestHeader } from './send.ts'

/** What a request reveals about its origin by itself. Nothing is stored on or read from the visitor's device. */
export type RequestOrigin = { address: string; agent?: string }

/** Hashes that match the same network and browser family. They can't be reversed. */
export type Traces = { networkHash: string; deviceHash?: string }

export const requestOrigin = (http: Http, services: Pick<Services, 'config'>): RequestOrigin => ({
  address: clientAddress(http, services),
  agent: `${requestHeader(http, 'user-agent') ?? ''}\n${requestHeader(http, 'accept-language') ?? ''}`.trim(),
})

/** 132 bits: enough to tell origins apart, in half the space. */
const hashLength = 22

export function hashTraces({ signer }: Pick<Services, 'signer'>, { address, agent }: RequestOrigin): Traces {
  const network = networkOf(address)
  const hash = (purpose: string, text: string) => signer.hash(purpose, text).slice(0, hashLength)
  const networkHash = hash('network', network)
  return agent ? { networkHash, deviceHash: hash('device', `${network}\n${agent}`) } : { networkHash }
}
