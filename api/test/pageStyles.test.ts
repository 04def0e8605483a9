import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, it } from 'vitest'
import { isTest } from './architecture.rules.ts'
import { root, sourceFiles } from './imports.ts'

const folder = 'portal/src/console/'
const textOf = (path: string) => readFileSync(join(root, path), 'utf8')
const imported = (path: string, text: string) =>
  [...text.matchAll(/(?:from|import|@import) '(\.[^']+)'/g)].map(([, to = '']) => normalize(join(dirname(path), to)))

/** A file and all that is loaded with it: styles too, but no pages of their own. */
function loadedWith(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path) || !/\.(tsx?|css)$/.test(path)) return seen
  seen.add(path)
  for (const other of imported(path, textOf(path))) loadedWith(other, seen)
  return seen
}

it('every page of the console loads the styles of what it shows, also when it is opened first', () => {
  const always = loadedWith(`${folder}main.tsx`)
  const pages = sourceFiles()
    .filter((file) => file.path.startsWith(folder) && file.path.endsWith('.page.tsx') && !isTest(file.path))
    .map(({ path }) => ({ path, files: new Set([...always, ...loadedWith(path)]) }))
  expect(pages.length).toBeGreaterThan(15)
  const styles = new Set(pages.flatMap(({ files }) => [...files].filter((file) => file.endsWith('.css'))))
  /** Classes that stand at the start of a rule, such as of a component, by the files that style them. */
  const styled = new Map<string, string[]>()
  for (const file of styles)
    for (const [, name = ''] of textOf(file).matchAll(/^ {2}\.([\w-]+) \{/gm))
      styled.set(name, [...(styled.get(name) ?? []), file])
  const missing = pages.flatMap(({ path, files }) =>
    [...files]
      .filter((file) => file.endsWith('.tsx'))
      .flatMap((file) =>
        [...textOf(file).matchAll(/class="([^"]+)"/g)].flatMap(([, names = '']) =>
          names.split(' ').map((name) => ({ file, name })),
        ),
      )
      .filter(({ name }) => styled.has(name) && !styled.get(name)?.some((style) => files.has(style)))
      .map(({ file, name }) => `${path} shows .${name} of ${file}`),
  )
  expect(missing).toEqual([])
})
