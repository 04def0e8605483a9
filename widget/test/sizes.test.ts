import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildWidget } from './build.ts'

const folder = mkdtempSync(join(tmpdir(), 'goodword-widget-'))
const read = (file: string) => readFileSync(join(folder, file))

beforeAll(() => buildWidget(folder))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('what a page of the business has to load', () => {
  it('is a tag of at most 1 000 B of brotli, in one file without a framework', () => {
    const loader = read('loader.js')
    const size = brotliCompressSync(loader).length
    process.stdout.write(`loader.js: ${size} B brotli, ${gzipSync(loader, { level: 9 }).length} B gzip\n`)
    expect(size).toBeLessThanOrEqual(1_000)
    expect(loader.toString()).not.toMatch(/^\s*(import|export)\b|__v\b/m)
  })

  it('is, when the form is shown, at most 10 000 B of gzip more, styles and framework included', () => {
    const files = readdirSync(folder).filter((file) => file !== 'loader.js')
    const sizes = files.map((file) => gzipSync(read(file), { level: 9 }).length)
    const total = sizes.reduce((sum, size) => sum + size, 0)
    process.stdout.write(`${files.map((file, i) => `${file}: ${sizes[i]} B`).join(', ')}; ${total} B gzip together\n`)
    expect(files).toContain('form.js')
    expect(total).toBeLessThanOrEqual(10_000)
  })

  it('never carries the schemas: the server decides', () => {
    expect(read('form.js').toString()).not.toMatch(/ZodError|safeParse|invalid_type/)
  })

  it('makes no text into code or markup', () => {
    const scripts = read('loader.js').toString() + read('form.js').toString()
    expect(scripts).not.toMatch(/\beval\(|new Function|document\.write|insertAdjacentHTML|outerHTML/)
  })
})
