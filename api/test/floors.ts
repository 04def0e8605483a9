import { dirname, posix } from 'node:path'
import { type Import, importsOf, type SourceFile } from './imports.ts'

/** "program/referrals" for api/src/modules/program/referrals/notes.ts; null outside a module. */
export const moduleOf = (path: string): string | null => /^api\/src\/modules\/([^/]+\/[^/]+)\//.exec(path)?.[1] ?? null

/** The modules in the order of modules.ts, lowest first. */
export function orderOfModules(modulesFile: SourceFile): string[] {
  const folders = new Map(
    [...modulesFile.text.matchAll(/import \{ (\w+) \} from '\.\/modules\/([^/]+\/[^/]+)\//g)].map(
      ([, name, folder]) => [name ?? '', folder ?? ''],
    ),
  )
  const list = modulesFile.text.slice(modulesFile.text.indexOf('= ['))
  return [...list.matchAll(/^ {2}(\w+),$/gm)].map(([, name = '']) => folders.get(name) ?? name)
}

/** Imports from a module of one listed after it. */
export function upwardImports(imports: Import[], order: string[]): string[] {
  return imports.flatMap(({ file, line, target }) => {
    const [from, to] = [moduleOf(file), moduleOf(target)]
    if (from === null || to === null || order.indexOf(from) >= order.indexOf(to)) return []
    return [`${from} → ${to}: ${file}:${line}`]
  })
}

/** Table names in SQL that belong to a module listed after the one using them. */
export function upwardTables(files: SourceFile[], order: string[]): string[] {
  const owners = new Map(
    files
      .filter(({ path }) => path.endsWith('.table.ts'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/sqliteTable\(\s*'(\w+)'/g)].map(([, table = '']): [string, string | null] => [
          table,
          moduleOf(path),
        ]),
      ),
  )
  return files.flatMap(({ path, text }) => {
    const from = moduleOf(path)
    if (from === null || path.endsWith('.table.ts')) return []
    return [...text.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE|EXISTS)\s+"?([a-z_]+)"?\b/g)].flatMap(([, table = '']) => {
      const owner = owners.get(table)
      return owner && order.indexOf(from) < order.indexOf(owner) ? [`${from} → ${table} of ${owner}: ${path}`] : []
    })
  })
}

/** Circular imports, each once, as the list of paths; type imports count too. */
export function circularImports(files: SourceFile[]): string[] {
  const known = new Set(files.map(({ path }) => path))
  const graph = new Map(
    files.map((file) => [
      file.path,
      importsOf(file)
        .map(({ target }) => target)
        .filter((target) => known.has(target)),
    ]),
  )
  const done = new Set<string>()
  const circles: string[] = []
  function walk(path: string, way: string[]): void {
    const met = way.indexOf(path)
    if (met >= 0) circles.push([...way.slice(met), path].map((one) => posix.relative(dirname(path), one)).join(' → '))
    if (met >= 0 || done.has(path)) return
    for (const target of graph.get(path) ?? []) walk(target, [...way, path])
    done.add(path)
  }
  for (const path of graph.keys()) walk(path, [])
  return circles
}
