import type { ComponentType } from 'preact'
import { lazy } from 'preact-iso'
import { ErrorState } from '../../shared/ui/state.tsx'
import { Page } from './page.tsx'

/** A module that failed to load stays so until the page is loaded anew; the address is that of the screen already. */
function NotLoaded() {
  return (
    <Page title="Not loaded">
      <ErrorState card level={2} title="This page did not load" onRetry={() => location.reload()}>
        Your server did not answer. Check your connection.
      </ErrorState>
    </Page>
  )
}

/** A screen whose code loads when it is first opened. If it doesn't, the screen says so. */
export const screen = (load: () => Promise<ComponentType>) => lazy(() => load().catch(() => NotLoaded))
