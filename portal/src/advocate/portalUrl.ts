import { signal } from '@preact/signals'

export type PortalUrl = ReturnType<typeof createPortalUrl>
export type PageName = 'home' | 'account'

/** The parts of `window` that hold the URL. */
export type Window = {
  location: { pathname: string; search: string }
  history: Pick<History, 'pushState' | 'replaceState'>
}

/** The page and the campaign, as in the URL: `/portal?page=account&campaign=ANNA4K7`. */
export function createPortalUrl(at: Window) {
  const read = (name: string) => new URLSearchParams(at.location.search).get(name)
  const pageNow = (): PageName => (read('page') === 'account' ? 'account' : 'home')
  const page = signal<PageName>(pageNow())
  const campaign = signal<string | null>(read('campaign'))

  function urlWith(changes: Record<string, string | null>) {
    const values = new URLSearchParams(at.location.search)
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) values.delete(name)
      else values.set(name, value)
    }
    const search = values.toString()
    return at.location.pathname + (search === '' ? '' : `?${search}`)
  }

  return {
    page,
    campaign,
    go(to: PageName) {
      if (page.value === to) return
      at.history.pushState(null, '', urlWith({ page: to === 'home' ? null : to }))
      page.value = to
    },
    choose(code: string | null) {
      at.history.replaceState(null, '', urlWith({ campaign: code }))
      campaign.value = code
    },
    /** The browser's Back or Forward button changed the URL. */
    sync() {
      page.value = pageNow()
      campaign.value = read('campaign')
    },
  }
}
