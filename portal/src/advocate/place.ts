import { signal } from '@preact/signals'

export type Place = ReturnType<typeof createPlace>
export type PageName = 'home' | 'account'

/** The part of a window that knows where we are. */
export type Window = {
  location: { pathname: string; search: string }
  history: Pick<History, 'pushState' | 'replaceState'>
}

/** Which page and which campaign, kept in the address: `/portal?page=account&campaign=ANNA4K7`. */
export function createPlace(at: Window) {
  const read = (name: string) => new URLSearchParams(at.location.search).get(name)
  const pageNow = (): PageName => (read('page') === 'account' ? 'account' : 'home')
  const page = signal<PageName>(pageNow())
  const campaign = signal<string | null>(read('campaign'))

  function addressWith(changes: Record<string, string | null>) {
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
      at.history.pushState(null, '', addressWith({ page: to === 'home' ? null : to }))
      page.value = to
    },
    choose(code: string | null) {
      at.history.replaceState(null, '', addressWith({ campaign: code }))
      campaign.value = code
    },
    /** The address changed by the browser's own buttons. */
    follow() {
      page.value = pageNow()
      campaign.value = read('campaign')
    },
  }
}
