import { existsSync } from 'node:fs'
import { eventTypes, problems } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { publicEndpoints } from '../../../shared/openapi.ts'
import { guides } from './guides.ts'
import { exampleOf, fieldsOf } from './schemas.ts'

let test: TestApp
let reference: string
beforeAll(async () => {
  test = await createTestApp()
  reference = await (await test.app.request('/docs')).text()
})
afterAll(() => test.close())

const get = async (path: string) => {
  const response = await test.app.request(path)
  return {
    status: response.status,
    text: await response.text(),
    policy: response.headers.get('content-security-policy') ?? '',
  }
}

describe('the reference', () => {
  it('lists every public endpoint once, and every error', () => {
    for (const { name, endpoint } of publicEndpoints()) {
      expect(reference.split(`id="${name}"`), name).toHaveLength(2)
      expect(reference).toContain(`<code>${endpoint.path.replace(/:(\w+)/g, '{$1}')}</code>`)
    }
    for (const code of Object.keys(problems)) expect(reference).toContain(`<code>${code}</code>`)
    expect(reference).not.toMatch(/undefined|\[object|NaN/)
  })

  it('lists every event with its webhook payload', () => {
    for (const type of eventTypes) expect(reference.split(`id="event-${type}"`), type).toHaveLength(2)
    const converted = reference.split('id="event-referral.converted"')[1]?.split('</details>')[0] ?? ''
    for (const field of ['type', 'timestamp', 'data.referralId', 'data.advocateAmount', 'data.currency'])
      expect(converted).toContain(`<code>${field}</code>`)
  })

  it('shows names as code, and lets those in the tables of guides break between their words', async () => {
    expect((await get('/docs')).text).toContain('will be asked to refer at <code>sendAt</code>.')
    expect((await get('/docs/guides/stripe')).text).toContain('<td><code>invoice_<wbr>payment.<wbr>paid</code></td>')
  })

  it('runs no script and loads nothing from other sites', async () => {
    const { policy, text } = await get('/docs')
    expect(policy).toMatch(/^default-src 'none'/)
    expect(text).not.toMatch(/<script|style="|src="https?:/)
  })

  it('shows which fields of a body are required, which are optional, and an example', () => {
    const schemas = {
      Friend: { type: 'object', properties: { name: { type: 'string', maxLength: 100 } }, required: ['name'] },
    }
    const schema = {
      type: 'object',
      properties: {
        friend: { $ref: '#/components/schemas/Friend' },
        jobValue: { type: 'integer', minimum: 1 },
        on: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
      },
      required: ['friend', 'jobValue'],
    }
    expect(fieldsOf(schema, schemas).map(({ name, type, required }) => [name, type, required])).toEqual([
      ['friend', 'object', true],
      ['friend.name', 'string', true],
      ['jobValue', 'integer', true],
      ['on', 'day | null', false],
    ])
    expect(exampleOf(schema, schemas)).toEqual({ friend: { name: '…' }, jobValue: 1 })
  })
})

describe('the guides', () => {
  it.each(guides.map(({ slug }) => slug))(
    '%s is rendered with the address of this server, and all its links work',
    async (slug) => {
      const { status, text } = await get(`/docs/guides/${slug}`)
      expect(status).toBe(200)
      expect(text).not.toContain('refer.example.com')
      expect(text.match(/<h1/g)).toHaveLength(1)
      const links = [...text.matchAll(/href="(\/[^"#]*)/g)].map(([, href = '']) => href)
      for (const href of new Set(links)) expect((await get(href)).status, href).toBe(200)
    },
  )

  it('call only methods the client has', () => {
    const known = new Set(publicEndpoints().map(({ name }) => name))
    const called = guides.flatMap(({ text }) =>
      [...text.matchAll(/client\.(\w+\.\w+)\(/g)].map(([, name = '']) => name),
    )
    expect(called.length).toBeGreaterThan(2)
    for (const name of called) expect([...known]).toContain(name)
  })

  it('name only tests of the repository', () => {
    const named = guides.flatMap(({ text }) => text.match(/[\w./]+\.test\.ts/g) ?? [])
    expect(named.length).toBeGreaterThan(10)
    const root = new URL('../../../../../', import.meta.url)
    for (const file of named) expect(existsSync(new URL(file, root)), file).toBe(true)
  })

  it("that don't exist are not found", async () => {
    expect((await get('/docs/guides/nothing')).status).toBe(404)
  })
})
