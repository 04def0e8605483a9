import { h, hydrate, render } from 'preact'
import { useState } from 'preact/hooks'
import type { Route } from './contract.ts'

let root: Element | null = null

function Home() {
  return h(
    'main',
    null,
    h('h1', null, 'home'),
    h('goodword-banner', null, h('em', null, 'Friends of friends are welcome.')),
    h('goodword-form', null, h('em', null, 'Call us at (415) 555-0100.')),
    h('div', { 'data-goodword': 'form', class: 'placed' }, h('em', null, 'Or visit the shop.')),
  )
}

function App() {
  const [route, setRoute] = useState<Route>('home')
  const [count, setCount] = useState(0)
  return h(
    'div',
    { class: 'app' },
    h(
      'nav',
      null,
      h('button', { type: 'button', id: 'home', onClick: () => setRoute('home') }, 'Home'),
      h('button', { type: 'button', id: 'about', onClick: () => setRoute('about') }, 'About'),
      h('button', { type: 'button', id: 'again', onClick: () => setCount(count + 1) }, 'Again'),
      h('button', { type: 'button', id: 'end', onClick: () => root && render(null, root) }, 'End'),
    ),
    h('p', { id: 'count' }, count),
    route === 'home' ? h(Home, null) : h('main', null, h('h1', null, 'about')),
  )
}

window.application = {
  mount(element) {
    root = element
    render(h(App, null), element)
  },
  hydrate(element) {
    root = element
    hydrate(h(App, null), element)
  },
}
