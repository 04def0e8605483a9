import { createApp, createSSRApp, h, ref } from 'vue'
import type { Route } from './contract.ts'

const app = {
  setup() {
    const route = ref<Route>('home')
    const count = ref(0)
    const home = () => [
      h('h1', 'home'),
      h('goodword-banner', [h('em', 'Friends of friends are welcome.')]),
      h('goodword-form', [h('em', 'Call us at (415) 555-0100.')]),
      h('div', { 'data-goodword': 'form', class: 'placed' }, [h('em', 'Or visit the shop.')]),
      h('goodword-leaderboard', [h('em', 'Our neighbors.')]),
    ]
    const go = (to: Route) => () => {
      route.value = to
    }
    return () =>
      h('div', { class: 'app' }, [
        h('nav', [
          h('button', { type: 'button', id: 'home', onClick: go('home') }, 'Home'),
          h('button', { type: 'button', id: 'about', onClick: go('about') }, 'About'),
          h(
            'button',
            {
              type: 'button',
              id: 'again',
              onClick: () => {
                count.value += 1
              },
            },
            'Again',
          ),
          h('button', { type: 'button', id: 'end', onClick: () => running.unmount() }, 'End'),
        ]),
        h('p', { id: 'count' }, String(count.value)),
        h('main', { key: route.value }, route.value === 'home' ? home() : [h('h1', 'about')]),
      ])
  },
}
let running: { unmount(): void }
const start = (make: typeof createApp, element: Element) => {
  const made = make(app)
  made.mount(element)
  running = made
}

window.application = {
  mount: (element) => start(createApp, element),
  hydrate: (element) => start(createSSRApp, element),
}
