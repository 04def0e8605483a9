import { promises as dns, type LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Config } from '../../../config.ts'

/** What webhooks may reach: the internet; this computer too during development; or anything, by a setting. */
export type Reach = 'internet' | 'loopback' | 'anything'

export type Resolve = (hostname: string) => Promise<LookupAddress[]>

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/** It is development if people open this server at localhost. */
export function reachOf({
  allowPrivateWebhooks,
  publicUrl,
}: Pick<Config, 'allowPrivateWebhooks' | 'publicUrl'>): Reach {
  if (allowPrivateWebhooks) return 'anything'
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(publicUrl).hostname) ? 'loopback' : 'internet'
}

/** Whether an address, resolved or literal, may be connected to. */
export function mayReach(address: string, reach: Reach): boolean {
  if (isIP(address) === 0) return false
  if (reach === 'anything') return true
  const parsed = ipaddr.parse(address)
  if (reach === 'loopback' && parsed.range() === 'loopback') return true
  // 'unicast' means that no registry entry reserves it. For IPv6, that includes unallocated addresses.
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(globalUnicast))
}

/**
 * Why a webhook's URL is not accepted, as a sentence; null if it is. Names are resolved when it is sent, because they
 * can point elsewhere tomorrow.
 */
export function refusalOf(text: string, reach: Reach): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    return 'Enter a whole address, like https://example.com/webhooks'
  }
  if (url.username !== '' || url.password !== '') return 'Leave out the name and password.'
  if (url.hash !== '') return 'Leave out what follows the #.'
  const host = hostOf(url)
  const literal = isIP(host) !== 0
  const local = host === 'localhost' || host.endsWith('.localhost')
  if ((literal && !mayReach(host, reach)) || (local && reach === 'internet')) {
    return 'This address is in a private network. Whoever runs this server can allow it with ALLOW_PRIVATE_WEBHOOKS.'
  }
  const own =
    reach === 'anything' || (reach === 'loopback' && (local || (literal && ipaddr.parse(host).range() === 'loopback')))
  if (url.protocol === 'http:' && !own) return `Start with https, like https://${url.host}${url.pathname}`
  return null
}

/** Removes the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

export const systemResolve: Resolve = (hostname) => dns.lookup(hostname, { all: true, verbatim: true })

/** Resolves a name. Throws if it has no address, or if any of them may not be reached. */
export async function reachableAddresses(hostname: string, reach: Reach, resolve: Resolve): Promise<LookupAddress[]> {
  const addresses = await resolve(hostname)
  if (addresses.length === 0) throw new Error(`${hostname} has no address.`)
  if (addresses.some(({ address }) => !mayReach(address, reach))) {
    throw new Error(`${hostname} points into a private network. Nothing was sent.`)
  }
  return addresses
}
