import { normalizeEmail } from './identity.ts'

/** How a provider delivers different spellings to one mailbox, besides tags after a plus. */
type Provider = {
  /** The first stands for all of them. */
  domains: [string, ...string[]]
  /** Signs that don't count. */
  ignores?: RegExp
}

/**
 * As the providers document them (2026-11): Gmail ignores dots; iCloud, Proton and Yandex give one mailbox addresses at
 * several domains; Proton ignores dots, dashes and underscores; at Yandex, dots and dashes are the same; Yahoo's extra
 * addresses have a dash, which no account name contains.
 */
const providers: Provider[] = [
  { domains: ['gmail.com', 'googlemail.com'], ignores: /\./g },
  { domains: ['icloud.com', 'me.com', 'mac.com'] },
  { domains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'], ignores: /[._-]/g },
  {
    domains: ['yandex.ru', 'yandex.com', 'yandex.by', 'yandex.kz', 'yandex.ua', 'yandex.uz', 'ya.ru'],
    ignores: /[.-]/g,
  },
]
const byDomain = new Map(providers.flatMap((provider) => provider.domains.map((domain) => [domain, provider] as const)))
const yahoo = /^(?:yahoo|ymail|rocketmail|myyahoo)\.[a-z.]+$/
const fastmailUser = /^(.+)\.(fastmail\.(?:com|fm))$/
const plusTag = /(?<=.)\+.*$/
const dashTag = /(?<=.)[-+].*$/

/**
 * One spelling for all addresses of a mailbox: without tags, and by the rules of its provider. Evidence for fraud checks,
 * never identity (SPEC §1).
 */
export function canonicalEmail(email: string): string {
  const normal = normalizeEmail(email)
  const at = normal.lastIndexOf('@')
  if (at < 1) return normal
  const [local, domain] = [normal.slice(0, at), normal.slice(at + 1)]
  // Fastmail delivers anything@user.fastmail.com to user@fastmail.com.
  const own = fastmailUser.exec(domain)
  if (own) return `${own[1]}@${own[2]}`
  const provider = byDomain.get(domain)
  const untagged = local.replace(yahoo.test(domain) ? dashTag : plusTag, '')
  const name = provider?.ignores ? untagged.replace(provider.ignores, '') : untagged
  return `${name === '' ? untagged : name}@${provider?.domains[0] ?? domain}`
}
