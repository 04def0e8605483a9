import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Site = {
  url: string
  /** Serves this page at this path from now on. */
  put(path: string, html: string, headers?: Record<string, string>): void
  /** Serves this script at this path from now on, or an error each time that it `fails`. */
  putScript(path: string, script: string, fails?: () => boolean): void
  stop(): void
}

/** The business's website on localhost, which is another site than Goodword's 127.0.0.1. */
export async function startSite(): Promise<Site> {
  const pages = new Map<string, (response: ServerResponse) => void>()
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? '/', 'http://localhost').pathname)
    if (page) page(response)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    put(path, html, headers = {}) {
      const head = '<!doctype html><html lang="en"><title>Harbor &amp; Sons</title>'
      pages.set(path, (response) => {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers })
        response.end(`${head}<meta name="viewport" content="width=device-width, initial-scale=1">${html}`)
      })
    },
    putScript(path, script, fails = () => false) {
      pages.set(path, (response) => {
        response.writeHead(fails() ? 503 : 200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' })
        response.end(script)
      })
    },
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The snippet as the console shows it. */
export const tag = (goodword: { url: string; key: string }) =>
  `<script async src="${goodword.url}/widget/v1/loader.js" data-key="${goodword.key}"></script>`

export const form = '<goodword-form><p>Call us at (415) 555-0100.</p></goodword-form>'
