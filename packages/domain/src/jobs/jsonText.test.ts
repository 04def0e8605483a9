import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Json, readJson, textOfBytes } from './jsonText.ts'

/** As JSON.parse would have it. */
function plain(json: Json): unknown {
  if (json === null || typeof json !== 'object') return json
  if (json instanceof Map) return Object.fromEntries([...json].map(([key, value]) => [key, plain(value)]))
  return 'number' in json ? Number(json.number) : (json as readonly Json[]).map(plain)
}
const read = (text: string) => {
  const reading = readJson(text)
  return 'json' in reading ? plain(reading.json) : reading
}
const problem = (text: string) => {
  const reading = readJson(text)
  return 'problem' in reading ? `${reading.problem} ${reading.at}` : null
}

describe('a body', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 1, 3), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(read(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('is refused where JSON.parse refuses it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0123 -.eEtrufalsn\n\u0001'.split('')), maxLength: 12 }),
        (text) => {
          let valid = true
          try {
            JSON.parse(text)
          } catch {
            valid = false
          }
          const reading = readJson(text)
          const refused = 'problem' in reading && reading.problem !== 'body_repeats_field'
          expect([text, refused]).toEqual([text, !valid])
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('keeps the text of numbers', () => {
    const reading = readJson('[0.10, 12345678901234567890, 1e400, -0]')
    expect('json' in reading && reading.json).toEqual([
      { number: '0.10' },
      { number: '12345678901234567890' },
      { number: '1e400' },
      { number: '-0' },
    ])
  })

  it('that repeats a field is refused, and says which', () => {
    expect(problem('{"data":{"amount":1,"amount":2}}')).toBe('body_repeats_field data.amount')
    expect(problem('{"a":1,"\\u0061":2}')).toBe('body_repeats_field a')
  })

  it('that is nested too deeply is refused before it is read', () => {
    expect(problem(`${'['.repeat(64)}${']'.repeat(64)}`)).toBeNull()
    expect(problem('['.repeat(500_000))).toMatch(/^body_too_deep /)
    expect(problem('{"a":'.repeat(100_000))).toMatch(/^body_too_deep a\.a/)
  })

  it('with names of built-in properties is only text', () => {
    const reading = readJson('{"__proto__":{"admin":true},"constructor":1}')
    expect('json' in reading && reading.json instanceof Map && [...reading.json.keys()]).toEqual([
      '__proto__',
      'constructor',
    ])
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it('may hold NUL and half of a character as escapes, and begin with a byte order mark', () => {
    expect(read('\ufeff{"name":"A\\u0000B\\ud800"}')).toEqual({ name: 'A\u0000B\ud800' })
    expect(textOfBytes(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))).toBe('{}')
    expect(textOfBytes(new Uint8Array([0x7b, 0xff, 0x7d]))).toBeNull()
    expect(problem('{"name":"A\u0000"}')).toMatch(/^body_not_json/)
  })

  it('says where its JSON is broken', () => {
    expect(problem('{"a":1,}')).toBe('body_not_json 7')
    expect(problem('')).toBe('body_empty 0')
    expect(problem(' \n ')).toBe('body_empty 0')
    expect(problem('{} {}')).toBe('body_not_json 3')
    expect(problem("{'a':1}")).toBe('body_not_json 1')
  })

  it('that is a list says where each item stands', () => {
    const text = ' [ {"a":1} , null,[2] ]'
    const reading = readJson(text)
    if (!('json' in reading) || !Array.isArray(reading.json)) throw new Error('not a list')
    const ranges = reading.ranges.get(reading.json) ?? []
    expect(ranges.map(([start, end]) => text.slice(start, end))).toEqual(['{"a":1}', 'null', '[2]'])
  })

  it('of a megabyte is read within a second', () => {
    const text = JSON.stringify(
      Array.from({ length: 12_000 }, (_, index) => ({
        id: index,
        name: 'Rosa "Medina"',
        total: '409.94',
        lines: [1, 2],
      })),
    )
    expect(text.length).toBeGreaterThan(800_000)
    const started = performance.now()
    expect('json' in readJson(text)).toBe(true)
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})
