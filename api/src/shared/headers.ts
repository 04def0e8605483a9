import type { MiddlewareHandler } from 'hono'
import type { Env } from './router.ts'

/** Paths that other websites may read: the widget's files and the form's endpoints. */
export const isForOtherSites = (path: string) => path.startsWith('/embed/') || path.startsWith('/widget/')

/** Paths that only programs request. */
export const isApi = (path: string) => /^\/(v1|session|portal\/api|embed|-)(\/|$)/.test(path)

/** For our pages: only our own files, no inline script, no framing. */
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

const dataPolicy = "default-src 'none'; frame-ancestors 'none'"

/** The security headers of our own pages and API, and of what other websites may read. */
export function securityHeaderLists(publicUrl: string) {
  const common = [
    ['Content-Security-Policy', dataPolicy],
    ['Cache-Control', 'no-store'],
    ['Referrer-Policy', 'same-origin'],
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'DENY'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Origin-Agent-Cluster', '?1'],
    ['Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
    ...(publicUrl.startsWith('https:') ? [['Strict-Transport-Security', 'max-age=31536000; includeSubDomains']] : []),
  ] as const
  const ours = [...common, ['Cross-Origin-Resource-Policy', 'same-origin']] as const
  const open = [
    ...common,
    ['Cross-Origin-Resource-Policy', 'cross-origin'],
    ['Access-Control-Allow-Origin', '*'],
    ['Access-Control-Expose-Headers', 'X-Request-Id, Retry-After'],
  ] as const
  return { ours, open }
}

/**
 * Security headers for every response, set before it is created. Pages replace the policy with their own, and files set
 * their own caching. By default nothing is cached.
 */
export function securityHeaders(publicUrl: string): MiddlewareHandler<Env> {
  const { ours, open } = securityHeaderLists(publicUrl)
  return (http, next) => {
    for (const [name, value] of isForOtherSites(http.req.path) ? open : ours) http.header(name, value)
    return next()
  }
}
