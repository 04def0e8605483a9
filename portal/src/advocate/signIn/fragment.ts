/**
 * The token after the `#` of a link. A view link opens by itself, a sign-in link waits for a tap, and an address
 * link confirms a new address for the signed-in person.
 */
export type LinkToken = { kind: 'view' | 'sign-in' | 'address'; token: string }

const kinds = { token: 'view', 'sign-in': 'sign-in', address: 'address' } as const

/** Reads `#token=…`, `#sign-in=…` or `#address=…`; null for anything else. */
export function readFragment(fragment: string): LinkToken | null {
  const values = new URLSearchParams(fragment.replace(/^#/, ''))
  for (const [name, kind] of Object.entries(kinds)) {
    const token = values.get(name)
    if (token) return { kind, token }
  }
  return null
}

/** Removes the token from the address bar, so that it doesn't end up in history, bookmarks or screenshots. */
export function takeFragment(from: Window): LinkToken | null {
  const taken = readFragment(from.location.hash)
  if (from.location.hash) {
    from.history.replaceState(null, '', from.location.pathname + from.location.search)
  }
  return taken
}
