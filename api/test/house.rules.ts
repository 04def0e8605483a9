import type { Import, SourceFile } from './imports.ts'

type Rule<T> = { says: string; offence: (subject: T) => string | null }

/** packages/domain, api, portal… : the first folder, or two for a package. */
export const roomOf = (path: string): string => /^packages\/[^/]+|^[^/]+/.exec(path)?.[0] ?? path
const moduleOf = (path: string): string | null => /^api\/src\/modules\/[^/]+\/([^/]+)\//.exec(path)?.[1] ?? null
const isTable = (path: string) => path.endsWith('.table.ts')
const isRoutes = (path: string) => path.endsWith('.routes.ts')
const isDescription = (path: string) => path.endsWith('.module.ts')
const isQueries = (path: string) => path.endsWith('.queries.ts')
const isOurs = (target: string) => /\.(ts|tsx|mjs|mts|css)$/.test(target)

/** Tests, and what only tests use, may reach into any room they try out. */
export const isTest = (path: string) => /\.test\.tsx?$|^[^/]+\/(test|browser)\/|^packages\/[^/]+\/test\//.test(path)

const arrows: Record<string, string[]> = {
  'packages/contracts': [],
  'packages/domain': ['packages/contracts'],
  'packages/words': ['packages/contracts', 'packages/domain'],
  'packages/client': ['packages/contracts'],
  'packages/webhooks': [],
  api: ['packages/contracts', 'packages/domain', 'packages/webhooks', 'packages/words'],
  portal: ['packages/client', 'packages/contracts', 'packages/domain', 'packages/words'],
  widget: ['packages/contracts'],
  examples: ['packages/client', 'packages/webhooks'],
  bench: ['api', 'packages/client', 'packages/contracts', 'packages/domain', 'packages/words'],
  scripts: ['bench'],
}

const importRules: Rule<Import>[] = [
  {
    says: 'a room imports only the rooms the picture allows',
    offence: ({ file, target }) => {
      const [from, to] = [roomOf(file), roomOf(target)]
      if (!isOurs(target) || from === to) return null
      return arrows[from]?.includes(to) ? null : `${from} → ${to}`
    },
  },
  {
    says: 'the widget takes the contracts as types only: zod never reaches the page of a business',
    offence: ({ file, target, typeOnly }) =>
      roomOf(file) === 'widget' && roomOf(target) === 'packages/contracts' && !typeOnly
        ? 'widget → contracts, as code'
        : null,
  },
  {
    says: 'the advocate app and the console never import each other, and what they share imports neither',
    offence: ({ file, target }) => {
      const app = (path: string) => /^portal\/src\/([^/]+)\//.exec(path)?.[1] ?? null
      const [from, to] = [app(file), app(target)]
      return from && to && from !== to && to !== 'shared' ? `${from} → ${to}` : null
    },
  },
  {
    says: 'routes call verbs, verbs use tables, and nothing points back',
    offence: ({ file, target }) => {
      if (moduleOf(file) === null || moduleOf(target) === null) return null
      if (isRoutes(file) && isTable(target)) return 'routes → table'
      if (!isRoutes(file) && !isDescription(file) && isRoutes(target)) return 'verb → routes'
      if (isTable(file) && !isTable(target)) return 'table → verb'
      return null
    },
  },
  {
    says: "a module calls another's verbs, never its tables; foreign keys name them and long reads may join them",
    offence: ({ file, target }) => {
      const [from, to] = [moduleOf(file), moduleOf(target)]
      if (!isTable(target) || from === null || from === to) return null
      return isTable(file) || isQueries(file) ? null : `${from} → a table of ${to ?? 'the shared edge'}`
    },
  },
  {
    says: 'the database room, the shared edge and the queue know no module',
    offence: ({ file, target }) =>
      /^api\/src\/(shared|database|queue)\//.test(file) && moduleOf(target) && file !== 'api/src/database/schema.ts'
        ? `${file.split('/')[2]} → ${moduleOf(target)}`
        : null,
  },
]

const fileRules: Rule<SourceFile>[] = [
  {
    says: 'settings are read in one place',
    offence: ({ path, text }) =>
      /^(packages|api|widget|portal)\/(.+\/)?src\//.test(path) && !isTest(path) && path !== 'api/src/config.ts'
        ? named(text, /\bprocess\.env\b|\bimport\.meta\.env\b/)
        : null,
  },
  {
    says: 'the domain reads no clock, makes no randomness and touches nothing outside',
    offence: ({ path, text }) =>
      path.startsWith('packages/domain/src/')
        ? named(text, /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\.|\bfetch\(|from 'node:/)
        : null,
  },
  {
    says: 'long reads only read',
    offence: ({ path, text }) =>
      path.startsWith('api/src/modules/') && isQueries(path) ? named(text, /\.(insert|update|delete)\(/) : null,
  },
  {
    says: 'files stay within 300 lines',
    offence: ({ text }) => {
      const lines = text.split('\n').length - 1
      return lines > 300 ? `${lines} lines` : null
    },
  },
  {
    says: 'a package has one index, a room has none, and nothing is called utils',
    offence: ({ path }) => {
      if (/\/(utils?|helpers?)\.tsx?$/.test(path)) return 'a name that says nothing'
      return /\/index\.tsx?$/.test(path) && !/^packages\/[^/]+\/src\/index\.ts$/.test(path)
        ? 'an index in a room'
        : null
    },
  },
]

function named(text: string, pattern: RegExp): string | null {
  const match = pattern.exec(text)
  return match ? `${match[0]} in line ${text.slice(0, match.index).split('\n').length}` : null
}

const forImports = (rule: Rule<Import>) => ({
  says: rule.says,
  offences: (imports: Import[]) =>
    imports.flatMap((one) => {
      const what = rule.offence(one)
      return what ? [`${what}: ${one.file}:${one.line} imports ${one.target}`] : []
    }),
})
const forFiles = (rule: Rule<SourceFile>) => ({
  says: rule.says,
  offences: (files: SourceFile[]) =>
    files.flatMap((one) => {
      const what = rule.offence(one)
      return what ? [`${one.path}: ${what}`] : []
    }),
})

export const rulesOfImports = importRules.map(forImports)
export const rulesOfFiles = fileRules.map(forFiles)
