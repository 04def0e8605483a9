import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** An import statement. `target` is a path from the root for our own files, otherwise the name of a package. */
export type Import = { file: string; line: number; target: string; typeOnly: boolean }
export type SourceFile = { path: string; text: string }

export const root = fileURLToPath(new URL('../..', import.meta.url))

const workspaces = ['packages', 'api', 'widget', 'portal', 'examples', 'bench', 'scripts']
/** Every code file in the tree, by its path from the root with forward slashes. */
export function sourceFiles(): SourceFile[] {
  return workspaces
    .flatMap((workspace) => filesBelow(join(root, workspace)))
    .map((path) => ({
      path: relative(root, path).split(sep).join('/'),
      text: readFileSync(path, 'utf8'),
    }))
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : filesBelow(path)
    return /\.(ts|tsx|mjs|mts)$/.test(entry.name) ? [path] : []
  })
}

const statement = /^[ \t]*(?:import|export)\s+(?<type>type\s+)?(?:[^'"`;()=]*?\s*from\s*)?['"](?<from>[^'"\n]+)['"]/gm
const dynamic = /\bimport\(\s*['"](?<from>[^'"\n]+)['"]\s*\)/g

/** What a file imports, re-exports or loads later. */
export function importsOf({ path, text }: SourceFile): Import[] {
  return [statement, dynamic].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({
      file: path,
      line: text.slice(0, match.index).split('\n').length,
      target: targetOf(path, match.groups?.from ?? ''),
      typeOnly: match.groups?.type !== undefined,
    })),
  )
}

function targetOf(file: string, written: string): string {
  const specifier = written.replace(/\?\w+$/, '')
  if (specifier.startsWith('.')) return posix.normalize(posix.join(dirname(file), specifier))
  const [, workspace, entry = 'index'] = /^@goodword\/([^/]+)(?:\/(.+))?$/.exec(specifier) ?? []
  if (workspace) return `${workspaces.includes(workspace) ? workspace : `packages/${workspace}`}/src/${entry}.ts`
  const parts = specifier.split('/')
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
}
