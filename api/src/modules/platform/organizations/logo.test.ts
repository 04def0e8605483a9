import { crc32, deflateSync } from 'node:zlib'
import type { Organization } from '@goodword/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, type World } from '../../../../test/harness.ts'
import { parseImage } from './images.ts'

/** Complete pictures, as small as their formats allow. A PNG of `length` bytes contains text that isn't displayed. */
function png(width: number, height: number, length = 0): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const pixels = pngChunk('IDAT', deflateSync(Buffer.alloc((width + 1) * Math.min(height, 100))))
  const parts = [pngStart, pngChunk('IHDR', header), pixels, pngChunk('IEND', Buffer.alloc(0))]
  const missing = length - parts.reduce((sum, part) => sum + part.length, 0)
  if (missing >= 12) parts.splice(2, 0, pngChunk('tEXt', Buffer.alloc(missing - 12)))
  return Buffer.concat(parts)
}

const pngStart = Buffer.from('89504e470d0a1a0a', 'hex')
function pngChunk(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

function jpeg(width: number, height: number): Buffer {
  const before = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb0004abcd', 'hex')
  const frame = Buffer.from('ffc000110800000000031100021100031100', 'hex')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  const scan = Buffer.from('ff' + 'ffda0008010100003f00' + '12ff0034ffd056', 'hex')
  return Buffer.concat([before, frame.subarray(0, 18), Buffer.from([0x00]), scan, Buffer.from('ffd9', 'hex')])
}

function webp(kind: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Buffer {
  const bytes = Buffer.alloc(kind === 'VP8X' ? 48 : 40)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WEBP', 8, 'latin1')
  bytes.write(kind, 12, 'latin1')
  bytes.writeUInt32LE(kind === 'VP8X' ? 10 : 20, 16)
  if (kind === 'VP8 ') {
    bytes.set([0x9d, 0x01, 0x2a], 23)
    bytes.writeUInt16LE(width, 26)
    bytes.writeUInt16LE(height, 28)
  } else if (kind === 'VP8L') {
    bytes[20] = 0x2f
    bytes.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 21)
  } else {
    bytes.writeUIntLE(width - 1, 24, 3)
    bytes.writeUIntLE(height - 1, 27, 3)
    bytes.write('VP8L', 30, 'latin1')
    bytes.writeUInt32LE(10, 34)
  }
  return bytes
}

const whole = [png(9, 9), jpeg(9, 9), webp('VP8 ', 9, 9), webp('VP8L', 9, 9), webp('VP8X', 9, 9)]

describe('an image is identified by its bytes', () => {
  it.each([
    ['a PNG', png(320, 80), { type: 'image/png', width: 320, height: 80 }],
    ['a JPEG, after its tables', jpeg(640, 480), { type: 'image/jpeg', width: 640, height: 480 }],
    ['a WebP with loss', webp('VP8 ', 300, 200), { type: 'image/webp', width: 300, height: 200 }],
    ['a WebP without loss', webp('VP8L', 300, 200), { type: 'image/webp', width: 300, height: 200 }],
    ['an extended WebP', webp('VP8X', 1_999, 2_000), { type: 'image/webp', width: 1_999, height: 2_000 }],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), null],
    ['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00'), null],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), null],
    ['a PNG of no size', png(0, 80), null],
    ['nothing', Buffer.alloc(0), null],
  ])('%s', (_, bytes, picture) => {
    expect(parseImage(bytes)).toEqual(picture)
  })

  it('is rejected if it was truncated anywhere, or if bytes follow it', () => {
    for (const picture of whole) {
      expect(parseImage(picture)).toMatchObject({ width: 9, height: 9 })
      for (let length = 0; length < picture.length; length += 1)
        expect(parseImage(picture.subarray(0, length))).toBeNull()
      const script = Buffer.from('<script>alert(1)</script>')
      expect(parseImage(Buffer.concat([picture, script]))).toBeNull()
      expect(parseImage(Buffer.concat([picture, picture]))).toBeNull()
      expect(parseImage(Buffer.concat([picture.subarray(0, 30), script]))).toBeNull()
    }
  })

  it('is read to its end whatever its bytes are, without an exception', () => {
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.nat(70), fc.uint8Array({ maxLength: 40 }), (start, length, rest) => {
        const bytes = Buffer.concat([start.subarray(0, length), rest])
        const found = parseImage(bytes)
        if (found) expect(Math.min(found.width, found.height)).toBeGreaterThan(0)
      }),
    )
  })
})

describe("an organization's logo", () => {
  let test: TestApp
  let world: World
  let owner: string
  beforeAll(async () => {
    test = await createTestApp()
    world = await createWorld(test.services)
    owner = await test.signIn(world.owner.personId)
  })
  afterAll(() => test.close())

  const upload = (bytes: Buffer, as = owner) =>
    test.request('POST', '/v1/organization/logo', { as, body: { image: bytes.toString('base64') } })

  it('is served to anyone with its exact media type, and cached forever', async () => {
    const { logo } = (await (await upload(png(320, 80))).json()) as Organization
    expect(logo).toMatch(new RegExp(`^/logos/${world.organization.id}/[\\w-]{22}$`))
    const response = await test.request('GET', logo ?? '')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'cross-origin',
    })
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png(320, 80))
  })

  it('is replaced by a new one, and can be removed', async () => {
    const first = ((await (await upload(png(10, 10))).json()) as Organization).logo ?? ''
    const second = ((await (await upload(jpeg(10, 10))).json()) as Organization).logo ?? ''
    expect(second).not.toBe(first)
    expect((await test.request('GET', first)).status).toBe(404)
    expect((await test.request('GET', second)).headers.get('content-type')).toBe('image/jpeg')
    const without = await test.request('DELETE', '/v1/organization/logo', { as: owner })
    expect(((await without.json()) as Organization).logo).toBeNull()
    expect((await test.request('GET', second)).status).toBe(404)
  })

  it('can be up to 200 kB, although a form can only be 64', async () => {
    expect((await upload(png(10, 10, 200_000))).status).toBe(200)
    const large = await upload(png(10, 10, 200_001))
    expect(large.status).toBe(400)
    const huge = await upload(png(10, 10, 300_000))
    expect([huge.status, await huge.json()]).toEqual([413, expect.objectContaining({ detail: 'Send 272 KB or less.' })])
    const elsewhere = { name: 'x'.repeat(70_000) }
    expect((await test.request('PATCH', '/v1/organization', { as: owner, body: elsewhere })).status).toBe(413)
  })

  it.each([
    ['too wide', png(2_001, 10), 'This picture is 2001 × 10 pixels. Make it 2,000 × 2,000 or smaller.'],
    ['a drawing with scripts', Buffer.from('<svg/>'), 'no PNG, JPEG or WebP picture'],
  ])('is rejected when it is %s', async (_, bytes, sentence) => {
    const response = await upload(bytes)
    expect(response.status).toBe(400)
    const problem = (await response.json()) as { code: string; detail: string }
    expect(problem.code).toBe('logo_invalid')
    expect(problem.detail).toContain(sentence)
  })

  it("can't be changed by staff, and isn't served for another organization", async () => {
    const staff = await test.member(world.ctx, 'staff')
    expect((await upload(png(10, 10), staff)).status).toBe(403)
    const { logo } = (await (await upload(png(12, 12))).json()) as Organization
    const other = await createWorld(test.services, 'Other Company')
    const moved = (logo ?? '').replace(world.organization.id, other.organization.id)
    expect((await test.request('GET', moved)).status).toBe(404)
    expect((await test.request('GET', '/logos/org_x/..%2f')).status).toBe(404)
  })
})
