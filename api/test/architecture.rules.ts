import type { Import, SourceFile } from './imports.ts'

type Rule<T> = { rule: string; violation: (subject: T) => string | null }

/** The workspace of a path: packages/domain, api, portal and so on. */
export const workspaceOf = (path: string): string => /^packages\/[^/]+|^[^/]+/.exec(path)?.[0] ?? path
const moduleOf = (path: string): string | null => /^api\/src\/modules\/[^/]+\/([^/]+)\//.exec(path)?.[1] ?? null
const isTable = (path: string) => path.endsWith('.table.ts')
const isRoutes = (path: string) => path.endsWith('.routes.ts')
const isDescription = (path: string) => path.endsWith('.module.ts')
const isQueries = (path: string) => path.endsWith('.queries.ts')
const isOurs = (target: string) => /\.(ts|tsx|mjs|mts|css)$/.test(target)

/** Tests and test helpers may import from any workspace. */
export const isTest = (path: string) => /\.test\.tsx?$|^[^/]+\/(test|browser)\/|^packages\/[^/]+\/test\//.test(path)

const allowedImports: Record<string, string[]> = {
  'packages/contracts': [],
  'packages/domain': ['packages/contracts'],
  'packages/words': ['packages/contracts', 'packages/domain'],
  'packages/client': ['packages/contracts'],
  'packages/webhooks': [],
  api: ['packages/contracts', 'packages/domain', 'packages/webhooks', 'packages/words'],
  portal: ['packages/client', 'packages/contracts', 'packages/domain', 'packages/words'],
  widget: ['packages/contracts', 'packages/domain'],
  examples: ['packages/client', 'packages/webhooks'],
  bench: ['api', 'packages/client', 'packages/contracts', 'packages/domain', 'packages/words'],
  scripts: ['bench'],
}

const importRules: Rule<Import>[] = [
  {
    rule: 'a workspace imports only the workspaces ARCHITECTURE.md allows',
    violation: ({ file, target }) => {
      const [from, to] = [workspaceOf(file), workspaceOf(target)]
      if (!isOurs(target) || from === to) return null
      return allowedImports[from]?.includes(to) ? null : `${from} → ${to}`
    },
  },
  {
    rule: 'the widget imports only types from the contracts: zod must not be in its bundle',
    violation: ({ file, target, typeOnly }) =>
      workspaceOf(file) === 'widget' && workspaceOf(target) === 'packages/contracts' && !typeOnly
        ? 'widget → contracts, as code'
        : null,
  },
  {
    rule: 'the advocate app and the console never import each other, and shared code imports neither',
    violation: ({ file, target }) => {
      const app = (path: string) => /^portal\/src\/([^/]+)\//.exec(path)?.[1] ?? null
      const [from, to] = [app(file), app(target)]
      return from && to && from !== to && to !== 'shared' ? `${from} → ${to}` : null
    },
  },
  {
    rule: 'routes call functions, functions use tables, and never the other way',
    violation: ({ file, target }) => {
      if (moduleOf(file) === null || moduleOf(target) === null) return null
      if (isRoutes(file) && isTable(target)) return 'routes → table'
      if (!isRoutes(file) && !isDescription(file) && isRoutes(target)) return 'verb → routes'
      if (isTable(file) && !isTable(target)) return 'table → verb'
      return null
    },
  },
  {
    rule: "a module calls another module's functions and never uses its tables, except for foreign keys and query files",
    violation: ({ file, target }) => {
      const [from, to] = [moduleOf(file), moduleOf(target)]
      if (!isTable(target) || from === null || from === to) return null
      return isTable(file) || isQueries(file) ? null : `${from} → a table of ${to ?? 'the shared folder'}`
    },
  },
  {
    rule: 'the database, shared and queue folders import no module',
    violation: ({ file, target }) =>
      /^api\/src\/(shared|database|queue)\//.test(file) && moduleOf(target) && file !== 'api/src/database/schema.ts'
        ? `${file.split('/')[2]} → ${moduleOf(target)}`
        : null,
  },
]

const fileRules: Rule<SourceFile>[] = [
  {
    rule: 'environment variables are read in one place',
    violation: ({ path, text }) =>
      /^(packages|api|widget|portal)\/(.+\/)?src\//.test(path) && !isTest(path) && path !== 'api/src/config.ts'
        ? findPattern(text, /\bprocess\.env\b|\bimport\.meta\.env\b/)
        : null,
  },
  {
    rule: 'the domain is pure: no clock, no randomness, no I/O',
    violation: ({ path, text }) =>
      path.startsWith('packages/domain/src/')
        ? findPattern(text, /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\.|\bfetch\(|from 'node:/)
        : null,
  },
  {
    rule: 'query files only read',
    violation: ({ path, text }) =>
      path.startsWith('api/src/modules/') && isQueries(path) ? findPattern(text, /\.(insert|update|delete)\(/) : null,
  },
  {
    rule: 'files have at most 300 lines',
    violation: ({ text }) => {
      const lines = text.split('\n').length - 1
      return lines > 300 ? `${lines} lines` : null
    },
  },
  {
    rule: 'only packages have an index file, and no file is called utils or helpers',
    violation: ({ path }) => {
      if (/\/(utils?|helpers?)\.tsx?$/.test(path)) return 'a name without meaning'
      return /\/index\.tsx?$/.test(path) && !/^packages\/[^/]+\/src\/index\.ts$/.test(path)
        ? 'an index outside a package'
        : null
    },
  },
]

function findPattern(text: string, pattern: RegExp): string | null {
  const match = pattern.exec(text)
  return match ? `${match[0]} in line ${text.slice(0, match.index).split('\n').length}` : null
}

const onImports = (rule: Rule<Import>) => ({
  rule: rule.rule,
  offences: (imports: Import[]) =>
    imports.flatMap((one) => {
      const what = rule.violation(one)
      return what ? [`${what}: ${one.file}:${one.line} imports ${one.target}`] : []
    }),
})
const onFiles = (rule: Rule<SourceFile>) => ({
  rule: rule.rule,
  offences: (files: SourceFile[]) =>
    files.flatMap((one) => {
      const what = rule.violation(one)
      return what ? [`${one.path}: ${what}`] : []
    }),
})

export const rulesOfImports = importRules.map(onImports)
export const rulesOfFiles = fileRules.map(onFiles)
