import {
  type Endpoint,
  type EventType,
  endpoints,
  eventBody,
  eventMeanings,
  eventTypes,
  Problem,
  problems,
} from '@goodword/contracts'
import * as z from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { cookieName } from './cookieName.ts'
import { describeFields } from './openapiFields.ts'
import { fileOf, type StaticFile } from './staticFiles.ts'

const made = new Map<string, ReturnType<typeof describe>>()

/** The OpenAPI 3.1 document of the public API, generated from the contracts. */
export function openApiDocument(publicUrl: string) {
  const known = made.get(publicUrl)
  if (known) return known
  const document = describe(publicUrl)
  describeFields(document)
  made.set(publicUrl, document)
  return document
}

let file: { publicUrl: string; file: StaticFile } | undefined

/** The document as a compressed file, built once: building it takes longer than any other public response. */
export function openApiFile(publicUrl: string): StaticFile {
  if (file?.publicUrl !== publicUrl) {
    const text = JSON.stringify(openApiDocument(publicUrl))
    file = { publicUrl, file: fileOf('openapi.json', Buffer.from(text)) }
  }
  return file.file
}

const describe = (publicUrl: string) =>
  createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Goodword',
      version: '1',
      description:
        'Referrals, advocates, campaigns and messages of one organization. Amounts are integers in the minor unit of their currency. Errors are problem details (RFC 9457); `code` is stable.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl }],
    tags: Object.keys(paths().tags).map((name) => ({ name })),
    security: [{ secretKey: [] }, { session: [] }],
    paths: paths().paths,
    webhooks: Object.fromEntries(eventTypes.map((type) => [type, { post: webhookOperation(type) }])),
    components: {
      securitySchemes: {
        secretKey: { type: 'http', scheme: 'bearer', description: 'A secret key: sk_…' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: cookieName('goodword-staff', publicUrl),
          description: 'The session of the console',
        },
      },
      responses: { Problem: problemResponse },
    },
  })

/** Every endpoint of the public API with its name, such as "referrals.convert". */
export const publicEndpoints = (): { name: string; tag: string; endpoint: Endpoint }[] =>
  Object.entries(endpoints).flatMap(([tag, group]) =>
    Object.entries<Endpoint>(group)
      .filter(([, endpoint]) => endpoint.path.startsWith('/v1/'))
      .map(([verb, endpoint]) => ({ name: `${tag}.${verb}`, tag, endpoint })),
  )

/** The webhook request an endpoint receives for this event. */
const webhookOperation = (type: EventType): ZodOpenApiOperationObject => ({
  operationId: `webhooks.${type}`,
  summary: eventMeanings[type],
  tags: ['webhooks'],
  security: [],
  requestParams: {
    header: z.object({
      'webhook-id': z.string().meta({ description: 'The same in every repeat.' }),
      'webhook-timestamp': z.string().meta({ description: 'Seconds since 1970, of this attempt.' }),
      'webhook-signature': z.string().meta({ description: 'Standard Webhooks: v1,… once for each secret.' }),
    }),
  },
  requestBody: { required: true, content: { 'application/json': { schema: eventBody(type) } } },
  responses: { '2XX': { description: 'Received. Anything else is sent again.' } },
})

function paths() {
  const found: ZodOpenApiPathsObject = {}
  const tags: Record<string, true> = {}
  for (const { name, tag, endpoint } of publicEndpoints()) {
    tags[tag] = true
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    found[path] = { ...found[path], [endpoint.method.toLowerCase()]: operation(name, tag, endpoint) }
  }
  return { paths: found, tags }
}

/** These responses aren't stored for retries: one contains a secret, the other belongs to the session. */
const notStored = ['keys.create', 'me.switchOrganization']

const problemResponse = {
  description: 'Refused. `code` says why, `detail` says it to a person.',
  content: { 'application/problem+json': { schema: Problem } },
}

const idempotencyKey = z.string().max(200).optional().meta({
  description:
    'Repeating a request with the same key within 24 hours gives the first answer again and changes nothing.',
  example: 'job-1042-converted',
})

function operation(name: string, tag: string, endpoint: Endpoint): ZodOpenApiOperationObject {
  const { access, body, media, method, params, query, response, status, summary } = endpoint
  const scope = access.by === 'staff' && access.scope
  return {
    operationId: name,
    summary,
    tags: [tag],
    ...(scope ? { description: access.everyScope ? 'A key needs every scope.' : `Needs the scope \`${scope}\`.` } : {}),
    requestParams: {
      ...(params instanceof z.ZodObject ? { path: params } : {}),
      ...(query instanceof z.ZodObject ? { query } : {}),
      ...(method === 'GET' || notStored.includes(name)
        ? {}
        : { header: z.object({ 'Idempotency-Key': idempotencyKey }) }),
    },
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: {
      [String(status)]: {
        description: 'Done.',
        ...(response ? { content: { [media ?? 'application/json']: { schema: response } } } : {}),
      },
      ...Object.fromEntries(errorStatuses(endpoint).map((code) => [code, problemResponse])),
    },
  }
}

/** The error statuses of an endpoint, from what it requires. */
function errorStatuses({ body, method, params }: Endpoint): string[] {
  const all = new Set<number>([
    problems.unauthenticated.status,
    problems.forbidden.status,
    problems.rate_limited.status,
  ])
  all.add(problems.validation_failed.status)
  if (params) all.add(problems.not_found.status)
  if (method !== 'GET') {
    all.add(problems.transition_not_allowed.status)
    all.add(problems.idempotency_key_reused.status)
  }
  if (body) {
    all.add(problems.body_too_large.status)
    all.add(problems.unsupported_media_type.status)
  }
  return [...all].sort((one, other) => one - other).map(String)
}
