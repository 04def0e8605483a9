import { useEffect, useLayoutEffect } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'

/**
 * What the address asks of the screen that reads it. While the next screen loads, this one is still drawn: it keeps what its
 * own address said, and `leave` ends what it had planned, so that nothing takes anybody back.
 */
export function useOwnQuery(leave?: () => void): Readonly<Record<string, string>> {
  const { path, query } = useRoute()
  const { path: now } = useLocation()
  // At once: what is planned may be due before the next frame is drawn.
  useLayoutEffect(() => {
    if (now !== path) leave?.()
  }, [now, path, leave])
  useEffect(() => leave, [leave])
  return query
}
