import { useEffect } from 'preact/hooks'
import { useConsole } from './console.ts'

/**
 * While `leaving` holds a question, following a link or closing the tab asks it first. The listener is on the capture
 * phase, so that it comes before the router's.
 */
export function useLeaveGuard() {
  const { leaving } = useConsole()
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const question = leaving.value
      if (question === null || event.defaultPrevented || event.button !== 0) return
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!(link instanceof HTMLAnchorElement) || link.target === '_blank') return
      if (link.getAttribute('href')?.startsWith('#')) return
      if (confirm(question)) {
        leaving.value = null
        return
      }
      event.preventDefault()
      event.stopPropagation()
    }
    const onUnload = (event: BeforeUnloadEvent) => {
      if (leaving.value !== null) event.preventDefault()
    }
    addEventListener('click', onClick, true)
    addEventListener('beforeunload', onUnload)
    return () => {
      removeEventListener('click', onClick, true)
      removeEventListener('beforeunload', onUnload)
    }
  }, [leaving])
}
