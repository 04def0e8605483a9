import { useEffect, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useConsole } from './console.ts'

/** Where a left click on this leads, when it would leave the page in this tab. */
function leadsAway(event: MouseEvent): boolean {
  if (event.defaultPrevented || event.button !== 0) return false
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null
  if (!(link instanceof HTMLAnchorElement) || link.target === '_blank') return false
  return !link.getAttribute('href')?.startsWith('#')
}

let onMoved: ((event: PopStateEvent) => void) | null = null
// Heard before the router hears it: listeners of a window are called in the order they came, and it comes with the page.
addEventListener('popstate', (event) => onMoved?.(event))

/**
 * While `leaving` holds a question, following a link, going back or forward, and closing the tab ask it first.
 * Clicks are heard on the capture phase, so that the question comes before the router.
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
      if (leaving.value === null || !leadsAway(event) || mayLeave()) return
      event.preventDefault()
      event.stopPropagation()
    }
    // The browser has moved by then: who stays gets the address of the page put back in front.
    onMoved = (event) => {
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
      onMoved = null
      removeEventListener('beforeunload', onUnload)
    }
  }, [leaving])
}
