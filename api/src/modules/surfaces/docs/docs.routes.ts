import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { marked } from 'marked'
import type { Services } from '../../../shared/context.ts'
import { openApiDocument } from '../../../shared/openapi.ts'
import { respondNotFound } from '../../../shared/refusals.ts'
import { type Env, type Http, send } from '../../../shared/send.ts'
import css from './docs.css?raw'
import { layout } from './docs.layout.ts'
import { guides } from './guides.ts'
import { referencePage } from './reference.pages.ts'

const policy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const styleHash = createHash('sha256').update(css).digest('base64url').slice(0, 12)
const style = `/docs/style.css?v=${styleHash}`

/** On a phone, names in a table break after their dots and underscores instead of anywhere. */
const breakable = (page: string): string =>
  page.replace(/<td>.*?<\/td>/gs, (cell) =>
    cell.replace(/<code>[^<]*<\/code>/g, (code) => code.replace(/[._]/g, '$&<wbr>')),
  )

/** `/docs`: the guides and the API reference, rendered once from docs/guides and the contracts. */
export function docsRoutes({ config }: Pick<Services, 'config'>): Hono<Env> {
  const app = new Hono<Env>()
  const drawn = new Map<string, Promise<string>>()
  const once = (name: string, draw: () => Promise<string>) => {
    const known = drawn.get(name) ?? draw()
    drawn.set(name, known)
    return known
  }
  const sendPage = async (http: Http, page: Promise<string>) =>
    send(http, 200, await page, {
      'content-type': 'text/html; charset=UTF-8',
      'content-security-policy': policy,
      'cache-control': 'no-cache',
    })
  const frame = (here: string) => ({ style, here, guides })

  app.get('/docs/style.css', (http) =>
    send(http, 200, css, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': http.req.query('v') === styleHash ? 'public, max-age=31536000, immutable' : 'no-cache',
    }),
  )
  app.get('/docs', (http) =>
    sendPage(
      http,
      once('', () => referencePage(frame(''), openApiDocument(config.publicUrl), config.publicUrl)),
    ),
  )
  app.get('/docs/guides/:slug', (http) => {
    const guide = guides.find(({ slug }) => slug === http.req.param('slug'))
    if (!guide) return respondNotFound(http)
    const text = guide.text.replaceAll('https://refer.example.com', config.publicUrl)
    return sendPage(
      http,
      once(guide.slug, async () => layout(frame(guide.slug), guide, html`${raw(breakable(await marked(text)))}`)),
    )
  })
  return app
}
