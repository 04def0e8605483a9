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
  const prefix = parsed.parts.slice(0, 4).map((part) => part.toString(16))
  return `${prefix.join(':')}::/64`
}
