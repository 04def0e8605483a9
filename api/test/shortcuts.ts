import { getRequestListener } from '@hono/node-server'
import { createApp } from '../src/app.ts'
import type { Services } from '../src/shared/context.ts'
import { listen } from '../src/shared/listen.ts'
import { type Shortcut, withShortcuts } from '../src/shared/shortcuts.ts'

/** The server's handling of requests on a port of its own, with a count of the requests that no shortcut answered. */
export async function startWithShortcuts(services: Services) {
  const shortcuts = new Map<string, Shortcut>()
  const app = createApp(services, { addShortcut: (beginning, shortcut) => shortcuts.set(beginning, shortcut) })
  const route = getRequestListener(app.fetch)
  let routed = 0
  const address = { host: '127.0.0.1', port: 0, portSetting: 'PORT' }
  const server = await listen(
    address,
    withShortcuts(shortcuts, (incoming, outgoing) => {
      routed += 1
      return route(incoming, outgoing)
    }),
  )
  return {
    /** The response, and whether it was routed. */
    async request(path: string, init: RequestInit = {}) {
      const before = routed
      const response = await fetch(`http://127.0.0.1:${server.port}${path}`, init)
      return { response, text: await response.text(), wasRouted: routed > before }
    },
    stop: () => server.stop(0),
  }
}

/** The headers of a response except those that differ each time. */
export function steadyHeaders({ headers }: Response): Record<string, string> {
  const { 'x-request-id': id, date, ...steady } = Object.fromEntries(headers)
  return steady
}
