import { readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import type { StaticFiles } from '../../api/src/shared/staticFiles.ts'
import { builtWidget } from './build.ts'

let built: StaticFiles['widget']
/** The folder of the parts, named by their content. */
let folder: string
function read(file: string): Buffer {
  const { body } = built.get(file) ?? built.get(`${folder}/${file}`) ?? {}
  if (!body) throw new Error(`There is no ${file}.`)
  return body
}
const gzipped = (...files: string[]) => {
  const sizes = files.map((file) => gzipSync(read(file), { level: 9 }).length)
  return sizes.reduce((sum, size) => sum + size, 0)
}

beforeAll(async () => {
  built = (await builtWidget()).widget
  folder = [...built.keys()].find((name) => name.endsWith('/ui.js'))?.split('/')[0] ?? ''
  for (const [name, { body }] of [...built].sort()) {
    process.stdout.write(
      `${name}: ${body.length} B, ${gzipped(name)} gzip, ${brotliCompressSync(body).length} brotli\n`,
    )
  }
})

describe('what a page of the business loads', () => {
  it('is a tag of at most 1,000 B of brotli, in one file without a framework', () => {
    const loader = read('loader.js')
    const size = brotliCompressSync(loader).length
    expect(size).toBeLessThanOrEqual(1_000)
    expect(loader.toString()).not.toMatch(/^\s*(import|export)\b|__v\b/m)
  })

  it('reports the version of its package, so that the Install page can show it', () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect(read('capture.js').toString().includes(version)).toBe(true)
    expect(read('ui.js').toString().includes(version)).toBe(true)
  })

  it('is at most 13 kB of gzip more for the form, with Preact, its styles and its texts', () => {
    expect(gzipped('ui.js')).toBeLessThanOrEqual(13_000)
  })

  it('is at most 15.5 kB of gzip for a page with only a share panel, a leaderboard, a banner or a launcher', () => {
    expect(gzipped('ui.js', 'share.js')).toBeLessThanOrEqual(15_500)
    expect(gzipped('ui.js', 'overlay.js')).toBeLessThanOrEqual(15_500)
  })

  it('is at most 21 kB of gzip for all five elements, also once a friend begins to type', () => {
    expect(gzipped('ui.js', 'share.js', 'overlay.js', 'send.js')).toBeLessThanOrEqual(21_000)
  })

  /** Bytes of gzip. */
  const budgets: [file: string, most: number][] = [
    ['attach.js', 1_700],
    ['forms.js', 10_200],
    ['try.js', 1_900],
    ['api.js', 1_750],
    ['capture.js', 2_200],
    ['outbound.js', 1_000],
    // Only for a customer whom the page identified, beside what the share panel loads.
    ['identity.js', 3_300],
    ['warning.js', 300],
    ['qr.js', 4_400],
    ['proof.js', 400],
    ['words-de.js', 1_300],
    ['words-es.js', 1_300],
    ['words-fr.js', 1_300],
    ['words-pt.js', 1_300],
  ]
  it.each(budgets)('is %s only where it is needed, at most %i B', (file, most) => {
    expect(gzipped(file)).toBeLessThanOrEqual(most)
  })

  it('is all in one folder that is named by its content, and no file names another', () => {
    expect(folder).toMatch(/^[0-9a-f]{6}$/)
    expect(read('loader.js').toString()).toContain(folder)
    const elements = ['overlay.js', 'send.js', 'share.js']
    const others = ['ui.js', ...budgets.map(([file]) => file).filter((file) => file !== 'identity.js')]
    expect([...built.keys()].sort()).toEqual(
      ['loader.js', ...[...elements, 'identity.js', ...others].map((file) => `${folder}/${file}`)].sort(),
    )
    const imports = (file: string) =>
      [
        ...read(file)
          .toString()
          .matchAll(/(?:^|[;}])(?:import|export)\b[^;]*?["'`](\.[^"'`]*)["'`]/g),
      ].map(([, from]) => from)
    for (const file of [...elements, 'identity.js', ...others]) expect(imports(file)).toEqual([])
  })

  it('has no framework where the page only keeps codes and forms of its own', () => {
    for (const file of ['loader.js', 'attach.js', 'api.js'])
      expect(read(file).toString()).not.toMatch(/__k|createElementNS|debounceRendering/)
    expect(read('ui.js').toString()).toMatch(/__k/)
  })

  it('never includes the schemas, because the server validates', () => {
    expect(read('ui.js').toString()).not.toMatch(/ZodError|safeParse|invalid_type/)
  })

  it('never turns text into code or markup', () => {
    const scripts = [...built.keys()].map((file) => read(file).toString()).join('\n')
    expect(scripts).not.toMatch(/\beval\(|new Function|document\.write|insertAdjacentHTML|innerHTML|outerHTML/)
  })
})
