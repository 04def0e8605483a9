import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

export const root = fileURLToPath(new URL('..', import.meta.url))

const stampFile = join(root, 'api/dist/.built-from')
const sources = [
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'],
  ...['packages', 'api/package.json', 'api/src', 'widget/package.json', 'widget/src', 'widget/build'],
  ...['portal/package.json', 'portal/advocate.html', 'portal/console.html', 'portal/src', 'portal/public'],
]
const made = ['api/dist/goodword.js', 'widget/dist/loader.js', 'portal/dist/console.html']

/** Exits with one sentence if this Node version cannot run Goodword. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23) return
  console.error(
    `Goodword needs Node 20.19 or 22.12 or newer; this is ${process.versions.node}. See https://nodejs.org.`,
  )
  process.exit(1)
}

/** Installs the packages of package-lock.json if they are missing or outdated. */
export async function install() {
  if (isInstalled()) return
  const inside = process.env.npm_execpath
  const command = inside?.endsWith('.js') ? [process.execPath, inside] : [npmCommand()]
  await step('Installing packages', [...command, 'ci', '--include=dev', '--loglevel=error'], {
    failed: 'The packages could not be installed. npm said:',
    environment: { npm_config_engine_strict: 'false' },
  })
}

/** Builds the server, widget, portal and client if a source has changed since the last build. */
export async function build() {
  const fingerprint = fingerprintOf(sources)
  if (made.every((file) => existsSync(join(root, file))) && textOf(stampFile) === fingerprint) return
  await step('Building', [process.execPath, binary('vite'), 'build', '--app', '--logLevel', 'warn'], {
    failed: 'Goodword could not be built. The build said:',
  })
  writeFileSync(stampFile, fingerprint)
}

/** Call when something other than a build changes the bundles, so that the next build runs. */
export const invalidateBuild = () => rmSync(stampFile, { force: true })

/** Does everything a command needs before it can run. Exits if a step fails. */
export async function prepare() {
  requireNode()
  process.chdir(root)
  await install()
  await build()
}

/** Runs the built command line in this process, so that it handles signals and sets the exit code. */
export async function runGoodword(args) {
  const entry = join(root, 'api/dist/goodword.js')
  process.argv.splice(1, process.argv.length, entry, ...args)
  await import(new URL('../api/dist/goodword.js', import.meta.url).href)
}

/** The script of a package's command: run with Node, it needs no shell. */
export function binary(name) {
  const folder = { tsc: 'typescript', biome: '@biomejs/biome' }[name] ?? name
  const manifest = JSON.parse(readFileSync(join(root, 'node_modules', folder, 'package.json'), 'utf8'))
  const bin = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[name]
  return join(root, 'node_modules', folder, bin)
}

/** Runs a command in this terminal. Resolves to the exit code, 1 for a signal. */
export function runHere(command, options = {}) {
  const child = spawn(command[0], command.slice(1), { cwd: root, stdio: 'inherit', ...options })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}

/** Compares npm's record of installed packages with the lockfile. */
function isInstalled() {
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'))
  const locked = packagesOf(join(root, 'package-lock.json'))
  if (!installed || !locked) return false
  return Object.entries(locked).every(([path, wanted]) => {
    if (!path.includes('node_modules/')) return true
    const found = installed[path]
    return found ? found.version === wanted.version && found.integrity === wanted.integrity : wanted.optional === true
  })
}

function packagesOf(file) {
  const text = textOf(file)
  return text === null ? null : JSON.parse(text).packages
}

const textOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null)
const npmCommand = () => (process.platform === 'win32' ? 'npm.cmd' : 'npm')

/** A hash of names and contents of all files below, without tests and build output. */
function fingerprintOf(paths) {
  const hash = createHash('sha256').update(process.versions.node)
  const add = (path) => {
    const names = entriesOf(join(root, path))
    if (names) for (const name of names) add(`${path}/${name}`)
    else if (!/\.test\.tsx?$/.test(path)) hash.update(`\0${path}\0`).update(readFileSync(join(root, path)))
  }
  for (const path of paths) if (existsSync(join(root, path))) add(path)
  return hash.digest('hex')
}

function entriesOf(path) {
  try {
    return readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules' && !name.startsWith('.'))
  } catch (error) {
    if (error.code === 'ENOTDIR') return null
    throw error
  }
}

/** Shows one line while the command runs, and its output only if it fails. */
async function step(title, command, { failed, environment = {} }) {
  const started = performance.now()
  process.stdout.write(`${title} …`)
  const { code, output } = await collect(command, environment)
  if (code === 0) {
    process.stdout.write(` done in ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
    return
  }
  process.stdout.write('\n')
  console.error(`${failed}\n\n${stripVTControlCharacters(output).trim()}`)
  process.exit(1)
}

function collect(command, environment) {
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(command[0], command.slice(1), {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: command[0].endsWith('.cmd'),
    })
    child.stdout.on('data', (text) => (output += text))
    child.stderr.on('data', (text) => (output += text))
    child.once('error', (error) => resolve({ code: 1, output: error.message }))
    child.once('close', (code) => resolve({ code, output }))
  })
}
