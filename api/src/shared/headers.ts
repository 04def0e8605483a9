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

/**
 * The security headers of our own pages and API, and of what other websites may read. Pages replace the policy with
 * their own, and files set their own caching. By default nothing is cached.
 */
export function securityHeaderLists(publicUrl: string) {
  const common = [
    ['content-security-policy', dataPolicy],
    ['cache-control', 'no-store'],
    ['referrer-policy', 'same-origin'],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['origin-agent-cluster', '?1'],
    ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
    ...(publicUrl.startsWith('https:')
      ? ([['strict-transport-security', 'max-age=31536000; includeSubDomains']] as const)
      : []),
  ] as const
  const ours = [...common, ['cross-origin-resource-policy', 'same-origin']] as const
  const open = [
    ...common,
    ['cross-origin-resource-policy', 'cross-origin'],
    ['access-control-allow-origin', '*'],
    ['access-control-expose-headers', 'X-Request-Id, Retry-After'],
  ] as const
  return { ours, open }
}
