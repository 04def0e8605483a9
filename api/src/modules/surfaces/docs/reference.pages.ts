import { problems } from '@goodword/contracts'
import { html } from 'hono/html'
import type { openApiDocument } from '../../../shared/openapi.ts'
import { type Frame, layout, type Markup } from './docs.layout.ts'
import { exampleOf, fieldsOf, type Schema } from './schemas.ts'

type Document = ReturnType<typeof openApiDocument>
type Operation = {
  operationId: string
  summary: string
  description?: string
  parameters?: { name: string; in: string; required?: boolean; schema: Schema; description?: string }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}
type Entry = { method: string; path: string; operation: Operation; tag: string }

const methods = ['get', 'post', 'patch', 'delete'] as const

/** "messageTemplates" as "Message wordings". */
const titleOf = (tag: string): string => {
  const words = tag.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const entriesOf = (document: Document): Entry[] =>
  Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item?.[method] as (Operation & { tags?: string[] }) | undefined
      return operation ? [{ method: method.toUpperCase(), path, operation, tag: operation.tags?.[0] ?? '' }] : []
    }),
  )

/** Every API endpoint on one page: its parameters, response and example calls. */
export function referencePage(frame: Frame, document: Document, publicUrl: string): Promise<string> {
  const entries = entriesOf(document)
  const tags = [...new Set(entries.map(({ tag }) => tag))]
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>
  return layout(
    frame,
    {
      title: 'API reference',
      contents: [
        ...tags.map((tag) => ({ id: tag, label: titleOf(tag) })),
        { id: 'events', label: 'Events' },
        { id: 'errors', label: 'Errors' },
      ],
    },
    html`<h1>API reference</h1>
<p class="lead">Everything the console can do, over HTTPS and JSON. The same as a document for machines:
<a href="/v1/openapi.json">OpenAPI 3.1</a>.</p>
${basics(publicUrl)}
${tags.map(
  (tag) => html`<section class="tag" aria-labelledby="${tag}"><h2 id="${tag}">${titleOf(tag)}</h2>
${entries.filter((entry) => entry.tag === tag).map((entry) => operationOf(entry, schemas, publicUrl))}</section>`,
)}
${eventsOf(document, schemas)}
${errors()}`,
  )
}

const basics = (publicUrl: string): Markup => html`<section class="basics">
<h2 id="basics">Basics</h2>
<dl>
<dt>Base URL</dt><dd><code>${publicUrl}/v1</code></dd>
<dt>Authentication</dt><dd>A secret key from Settings, Keys: <code>Authorization: Bearer sk_…</code>. It belongs to one organization and has scopes.</dd>
<dt>Money</dt><dd>Integers in the minor unit of an ISO 4217 currency: 125000 USD is $1,250.00.</dd>
<dt>Idempotency</dt><dd>Send an <code>Idempotency-Key</code>. The same key with the same body within 24 hours gives the first response again and changes nothing; with another body it is refused. A response that shows a secret isn’t kept: the same key again changes nothing and gets 409 <code>answer_not_kept</code>.</dd>
<dt>Pagination</dt><dd>20 items unless <code>limit</code> says otherwise, 100 at most; <code>nextCursor</code> and <code>previousCursor</code> lead to the pages around this one, as <code>cursor</code> of the same list and sort; null means there is none. <code>last=true</code> is the last page.</dd>
<dt>Times</dt><dd>ISO 8601 in UTC; days such as <code>2026-05-29</code> are of the organization's time zone.</dd>
<dt>Errors</dt><dd>Problem details (RFC 9457). <code>code</code> never changes its meaning, <code>detail</code> says what to do, <code>errors</code> names the fields.</dd>
<dt>Rate limits</dt><dd>429 with <code>Retry-After</code> in seconds.</dd>
</dl></section>`

/** What stands between backticks is code. */
const withCode = (text: string): Markup =>
  html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`

function operationOf({ method, path, operation }: Entry, schemas: Record<string, Schema>, publicUrl: string): Markup {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation
  const body = requestBody?.content['application/json']?.schema
  const [status = '', answer] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? []
  const [media, content] = Object.entries(answer?.content ?? {})[0] ?? []
  return html`<details class="operation" id="${operationId}">
<summary><span class="method ${method.toLowerCase()}">${method}</span> <code>${path}</code> <span>${summary}</span></summary>
<div>
${description ? html`<p>${withCode(description)}</p>` : ''}
${parametersOf(parameters, 'path', 'Path parameters', schemas)}
${parametersOf(parameters, 'query', 'Query parameters', schemas)}
${body ? html`<h4>Body</h4>${tableOf(body, schemas)}` : ''}
<h4>Response ${status}</h4>
${content?.schema && media === 'application/json' ? tableOf(content.schema, schemas) : html`<p>${media ? `A file: ${media}.` : 'Nothing but the status.'}</p>`}
<h4>Example</h4>
<pre tabindex="0"><code>${curlOf(method, path, body ? exampleOf(body, schemas) : undefined, publicUrl)}</code></pre>
<pre tabindex="0"><code>${clientOf(operationId, path, body ? exampleOf(body, schemas) : undefined)}</code></pre>
</div></details>`
}

/** Every event a webhook can receive, with its payload. */
function eventsOf(document: Document, schemas: Record<string, Schema>): Markup {
  const events = Object.entries((document.webhooks ?? {}) as Record<string, { post?: Operation }>)
  return html`<section class="tag" aria-labelledby="events"><h2 id="events">Events</h2>
<p>Sent to your webhooks as a signed <code>POST</code>. <a href="/docs/guides/webhooks">The guide</a> shows how to check the
signature and what happens when your server doesn't respond.</p>
${events.map(([type, { post }]) => {
  const body = post?.requestBody?.content['application/json']?.schema
  return html`<details class="operation" id="event-${type}">
<summary><code>${type}</code> <span>${withCode(post?.summary ?? '')}</span></summary>
<div>
${body ? html`<h4>Payload</h4>${tableOf(body, schemas)}<h4>Example</h4><pre tabindex="0"><code>${JSON.stringify(exampleOf(body, schemas), null, 2)}</code></pre>` : ''}
</div></details>`
})}</section>`
}

type Parameters = NonNullable<Operation['parameters']>

function parametersOf(all: Parameters, place: string, title: string, schemas: Record<string, Schema>): Markup | string {
  const some = all.filter((parameter) => parameter.in === place)
  if (some.length === 0) return ''
  const properties = Object.fromEntries(some.map(({ name, schema }) => [name, schema]))
  const required = some.filter((parameter) => parameter.required).map(({ name }) => name)
  return html`<h4>${title}</h4>${tableOf({ type: 'object', properties, required }, schemas)}`
}

const tableOf = (schema: Schema, schemas: Record<string, Schema>): Markup => html`<div class="wide"><table>
<thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Notes</th></tr></thead>
<tbody>${fieldsOf(schema, schemas).map(
  ({ name, type, notes, required }) =>
    html`<tr><th scope="row"><code>${name}</code>${required ? '' : html` <small>optional</small>`}</th><td>${type}</td><td>${withCode(notes)}</td></tr>`,
)}</tbody></table></div>`

function curlOf(method: string, path: string, body: unknown, publicUrl: string): string {
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}'${publicUrl}${path}'`,
    `  -H 'Authorization: Bearer sk_…'`,
  ]
  if (method !== 'GET') lines.push(`  -H 'Idempotency-Key: job-1042'`)
  if (body !== undefined) lines.push(`  -H 'Content-Type: application/json'`, `  -d '${JSON.stringify(body)}'`)
  return lines.join(' \\\n')
}

function clientOf(operationId: string, path: string, body: unknown): string {
  const params = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  const given = [
    ...(params.length > 0 ? [`params: { ${params.join(', ')} }`] : []),
    ...(body === undefined ? [] : [`body: ${JSON.stringify(body)}`]),
  ]
  return `await client.${operationId}(${given.length > 0 ? `{ ${given.join(', ')} }` : ''})`
}

const errors = (): Markup => html`<section aria-labelledby="errors"><h2 id="errors">Errors</h2><div class="wide"><table>
<thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">What happened, and what to do</th></tr></thead>
<tbody>${Object.entries(problems)
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(
    ([code, { status, title, cure }]) =>
      html`<tr><th scope="row"><code>${code}</code></th><td>${status}</td><td>${title}. ${cure}</td></tr>`,
  )}</tbody></table></div></section>`
