import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { install, invalidateBuild, requireNode, root } from './prepare.mjs'

requireNode()
process.chdir(root)
await install()
invalidateBuild()

const entry = join(root, 'api/dist/goodword.js')
let server = null
let restarts = Promise.resolve()
let rebuildTimer
let stopping = false

const watchers = await watchAll()
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
console.log('Watching for changes. Each change rebuilds and restarts the server; reload the page to see it.')

/** Builds every bundle, and rebuilds it when one of its files changes. */
async function watchAll() {
  const { createBuilder } = await import('vite')
  // Bundles share folders, so none may empty its folder.
  const keep = { build: { emptyOutDir: false } }
  const environments = { loader: keep, portal: keep, api: keep, client: keep }
  const builder = await createBuilder({ environments, logLevel: 'warn', build: { watch: {}, minify: false } })
  const all = []
  for (const environment of Object.values(builder.environments)) {
    if (!environment.config.build.rolldownOptions.input) continue
    const watcher = await builder.build(environment)
    all.push(watcher)
    await new Promise((built) => watcher.on('event', (event) => follow(environment.name, event, built)))
  }
  return all
}

function follow(name, event, built) {
  if (event.code === 'ERROR') console.error(`${name} could not be built: ${event.error.message}`)
  if (event.code !== 'END' && event.code !== 'ERROR') return
  built()
  if (event.code !== 'END') return
  // One change may rebuild several bundles, and the server reads them only at its start: wait for all of them.
  clearTimeout(rebuildTimer)
  rebuildTimer = setTimeout(() => {
    restarts = restarts.then(restart)
  }, 150)
}

async function restart() {
  await stopServer()
  if (stopping) return
  server = spawn(process.execPath, ['--enable-source-maps', entry, 'start', ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
}

function stopServer() {
  const running = server
  server = null
  if (!running || running.exitCode !== null) return
  return new Promise((stopped) => {
    running.once('exit', stopped)
    running.kill('SIGTERM')
  })
}

async function stop() {
  if (stopping) return
  stopping = true
  await Promise.all([stopServer(), ...watchers.map((watcher) => watcher.close())])
  process.exit(0)
}
