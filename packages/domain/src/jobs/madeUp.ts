import { canonicalEmail } from '../canonicalEmail.ts'
import { normalizeEmail } from '../identity.ts'

/** What people type where a form wants an address and there is none: "none@gmail.com", "noemail@noemail.com". */
const placeholders = new Set(
  `none noemail noemails nomail no na notavailable notapplicable notprovided nothing nobody noone noname null undefined
  unknown anonymous fake dummy donotreply noreply noresponse declined refused blank`.split(/\s+/),
)

/** Domains that are nobody's, or stand for "no email". */
const madeUpDomain =
  /^(?:.+\.)?(?:example\.[a-z.]{2,}|(?:noemail|nomail|none|noreply|fake|dummy|test|nothing)\.(?:com|net|org|co))$/
const reservedDomain = /\.(?:invalid|test|localhost|local)$/

/** The business's own addresses, which staff type where a customer has none: "info@harborsons.com". */
export type OwnAddresses = { emails: readonly string[]; domains: readonly string[] }

/**
 * Whether an address is made up, so that it is nobody's identity and no message is sent there. Two people for whom the
 * same one was typed are two people.
 */
export function isMadeUpEmail(email: string, own: OwnAddresses = { emails: [], domains: [] }): boolean {
  const normal = normalizeEmail(email)
  const [name = '', domain = ''] = normal.split('@')
  const plain = name.replace(/\+.*$/, '').replace(/[._-]/g, '').replace(/\d+$/, '')
  if (placeholders.has(plain) || /^x{2,}$/.test(plain)) return true
  if (madeUpDomain.test(domain) || reservedDomain.test(domain)) return true
  if (own.domains.some((one) => domain === one || domain.endsWith(`.${one}`))) return true
  return own.emails.some((one) => canonicalEmail(one) === canonicalEmail(normal))
}

/** Three names for one address: it is a placeholder, whatever it looks like. */
export const namesOfPlaceholder = 3
