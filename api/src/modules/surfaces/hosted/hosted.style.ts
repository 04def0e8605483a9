import { createHash } from 'node:crypto'
import type { Http } from '../../../shared/send.ts'
import { type StaticFiles, sendFile } from '../../../shared/staticFiles.ts'
import css from './hosted.css?raw'

export type Stylesheet = { url: string; send: (http: Http) => Promise<Response> }

/**
 * The stylesheet of the hosted pages, with `more` for a page of its own in a folder of its own. Uses the portal's font
 * file if it was built, otherwise a system font.
 */
export function createStylesheet(
  files: StaticFiles | undefined,
  { folder = 'r', more = '' }: { folder?: string; more?: string } = {},
): Stylesheet {
  const body = Buffer.from(fontFace(files) + css + more)
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 16)
  const file = {
    name: 'style.css',
    type: 'text/css; charset=utf-8',
    etag: `"${hash}"`,
    body,
    hashed: false,
    compressed: new Map(),
  }
  const url = `/${folder}/style.css?v=${hash}`
  return {
    url,
    send: (http) => {
      const current = http.req.query('v') === hash
      return sendFile(http, file, current ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  }
}

function fontFace(files: StaticFiles | undefined): string {
  const name = [...(files?.portal.keys() ?? [])].find((path) => /^assets\/inter-[\w-]+\.woff2$/.test(path))
  if (!name) return ''
  const source = `url("/${name}") format("woff2")`
  return `@font-face{font-family:"Inter Variable";src:${source};font-weight:100 900;font-display:swap}\n`
}
