import ipaddr from 'ipaddr.js'

const { IPv4, IPv6 } = ipaddr

/**
 * The network an address belongs to, as far as one household shares it: an IPv4 address as it is, of IPv6 the first 64
 * bits, because each device there changes the rest daily. What is no address is its own network.
 */
export function networkOf(address: string): string {
  if (!IPv6.isValid(address)) return IPv4.isValidFourPartDecimal(address) ? IPv4.parse(address).toString() : address
  const parsed = IPv6.parse(address)
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString()
  // Written this way since the first version: hashes of it are kept for 90 days.
  const prefix = parsed.parts.slice(0, 4).map((part) => part.toString(16))
  return `${prefix.join(':')}::/64`
}
