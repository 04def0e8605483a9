import { createHash } from 'node:crypto'
import type { ProblemCode } from '@goodword/contracts'
import type { Services } from './context.ts'
import { AppError, toProblem } from './errors.ts'
import { isApi } from './headers.ts'
import { type Http, loggedPath, requestHeader, requestIdOf, send } from './send.ts'

/** Responds to an expected error with problem details, and to any other with a 500 that reveals only the request id. */
export const respondWithError =
  ({ log }: Pick<Services, 'log'>) =>
  (error: Error, http: Http): Response => {
    if (error instanceof AppError) return respond(http, error.code, error.facts)
    log.error({ err: error, requestId: requestIdOf(http), path: loggedPath(http) }, 'request failed')
    return respond(http, 'internal', {})
  }

/** The 404 response: a page for people, problem details for programs. */
export const respondNotFound = (http: Http): Response => respond(http, 'not_found', {})

function respond(http: Http, code: ProblemCode, facts: AppError['facts']): Response {
  const problem = toProblem(code, facts, requestIdOf(http))
  const wantsPage = requestHeader(http, 'accept')?.includes('text/html') && !isApi(http.req.path)
  return wantsPage
    ? send(http, problem.status, page(problem.title, problem.detail), {
        'content-type': 'text/html; charset=UTF-8',
        'content-security-policy': policy,
        ...facts.headers,
      })
    : send(http, problem.status, JSON.stringify(problem), {
        'content-type': 'application/problem+json',
        ...facts.headers,
      })
}

const style = `
body { margin: 0; min-height: 100vh; display: grid; place-content: center; padding: 24px; box-sizing: border-box;
  font: 16px/1.5 system-ui, sans-serif; background: #f8f4ef; color: #211d1a }
h1 { margin: 0 0 8px; font-size: 24px; line-height: 1.25 }
p { margin: 0; max-width: 36em }
@media (prefers-color-scheme: dark) { body { background: #171412; color: #f1ece6 } }
`
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

const page = (title: string, detail: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(detail)}</p>
</html>
`

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
