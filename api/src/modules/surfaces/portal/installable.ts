import { Hono } from 'hono'
import type { Services } from '../../../shared/context.ts'
import type { RateLimits } from '../../../shared/rateLimits.ts'
import { clientNetwork } from '../../../shared/router.ts'
import { type Env, type Http, send } from '../../../shared/send.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { createIcons } from '../hosted/icon.ts'
import { readSessionCookie } from './cookie.ts'
import { resumeSession } from './sessions.ts'
import worker from './worker.js?raw'

const sizes = [192, 512] as const
const defaultBusiness = { name: 'Your referrals', brandColor: '#8a2c5e' }

/**
 * Makes the portal an app on a phone: a manifest with the name and color of the business, its icons, and the service
 * worker.
 */
export function installableRoutes(services: Services, limits: RateLimits): Hono<Env> {
  const app = new Hono<Env>()
  const iconOf = createIcons()

  app.get('/portal/manifest.webmanifest', async (http) => {
    const { name, brandColor } = await businessOf(services, http)
    const icon = (size: number) => {
      const query = new URLSearchParams({ letter: letterOf(name), color: brandColor.slice(1) })
      return { src: `/portal/icon-${size}.png?${query}`, sizes: `${size}x${size}`, type: 'image/png' }
    }
    const manifest = {
      id: '/portal',
      name,
      short_name: name.slice(0, 24),
      start_url: '/portal',
      scope: '/portal',
      display: 'standalone',
      theme_color: brandColor,
      background_color: '#f8f5f0',
      icons: sizes.flatMap((size) => [icon(size), { ...icon(size), purpose: 'maskable' }]),
    }
    return send(http, 200, JSON.stringify(manifest), {
      'content-type': 'application/manifest+json',
      'cache-control': 'private, no-cache',
    })
  })

  for (const size of sizes) {
    app.get(`/portal/icon-${size}.png`, async (http) => {
      await limits.take('publicRead', clientNetwork(http, services))
      const color = /^[0-9a-f]{6}$/.test(http.req.query('color') ?? '')
        ? `#${http.req.query('color')}`
        : defaultBusiness.brandColor
      const png = await iconOf(size, letterOf(http.req.query('letter') ?? ''), color)
      return send(http, 200, new Uint8Array(png), {
        'content-type': 'image/png',
        'cache-control': 'public, max-age=31536000, immutable',
      })
    })
  }

  app.get('/portal/worker.js', (http) =>
    send(http, 200, worker, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
      'service-worker-allowed': '/portal',
      'content-security-policy': "default-src 'none'; connect-src 'self'",
    }),
  )

  return app
}

/** The business of the signed-in contact; Goodword for anyone else. */
async function businessOf(services: Services, http: Http): Promise<{ name: string; brandColor: string }> {
  const token = readSessionCookie(http, services)
  if (!token) return defaultBusiness
  const ctx = await resumeSession(services, token).catch(() => null)
  return ctx ? getOrganization(ctx, ctx.organizationId) : defaultBusiness
}

const letterOf = (text: string): string => ([...text.trim()][0] ?? 'G').toUpperCase()
