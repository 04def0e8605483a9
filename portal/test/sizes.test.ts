import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const read = (path: string) => readFileSync(join(dist, path))
const gzipped = (paths: string[]) => paths.reduce((sum, path) => sum + gzipSync(read(path), { level: 9 }).length, 0)

/** What the page requests on its own: its scripts with their imports, its styles, and their fonts. */
function firstLoad(page: string) {
  const html = read(page).toString()
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].flatMap(([, path]) => path ?? [])
  const styles = named.filter((path) => path.endsWith('.css'))
  const fonts = styles.flatMap((path) => [
    ...read(path)
      .toString()
      .matchAll(/\/(assets\/[^)"']+\.woff2)/g),
  ])
  return {
    scripts: named.filter((path) => path.endsWith('.js')),
    styles,
    fonts: [...new Set(fonts.flatMap(([, path]) => path ?? []))],
  }
}

describe('what a phone loads before an advocate sees their credit', () => {
  const { scripts, styles, fonts } = firstLoad('advocate.html')

  it('is one script of at most 45 kB of gzip, without further imports', () => {
    expect(scripts).toHaveLength(1)
    process.stdout.write(`portal: ${gzipped(scripts)} B of script, ${gzipped(styles)} B of styles, gzip\n`)
    expect(gzipped(scripts)).toBeLessThanOrEqual(45_000)
    expect(read(scripts[0] ?? '').toString()).not.toMatch(/^import\b|\bfrom\s*["'`]\.\//m)
  })

  it("is one style sheet of at most 12 kB, without the console's", () => {
    expect(styles).toHaveLength(1)
    expect(gzipped(styles)).toBeLessThanOrEqual(12_000)
    for (const theirs of firstLoad('console.html').styles) expect(styles).not.toContain(theirs)
  })

  it('is one font of at most 75 kB, and text shows before it has loaded', () => {
    expect(fonts).toHaveLength(1)
    for (const font of fonts) expect(read(font).length).toBeLessThanOrEqual(75_000)
    expect(read(styles[0] ?? '').toString()).toMatch(/font-display:\s*swap/)
  })
})

describe('what the console loads before its first page', () => {
  const { scripts, styles } = firstLoad('console.html')

  it('is at most 90 kB of script and 12 kB of styles', () => {
    process.stdout.write(`console: ${gzipped(scripts)} B of script, ${gzipped(styles)} B of styles, gzip\n`)
    expect(gzipped(scripts)).toBeLessThanOrEqual(90_000)
    expect(gzipped(styles)).toBeLessThanOrEqual(12_000)
  })
})

describe('the calendar library, which calculates with days and time zones', () => {
  const withCalendar = readdirSync(join(dist, 'assets'))
    .map((name) => `assets/${name}`)
    .filter((path) => path.endsWith('.js') && read(path).includes('PlainYearMonth'))

  it('is one file of at most 20 kB that no first page loads', () => {
    expect(withCalendar).toHaveLength(1)
    expect(gzipped(withCalendar)).toBeLessThanOrEqual(20_000)
    const first = [...firstLoad('advocate.html').scripts, ...firstLoad('console.html').scripts]
    expect(first).not.toContain(withCalendar[0])
  })
})
