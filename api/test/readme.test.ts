import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './imports.ts'

const readme = readFileSync(join(root, 'README.md'), 'utf8')
const config = readFileSync(join(root, 'api/src/config.ts'), 'utf8')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

describe('the README', () => {
  it('lists every setting, and no others', () => {
    const documented = [...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1])
    const read = [...config.matchAll(/^ {2}([A-Z_]+):/gm)].map((match) => match[1])
    expect(read.length).toBeGreaterThan(5)
    expect(documented.toSorted()).toEqual(read.toSorted())
  })

  it('mentions only scripts that exist', () => {
    const called = [...readme.matchAll(/`?npm (?:run )?([a-z]+)/g)].map((match) => match[1] ?? '')
    expect(called).toContain('start')
    expect(called.filter((name) => !manifest.scripts[name])).toEqual([])
  })

  it('links only to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map((match) => match[1] ?? '')
    expect(links.length).toBeGreaterThan(3)
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([])
  })
})
