import { render } from 'preact'
import './components.css'
import { App } from './app.tsx'
import { rememberUnanswered } from './core/unansweredWrites.ts'
import { createReturnPath, createSession, createTabs, takeToken } from './session/session.model.ts'

const token = takeToken(location, history)
const session = createSession({
  baseUrl: location.origin,
  fetch: rememberUnanswered((input, init) => fetch(input, init)),
  tabs: createTabs(),
})
const returnPaths = createReturnPath(() => localStorage)

const root = document.getElementById('app')
if (root) render(<App session={session} token={token} places={returnPaths} />, root)

// A sign-in link followed while this page is open changes only the fragment; reload so that it is read.
addEventListener('hashchange', () => {
  if (new URLSearchParams(location.hash.slice(1)).has('token')) location.reload()
})
