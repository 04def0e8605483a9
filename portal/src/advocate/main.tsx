import '../shared/styles/tokens.css'
import '../shared/styles/components.css'
import './advocate.css'
import { createClient } from '@goodword/client'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { App } from './app.tsx'
import { keepHomeIn } from './home/keptHome.ts'
import { createPlace } from './place.ts'
import { createPortalModel } from './portal.model.ts'
import { createShareModel } from './share/share.model.ts'
import { takeFragment } from './signIn/fragment.ts'
import { createSignInModel } from './signIn/signIn.model.ts'
import { keepLanguageIn } from './startLanguage.ts'
import { speak, words } from './words.ts'

const link = takeFragment(window)
const client = createClient({ baseUrl: location.origin })
const place = createPlace(window)
const started = keepLanguageIn(() => localStorage)
const portal = createPortalModel({
  client,
  kept: keepHomeIn(() => localStorage),
  online: () => navigator.onLine,
  place,
})

void speak(started.language(navigator.languages)).then(() => portal.enter(link))
effect(() => {
  document.documentElement.lang = words.value.language
  started.keep(words.value.language)
})

// The worker opens the page without a network. Where there is none, everything else works. The page itself comes first.
addEventListener('load', () => {
  navigator.serviceWorker?.register('/portal/worker.js', { scope: '/portal' }).catch(() => undefined)
})

// A second link opened in the same tab changes only the fragment, and loads nothing by itself.
addEventListener('hashchange', () => {
  const next = takeFragment(window)
  if (next) void portal.enter(next)
})
addEventListener('popstate', place.follow)
addEventListener('online', () => {
  if (portal.home.trouble.value) void portal.retry()
})

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void portal.returned(Date.now())
})

const at = document.getElementById('app')
if (at)
  render(
    <App portal={portal} signIn={createSignInModel(client)} share={createShareModel(navigator, () => localStorage)} />,
    at,
  )
