import { readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import type { StaticFiles } from '../../api/src/shared/staticFiles.ts'
import { builtWidget } from './build.ts'

let built: StaticFiles['widget']
function read(file: string): Buffer {
  const { body } = built.get(file) ?? {}
  if (!body) throw new Error(`There is no ${file}.`)
  return body
}
const gzipped = (file: string) => {
  const size = gzipSync(read(file), { level: 9 }).length
  process.stdout.write(`${file}: ${size} B gzip\n`)
  return size
}

beforeAll(async () => {
  built = (await builtWidget()).widget
})

describe('what a page of the business loads', () => {
  it('is a tag of at most 1,000 B of brotli, in one file without a framework', () => {
    const loader = read('loader.js')
    const size = brotliCompressSync(loader).length
    process.stdout.write(`loader.js: ${size} B brotli, ${gzipSync(loader, { level: 9 }).length} B gzip\n`)
    expect(size).toBeLessThanOrEqual(1_000)
    expect(loader.toString()).not.toMatch(/^\s*(import|export)\b|__v\b/m)
  })

  it('reports the version of its package, so that the Install page can show it', () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect(read('loader.js').toString()).toContain(`&v=${version}&`)
    expect(read('form.js').toString().includes(version)).toBe(true)
  })

  it('is at most 10 kB of gzip more for the form, including styles, without a framework', () => {
    expect(gzipped('form.js')).toBeLessThanOrEqual(9_000)
  })

  /** Bytes of gzip. */
  const budgets: [file: string, most: number][] = [
    ['share.js', 5_600],
    ['banner.js', 4_800],
    ['launcher.js', 5_300],
    ['attach.js', 1_600],
    ['forms.js', 9_800],
    ['try.js', 1_900],
    ['api.js', 1_450],
    ['qr.js', 4_400],
    ['proof.js', 400],
    ['words-de.js', 1_200],
    ['words-es.js', 1_200],
    ['words-fr.js', 1_200],
    ['words-pt.js', 1_200],
  ]
  it.each(budgets)('is %s only where it is needed, at most %i B', (file, most) => {
    expect(gzipped(file)).toBeLessThanOrEqual(most)
  })

  it('is nothing else: no part imports another file, so that a cached part never requests one that is gone', () => {
    const files = [...built.keys()]
    expect(files.sort()).toEqual(['form.js', 'loader.js', ...budgets.map(([file]) => file)].sort())
    for (const file of files) expect(read(file).toString()).not.toMatch(/^import\b|\bfrom\s*["'`]\.\//m)
  })

  it('never includes the schemas, because the server validates', () => {
    expect(read('form.js').toString()).not.toMatch(/ZodError|safeParse|invalid_type/)
  })

  it('never turns text into code or markup', () => {
    const scripts = [...built.keys()].map((file) => read(file).toString()).join('\n')
    expect(scripts).not.toMatch(/\beval\(|new Function|document\.write|insertAdjacentHTML|innerHTML|outerHTML/)
  })
})
