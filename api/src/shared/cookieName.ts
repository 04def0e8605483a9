/** __Host- binds a cookie to this host and to https; over http the name has no prefix. */
export const cookieName = (name: string, publicUrl: string): string =>
  publicUrl.startsWith('https:') ? `__Host-${name}` : name
