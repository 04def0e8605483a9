import './components.css'
import './advocate.css'
import { createClient } from '@goodword/client'
import { directionOf } from '@goodword/words'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { App } from './app.tsx'
import { createHomeCache } from './home/homeCache.ts'
import { createPortalModel } from './portal.model.ts'
import { createPortalUrl } from './portalUrl.ts'
import { createShareModel } from './share/share.model.ts'
import { takeFragment } from './signIn/fragment.ts'
import { createSignInModel } from './signIn/signIn.model.ts'
import { createLanguageStorage } from './startLanguage.ts'
import { setLanguage, words } from './words.ts'

const link = takeFragment(window)
const client = createClient({ baseUrl: location.origin })
const url = createPortalUrl(window)
const started = createLanguageStorage(() => localStorage)
const portal = createPortalModel({
  client,
  homeCache: createHomeCache(() => localStorage),
  online: () => navigator.onLine,
  url,
})

void setLanguage(started.language(navigator.languages)).then(() => portal.enter(link))
effect(() => {
  document.documentElement.lang = words.value.language
  document.documentElement.dir = directionOf(words.value.language)
  started.keep(words.value.language)
})

// The service worker opens the page without a network. Registered last; everything else works without it.
addEventListener('load', () => {
  navigator.serviceWorker?.register('/portal/worker.js', { scope: '/portal' }).catch(() => undefined)
})

// Opening a second link in the same tab changes only the fragment and loads nothing.
addEventListener('hashchange', () => {
  const next = takeFragment(window)
  if (next) void portal.enter(next)
})
// A program can open the page and run its scripts, but nobody touches it. Told once, to end reminders.
const gestures = ['pointerdown', 'keydown'] as const
const onGesture = (event: Event) => {
  if (!event.isTrusted || portal.stage.value.name !== 'home') return
  for (const gesture of gestures) removeEventListener(gesture, onGesture)
  void client.portal.noteOpened().catch(() => undefined)
}
for (const gesture of gestures) addEventListener(gesture, onGesture)
addEventListener('popstate', url.sync)
addEventListener('online', () => {
  if (portal.home.errorText.value) void portal.retry()
})

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void portal.refreshIfStale(Date.now())
})

const at = document.getElementById('app')
if (at)
  render(
    <App portal={portal} signIn={createSignInModel(client)} share={createShareModel(navigator, () => localStorage)} />,
    at,
  )
