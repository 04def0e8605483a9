import { createElement as h, useState } from 'react'
import { createRoot, hydrateRoot, type Root } from 'react-dom/client'
import type { Route } from './contract.ts'

let root: Root | null = null

function Home() {
  return h(
    'main',
    null,
    h('h1', null, 'home'),
    h('goodword-banner', null, h('em', null, 'Friends of friends are welcome.')),
    h('goodword-form', null, h('em', null, 'Call us at (415) 555-0100.')),
    h('div', { 'data-goodword': 'form', className: 'placed' }, h('em', null, 'Or visit the shop.')),
  )
}

function App() {
  const [route, setRoute] = useState<Route>('home')
  const [count, setCount] = useState(0)
  return h(
    'div',
    { className: 'app' },
    h(
      'nav',
      null,
      h('button', { type: 'button', id: 'home', onClick: () => setRoute('home') }, 'Home'),
      h('button', { type: 'button', id: 'about', onClick: () => setRoute('about') }, 'About'),
      h('button', { type: 'button', id: 'again', onClick: () => setCount(count + 1) }, 'Again'),
      h('button', { type: 'button', id: 'end', onClick: () => root?.unmount() }, 'End'),
    ),
    h('p', { id: 'count' }, count),
    route === 'home' ? h(Home) : h('main', null, h('h1', null, 'about')),
  )
}

window.application = {
  mount(element) {
    root = createRoot(element)
    root.render(h(App))
  },
  hydrate(element) {
    root = hydrateRoot(element, h(App))
  },
}
