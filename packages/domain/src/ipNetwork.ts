import ipaddr from 'ipaddr.js'

const { IPv4, IPv6 } = ipaddr

/**
 * The network that one household shares: the whole IPv4 address, or the first 64 bits of an IPv6 address, because
 * each device changes the rest daily. Text that isn't an address is returned unchanged.
 */
export function networkOf(address: string): string {
  if (!IPv6.isValid(address)) return IPv4.isValidFourPartDecimal(address) ? IPv4.parse(address).toString() : address
  const parsed = IPv6.parse(address)
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString()
  // This format must stay, because its hashes are stored for 90 days.
  return `${groups(parsed, 4)}::/64`
}

/** The block of IPv6 networks that one customer of a provider can use, /48. Null for other addresses. */
export function networkBlockOf(address: string): string | null {
  if (!IPv6.isValid(address)) return null
  const parsed = IPv6.parse(address)
  return parsed.isIPv4MappedAddress() ? null : `${groups(parsed, 3)}::/48`
}

const groups = ({ parts }: { parts: number[] }, count: number): string =>
  parts
    .slice(0, count)
    .map((part) => part.toString(16))
    .join(':')

/**
 * The address a proxy forwarded, which some write with a port: "198.51.100.7:443" or "[2001:db8::1]:443". Null for anything
 * else, such as "unknown" or what somebody made up.
 */
export function forwardedAddress(hop: string): string | null {
  const address = /^\[(.+)\](?::\d{1,5})?$/.exec(hop)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(hop)?.[1] ?? hop
  return IPv4.isValidFourPartDecimal(address) || IPv6.isValid(address) ? address : null
}
