import type { Route } from './contract.ts'

/** What React and Preact have in common. */
type Library<Shown> = {
  h(type: string | (() => Shown), props: object | null, ...children: unknown[]): Shown
  useState<State>(first: State): [State, (next: State) => void]
  /** Takes the application out of the page. */
  end(): void
}

/** The application of a library with hooks. */
export function applicationOf<Shown>({ h, useState, end }: Library<Shown>): () => Shown {
  const button = (id: string, label: string, onClick: () => void) => h('button', { type: 'button', id, onClick }, label)
  const Home = () =>
    h(
      'main',
      null,
      h('h1', null, 'home'),
      h('goodword-banner', null, h('em', null, 'Friends of friends are welcome.')),
      h('goodword-form', null, h('em', null, 'Call us at (415) 555-0100.')),
      h('div', { 'data-goodword': 'form', className: 'placed' }, h('em', null, 'Or visit the shop.')),
      h('goodword-leaderboard', null, h('em', null, 'Our neighbors.')),
    )
  return function App() {
    const [route, setRoute] = useState<Route>('home')
    const [count, setCount] = useState(0)
    return h(
      'div',
      { className: 'app' },
      h(
        'nav',
        null,
        button('home', 'Home', () => setRoute('home')),
        button('about', 'About', () => setRoute('about')),
        button('again', 'Again', () => setCount(count + 1)),
        button('end', 'End', end),
      ),
      h('p', { id: 'count' }, count),
      route === 'home' ? h(Home, null) : h('main', null, h('h1', null, 'about')),
    )
  }
}
