import { render } from 'preact'
import '../shared/styles/tokens.css'
import '../shared/styles/components.css'
import { App } from './app.tsx'
import { createPlaceMemory, createSession, createTabs, takeToken } from './session/session.model.ts'

const token = takeToken(location, history)
const session = createSession({
  baseUrl: location.origin,
  fetch: (input, init) => fetch(input, init),
  tabs: createTabs(),
})
const places = createPlaceMemory(() => localStorage)

const root = document.getElementById('app')
if (root) render(<App session={session} token={token} places={places} />, root)

// A link followed while this page is open only changes the fragment; a fresh page takes it from there.
addEventListener('hashchange', () => {
  if (new URLSearchParams(location.hash.slice(1)).has('token')) location.reload()
})
