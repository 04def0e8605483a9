import { mount, unmount } from 'svelte'
import App from './app.svelte'

window.application = {
  mount(target) {
    const running: object = mount(App, { target, props: { end: () => unmount(running) } })
  },
}
