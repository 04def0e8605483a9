import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Env } from './router.ts'

/** What pages of other websites may read: the widget's files and what its form asks. */
export const isForOtherSites = (path: string) => path.startsWith('/embed/') || path.startsWith('/widget/')

/** What only programs read. */
export const isApi = (path: string) => /^\/(v1|session|portal\/api|embed|-)(\/|$)/.test(path)

/** For our pages: only files of ours, no inline script, in nobody's frame. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * Security headers for every answer. A page that brings a policy of its own keeps it; what is not cached by intent is not
 * cached at all.
 */
export function securityHeaders(publicUrl: string): MiddlewareHandler<Env> {
  const common = {
    referrerPolicy: 'same-origin',
    strictTransportSecurity: publicUrl.startsWith('https:') ? 'max-age=31536000; includeSubDomains' : false,
    xFrameOptions: 'DENY',
    xXssProtection: false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
  }
  const ours = secureHeaders(common)
  const open = secureHeaders({ ...common, crossOriginResourcePolicy: 'cross-origin' })
  return async (http, next) => {
    await (isForOtherSites(http.req.path) ? open : ours)(http, next)
    const { headers } = http.res
    if (!headers.has('content-security-policy')) {
      const isPage = headers.get('content-type')?.startsWith('text/html')
      headers.set('content-security-policy', isPage ? pagePolicy : "default-src 'none'; frame-ancestors 'none'")
    }
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  }
}
