import type { Database } from '../../../database/database.ts'
import { createReadCache } from '../../../database/readCache.ts'
import type { Ctx, Services } from '../../../shared/context.ts'
import { createReplies, newRequestId } from '../../../shared/frame.ts'
import type { RateLimits } from '../../../shared/rateLimits.ts'
import { actorKeyOf } from '../../../shared/router.ts'
import { type Headed, type Http, hasNoBody, headersOf, type OwnHeaders, requestHeader } from '../../../shared/send.ts'
import type { Shortcut } from '../../../shared/shortcuts.ts'
import { publishableKeyUntil } from '../../platform/keys/keys.ts'
import { siteAllowedUntil } from '../../platform/organizations/sites.ts'
import { type Arrival, isTest } from '../install/activity.ts'
import { type FoundLink, findLink, recordFollowed, toRecordedVisit } from './siteRequests.ts'
import { visitorOf } from './visitors.ts'

type Visit = Arrival & { key: string; codes: string[] }
/** A visit that was accepted, its answer, and until when one just like it is. */
type Follower = { ctx: Ctx; visit: Visit; link: FoundLink; bytes: string; until: number }

const maxKept = 2_000
const keptMs = 60_000
const followers = new WeakMap<Database, ReturnType<typeof createReadCache<Follower>>>()

function followersIn(services: Services) {
  const known = followers.get(services.database)
  if (known) return known
  const created = createReadCache<Follower>(services, {
    max: maxKept,
    forMs: keptMs,
    changesAt: ({ until }) => until,
  })
  followers.set(services.database, created)
  return created
}

/** Requests with the same address from the same website are the same visit. */
const keyOf = (path: string, http: Headed): string => `${requestHeader(http, 'origin') ?? ''} ${path}`

/**
 * Keeps what an accepted visit was checked against. Not on a remote server, where a key that another server revokes must
 * be refused at once.
 */
export async function keepFollower(ctx: Ctx, http: Http, visit: Visit): Promise<void> {
  if (ctx.database.kind === 'remote') return
  const { url } = http.req
  const path = url.slice(url.indexOf('/', 'http://'.length))
  await followersIn(ctx).read(keyOf(path, http), async (db) => {
    const within = { ...ctx, db, database: { ...ctx.database, read: db } }
    const link = await findLink(within, visit.codes)
    if (link === null) return undefined
    const { origin, version } = visit
    const mode = isTest(ctx) ? 'test' : 'live'
    const until = Math.min(
      await publishableKeyUntil(within, visit.key),
      origin === null ? Number.POSITIVE_INFINITY : await siteAllowedUntil(within, origin, { version, mode }),
    )
    const bytes = Buffer.from(JSON.stringify(toRecordedVisit(link))).toString('latin1')
    return { ctx, visit, link, bytes, until }
  })
}

/** Counts a visit like one that was accepted before: of the same link, on the same website, with the same key. */
export function visitShortcut(services: Services, limits: RateLimits): Shortcut {
  const replyTo = createReplies(services.config)
  const kept = followersIn(services)
  let usual: OwnHeaders | undefined
  return (asked) => {
    if (asked.method !== 'POST' || !hasNoBody(asked)) return null
    const follower = kept.get(keyOf(asked.path, asked))
    if (follower === undefined) return null
    const { ctx, visit, link, bytes } = follower
    const quota = limits.takeNow('credential', actorKeyOf(ctx, asked))
    recordFollowed(ctx, link, { ...visit, visitor: visitorOf(services, asked) })
    // With the quota of the first one, so that a copy need not grow, which is slow.
    usual ??= headersOf(replyTo(asked.path, ''), {
      ...quota,
      'content-type': 'application/json',
      'content-length': '',
    })
    const own = { ...quota, 'x-request-id': newRequestId(asked), 'content-length': String(bytes.length) }
    return { status: 200, headers: { ...usual, ...own }, bytes }
  }
}
