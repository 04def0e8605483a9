import { promises as dns, type LookupAddress } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import type { Config } from '../../../config.ts'

/** What a webhook may reach: the internet; this computer as well, while developing; or anything, by setting. */
export type Reach = 'internet' | 'loopback' | 'anything'

export type Resolve = (hostname: string) => Promise<LookupAddress[]>

const notOfTheInternet = listOf([
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
])
/** Everything but global unicast is refused, and of that what carries another address or is for documents. */
const globalUnicast = listOf([['2000::', 3]])
const carriesAnother = listOf([
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
])
const thisComputer = listOf([
  ['127.0.0.0', 8],
  ['::1', 128],
])

function listOf(ranges: [string, number][]): BlockList {
  const list = new BlockList()
  for (const [net, bits] of ranges) list.addSubnet(net, bits, net.includes(':') ? 'ipv6' : 'ipv4')
  return list
}

/** Development is when people open this server at localhost. */
export function reachOf({
  allowPrivateWebhooks,
  publicUrl,
}: Pick<Config, 'allowPrivateWebhooks' | 'publicUrl'>): Reach {
  if (allowPrivateWebhooks) return 'anything'
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(publicUrl).hostname) ? 'loopback' : 'internet'
}

/** Whether an address, as the resolver gives it or as it is written, may be connected to. */
export function mayReach(address: string, reach: Reach): boolean {
  const family = isIP(address)
  if (family === 0) return false
  if (reach === 'anything') return true
  const kind = family === 6 ? 'ipv6' : 'ipv4'
  if (reach === 'loopback' && thisComputer.check(address, kind)) return true
  // A block list takes ::ffff:10.0.0.1 for the IPv4 address it maps; that form is never needed, so it is refused whole.
  if (family === 4) return !notOfTheInternet.check(address, 'ipv4')
  return globalUnicast.check(address, 'ipv6') && !carriesAnother.check(address, 'ipv6')
}

/**
 * Why an address of a webhook is not accepted, as a sentence; null when it is. Names are looked up when it is sent, because
 * they can point elsewhere tomorrow.
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
    reach === 'anything' || (reach === 'loopback' && (local || (literal && thisComputer.check(host, kindOf(host)))))
  if (url.protocol === 'http:' && !own) return `Start with https, like https://${url.host}${url.pathname}`
  return null
}

/** Without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')
const kindOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

export const systemResolve: Resolve = (hostname) => dns.lookup(hostname, { all: true, verbatim: true })

/** The addresses of a name. Throws when it has none, or when any of them may not be reached. */
export async function reachableAddresses(hostname: string, reach: Reach, resolve: Resolve): Promise<LookupAddress[]> {
  const addresses = await resolve(hostname)
  if (addresses.length === 0) throw new Error(`${hostname} has no address.`)
  if (addresses.some(({ address }) => !mayReach(address, reach))) {
    throw new Error(`${hostname} points into a private network. Nothing was sent.`)
  }
  return addresses
}
