import type { Ctx, Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Http, requestHeader } from '../../../shared/send.ts'
import { authenticatePublishableKey } from '../../platform/keys/keys.ts'
import { assertSiteAllowed } from '../../platform/organizations/sites.ts'
import { type Arrival, arrivalOf, isTest, recordUnknownSite } from '../install/activity.ts'

type Page = Arrival & { key: string | undefined; code: string | null; kind: 'form' | 'visit' | 'submit' }

/**
 * Authenticates a page with a publishable key, which acts as a friend. Only allowed websites may; a request without an
 * Origin doesn't come from another website's script. Records rejected websites. Throws unauthenticated or
 * site_not_allowed.
 */
export async function acceptPage(services: Services, { key, ...page }: Page): Promise<Ctx> {
  const ctx = await authenticatePublishableKey(services, key)
  const { origin, version } = page
  if (origin === null) return ctx
  try {
    await assertSiteAllowed(ctx, origin, { version, mode: isTest(ctx) ? 'test' : 'live' })
  } catch (error) {
    if (error instanceof AppError && error.code === 'site_not_allowed') recordUnknownSite(ctx, { ...page, origin })
    throw error
  }
  return ctx
}

const kinds = {
  '/embed/elements': 'form',
  '/embed/form': 'form',
  '/embed/identity': 'form',
  '/embed/identity/friends': 'form',
  '/embed/visits': 'visit',
} as const

/** What a request claims about its page, not yet verified. */
export function pageOf(http: Http): Page {
  const { req } = http
  const kind = Object.entries(kinds).find(([path]) => path === req.path)?.[1] ?? 'submit'
  return {
    key: req.query('key'),
    code: req.query('code') ?? (req.query('form') || null),
    kind,
    ...arrivalOf(requestHeader(http, 'origin'), req.query('v')),
  }
}
