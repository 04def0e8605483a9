import { useEffect, useLayoutEffect } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'

/**
 * The query of this screen's own route. While the next screen loads, this one stays mounted: it keeps its own query,
 * and `leave` cancels its pending navigation so that it cannot pull the user back.
 */
export function useRouteQuery(leave?: () => void): Readonly<Record<string, string>> {
  const { path, query } = useRoute()
  const { path: currentPath } = useLocation()
  // A layout effect, because pending navigation may fire before the next frame.
  useLayoutEffect(() => {
    if (currentPath !== path) leave?.()
  }, [currentPath, path, leave])
  useEffect(() => leave, [leave])
  return query
}
