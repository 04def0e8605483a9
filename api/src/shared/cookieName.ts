/** __Host- binds a cookie to this host and to https; on http a plain name is all there is. */
export const cookieName = (name: string, publicUrl: string): string =>
  publicUrl.startsWith('https:') ? `__Host-${name}` : name
