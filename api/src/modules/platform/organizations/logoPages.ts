import { Hono } from 'hono'
import type { Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Env, type Http, send } from '../../../shared/send.ts'
import { readLogo } from './logo.ts'

export const logoPages = (services: Services) => new Hono<Env>().get('/logos/:organizationId/:hash', sendLogo(services))

/**
 * The logo appears on public pages, in emails and in link previews, so anyone may load it from any site. Its URL
 * changes with its bytes, so it is cached forever.
 */
const sendLogo = (services: Services) => async (http: Http) => {
  const { organizationId = '', hash = '' } = http.req.param()
  const logo = await readLogo(services, organizationId, hash)
  if (!logo) throw new AppError('not_found')
  return send(http, 200, new Uint8Array(logo.bytes), {
    'content-type': logo.type,
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'cross-origin',
    'content-disposition': 'inline',
  })
}
