import { useEffect, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useConsole } from './console.ts'

/** Whether this click follows a link out of the page in this tab. */
function isNavigation(event: MouseEvent): boolean {
  if (event.defaultPrevented || event.button !== 0) return false
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null
  if (!(link instanceof HTMLAnchorElement) || link.target === '_blank') return false
  return !link.getAttribute('href')?.startsWith('#')
}

let onPopState: ((event: PopStateEvent) => void) | null = null
// Registered when the module loads, so that it runs before the router's own listener.
addEventListener('popstate', (event) => onPopState?.(event))

/**
 * While `leaving` holds a question, following a link, going back or forward, or closing the tab asks it first. Clicks
 * are handled in the capture phase, before the router.
 */
export function useLeaveGuard() {
  const { leaving } = useConsole()
  const { url } = useLocation()
  const here = useRef(url)
  here.current = url
  useEffect(() => {
    const mayLeave = (): boolean => {
      const question = leaving.value
      if (question !== null && !confirm(question)) return false
      leaving.value = null
      return true
    }
    const onClick = (event: MouseEvent) => {
      if (leaving.value === null || !isNavigation(event) || mayLeave()) return
      event.preventDefault()
      event.stopPropagation()
    }
    // The browser has already moved: if the user stays, restore the address of the page.
    onPopState = (event) => {
      const samePage = location.pathname === new URL(here.current, location.origin).pathname
      if (leaving.value === null || samePage || mayLeave()) return
      event.stopImmediatePropagation()
      history.pushState(null, '', here.current)
    }
    const onUnload = (event: BeforeUnloadEvent) => {
      if (leaving.value !== null) event.preventDefault()
    }
    addEventListener('click', onClick, true)
    addEventListener('beforeunload', onUnload)
    return () => {
      removeEventListener('click', onClick, true)
      onPopState = null
      removeEventListener('beforeunload', onUnload)
    }
  }, [leaving])
}
