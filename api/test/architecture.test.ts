import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isTest, rulesOfFiles, rulesOfImports, workspaceOf } from './architecture.rules.ts'
import { circularImports, moduleOf, orderOfModules, upwardImports, upwardTables } from './floors.ts'
import { type Import, importsOf, root, type SourceFile, sourceFiles } from './imports.ts'

const files = sourceFiles()
const productFiles = files.filter((file) => !isTest(file.path))
const productImports = productFiles.flatMap(importsOf)

describe('the workspaces (ARCHITECTURE.md)', () => {
  it('all contain code that is checked', () => {
    const seen = new Set(productImports.map((one) => workspaceOf(one.file)))
    for (const workspace of ['packages/domain', 'packages/words', 'packages/client', 'api', 'widget', 'portal'])
      expect(seen).toContain(workspace)
    for (const { file, target } of productImports.filter((one) => one.target.includes('/src/'))) {
      expect(existsSync(join(root, target)), `${file} imports ${target}`).toBe(true)
    }
  })

  it.each(rulesOfImports)('$rule', ({ offences }) => {
    expect(offences(productImports)).toEqual([])
  })

  it.each(rulesOfFiles)('$rule', ({ offences }) => {
    expect(offences(files)).toEqual([])
  })

  it('use only packages they declare', () => {
    const undeclared = productImports.filter(
      ({ file, target, typeOnly }) =>
        /^(packages|api|widget|portal)\/(.+\/)?src\//.test(file) &&
        !/^(node:|virtual:(words|widget)|(packages|api|widget|portal|docs)\/)/.test(target) &&
        !declaredBy(workspaceOf(file), typeOnly).includes(target),
    )
    expect(undeclared.map(({ file, line, target }) => `${file}:${line} uses ${target}`)).toEqual([])
  })
})

describe('the floors of the server', () => {
  const serverFiles = productFiles.filter(({ path }) => path.startsWith('api/src/'))
  const modulesFile = serverFiles.find(({ path }) => path === 'api/src/modules.ts') ?? { path: '', text: '' }
  const order = orderOfModules(modulesFile)

  it('hold every module, listed floor by floor', () => {
    const folders = new Set(serverFiles.flatMap(({ path }) => moduleOf(path) ?? []))
    expect([...order].sort()).toEqual([...folders].sort())
    const floors = order.map((module) => module.split('/')[0])
    expect(floors.filter((floor, at) => floor !== floors[at - 1])).toEqual([
      'platform',
      'people',
      'money',
      'program',
      'surfaces',
    ])
  })

  it('are as ARCHITECTURE.md shows them', () => {
    const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
    const rows = [...page.matchAll(/^\| (platform|people|money|program|surfaces) \| (.+) \|$/gm)].reverse()
    const shown = rows.flatMap(([, floor, modules = '']) => modules.split(' · ').map((module) => `${floor}/${module}`))
    expect(shown).toEqual(order)
  })

  it('only depend on lower ones: a module imports those listed before it', () => {
    expect(upwardImports(serverFiles.flatMap(importsOf), order)).toEqual([])
  })

  it('use in SQL only tables of the module itself or those listed before it', () => {
    expect(upwardTables(serverFiles, order)).toEqual([])
  })

  it('create every response in send.ts, so that no header set before it is lost', () => {
    const elsewhere = serverFiles.filter(({ text }) => /\bhttp\.(header|json|body|html|text|redirect)\(/.test(text))
    expect(elsewhere.map(({ path }) => path)).toEqual([])
  })

  it('have no circular imports', () => {
    expect(circularImports(productFiles)).toEqual([])
  })
})

describe('the check itself', () => {
  const order = ['people/contacts', 'program/referrals']
  const file = (path: string, text: string): SourceFile => ({ path: `api/src/modules/${path}`, text })

  it('detects an import that goes up', () => {
    const up = importsOf(file('people/contacts/a.ts', "import { r } from '../../program/referrals/referrals.ts'"))
    expect(upwardImports(up, order)).toEqual([
      'people/contacts → program/referrals: api/src/modules/people/contacts/a.ts:1',
    ])
    const down = importsOf(file('program/referrals/a.ts', "import { c } from '../../people/contacts/contacts.ts'"))
    expect(upwardImports(down, order)).toEqual([])
  })

  it('detects a table of a higher module in SQL', () => {
    const table = file('program/referrals/referrals.table.ts', "sqliteTable('referrals', {})")
    const query = file('people/contacts/a.queries.ts', 'sql`SELECT count(*) FROM referrals`')
    expect(upwardTables([table, query], order)).toEqual([
      'people/contacts → referrals of program/referrals: api/src/modules/people/contacts/a.queries.ts',
    ])
  })

  it('detects circular imports', () => {
    const one = file('people/contacts/a.ts', "import { b } from './b.ts'")
    const two = file('people/contacts/b.ts', "import type { a } from './a.ts'")
    expect(circularImports([one, two])).toEqual(['a.ts → b.ts → a.ts'])
  })

  const found: [string, string, string][] = [
    ['packages/contracts/src/a.ts', "import { b } from '@goodword/domain'", 'packages/contracts → packages/domain'],
    ['packages/domain/src/a.ts', "import { b } from '../../../api/src/app.ts'", 'packages/domain → api'],
    ['packages/client/src/a.ts', "import { b } from '@goodword/api'", 'packages/client → api'],
    ['widget/src/a.ts', "import { Code } from '@goodword/contracts'", 'widget → contracts, as code'],
    ['widget/src/a.ts', "import { routes } from '@goodword/contracts/routes'", 'widget → contracts, as code'],
    ['widget/src/a.ts', "export { Code } from '@goodword/contracts'", 'widget → contracts, as code'],
    ['portal/src/console/a.ts', "import '../advocate/home.css'", 'console → advocate'],
    ['portal/src/shared/a.ts', "const later = () => import('../console/b.ts')", 'shared → console'],
    ['api/src/modules/platform/keys/keys.routes.ts', "import { keys } from './keys.table.ts'", 'routes → table'],
    ['api/src/modules/platform/keys/keys.ts', "import { r } from './keys.routes.ts'", 'verb → routes'],
    ['api/src/modules/platform/keys/keys.table.ts', "import { k } from './keys.ts'", 'table → verb'],
    [
      'api/src/modules/platform/keys/keys.ts',
      "import {\n  m,\n} from '../members/members.table.ts'",
      'keys → a table of members',
    ],
    ['api/src/shared/a.ts', "import type { K } from '../modules/platform/keys/keys.ts'", 'shared → keys'],
    ['api/src/queue/a.ts', "import { m } from '../modules/platform/messages/messages.table.ts'", 'queue → messages'],
  ]
  it.each(found)('detects in %s: %s', (path, text, violation) => {
    const imports = importsOf({ path, text })
    expect(imports).toHaveLength(1)
    expect(violationsIn(imports)).toEqual([expect.stringContaining(`${violation}: ${path}:1 imports `)])
  })

  const allowed: [string, string][] = [
    ['widget/src/a.ts', "import type { EmbedForm } from '@goodword/contracts'"],
    [
      'api/src/modules/platform/keys/keys.table.ts',
      "import { organizations } from '../organizations/organizations.table.ts'",
    ],
    ['api/src/modules/platform/keys/keys.queries.ts', "import { members } from '../members/members.table.ts'"],
    ['portal/src/console/a.ts', "import { Icon } from '../shared/ui/icon.tsx'"],
  ]
  it.each(allowed)('allows in %s: %s', (path, text) => {
    expect(violationsIn(importsOf({ path, text }))).toEqual([])
  })

  const badFiles: [string, string][] = [
    ['portal/src/shared/session.ts', 'const debug = process.env.DEBUG'],
    ['packages/domain/src/hold.ts', 'const now = Date.now()'],
    ['api/src/modules/platform/keys/keys.queries.ts', 'await ctx.db.delete(keys)'],
    ['api/src/app.ts', 'a()\n'.repeat(301)],
    ['portal/src/shared/index.ts', ''],
    ['api/src/shared/utils.ts', ''],
  ]
  it.each(badFiles)('detects what is wrong with %s', (path, text) => {
    const file: SourceFile = { path, text }
    expect(rulesOfFiles.flatMap((rule) => rule.offences([file]))).toEqual([expect.stringContaining(`${path}: `)])
  })
})

const violationsIn = (imports: Import[]) => rulesOfImports.flatMap((rule) => rule.offences(imports))

/** Types may also come from the root package.json. */
function declaredBy(workspace: string, typeOnly: boolean): string[] {
  const manifest = (folder: string) =>
    JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Record<string, Record<string, string>>
  const own = manifest(workspace)
  return Object.keys({ ...own.dependencies, ...(typeOnly ? manifest('.').devDependencies : {}) })
}
