import { hash, randomBytes } from 'node:crypto'
import { isbot } from 'isbot'
import { LRUCache } from 'lru-cache'
import type { Services } from '../../../shared/context.ts'
import { clientAddress } from '../../../shared/router.ts'
import { type Headed, requestHeader } from '../../../shared/send.ts'
import type { VisitSource } from './visits.ts'

/** Robots name themselves early in the header, so the rest isn't read, however long it is. */
const agentRead = 500
/** Most browsers send one of the same few hundred user agents. */
const robots = new LRUCache<string, boolean>({ max: 1_000 })
/** Every browser says it is Mozilla, or an old Opera; programs say what they are. */
const browserAgent = /^(Mozilla|Opera)\//
/** Scanners of links in messages that say they are browsers as well. */
const scanners =
  /ms-?office|bingpreview|skypeuripreview|safelinks|defender|mimecast|proofpoint|urldefense|barracuda|symantec|trend ?micro|sophos|forcepoint|cloudmark|fireeye|trellix|zscaler|virustotal|urlscan|phantomjs|jsdom|puppeteer/i

function isRobot(agent: string): boolean {
  const known = robots.get(agent) ?? (!browserAgent.test(agent) || scanners.test(agent) || isbot(agent))
  robots.set(agent, known)
  return known
}

/**
 * Whether a person followed the link, rather than a message preview, a scanner, a program, or a browser that
 * prefetches.
 */
export function isPerson(http: Headed): boolean {
  const agent = (requestHeader(http, 'user-agent') ?? '').slice(0, agentRead)
  const purpose =
    requestHeader(http, 'sec-purpose') ?? requestHeader(http, 'purpose') ?? requestHeader(http, 'x-moz') ?? ''
  return agent !== '' && !isRobot(agent) && !/prefetch|preview/i.test(purpose)
}

/** Following the same link again within this time is a reload. */
const visitMs = 30 * 60_000
const maxRemembered = 20_000
const secret = randomBytes(16).toString('hex')
const remembered = new WeakMap<Services['database'], LRUCache<string, number>>()

/**
 * The person who follows a link, told apart for half an hour by a hash of what every request says, or null for anything
 * that isn't a person. Hashed with a secret of this process and only kept in memory, so that nothing of it is stored.
 */
export function visitorOf(services: Pick<Services, 'config'>, http: Headed): string | null {
  if (!isPerson(http)) return null
  const agent = (requestHeader(http, 'user-agent') ?? '').slice(0, agentRead)
  const language = (requestHeader(http, 'accept-language') ?? '').slice(0, agentRead)
  return hash('sha1', `${secret}\n${clientAddress(http, services)}\n${agent}\n${language}`, 'base64url')
}

/** Whether this visit of a link is one of its own, and not a reload. The same question later gets the answer no. */
export function isNewVisit(services: Services, visitor: string, enrollmentId: string, source: VisitSource): boolean {
  const visits = remembered.get(services.database) ?? new LRUCache<string, number>({ max: maxRemembered })
  remembered.set(services.database, visits)
  const key = `${visitor} ${source} ${enrollmentId}`
  const now = services.clock()
  const last = visits.get(key)
  if (last !== undefined && now >= last && now - last < visitMs) return false
  visits.set(key, now)
  return true
}
