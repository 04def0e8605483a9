import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { install, requireNode, root } from './prepare.mjs'

requireNode()
process.chdir(root)
await install()

const entry = join(root, 'api/dist/goodword.js')
let server = null
let restarts = Promise.resolve()
let stopping = false

const watchers = await watchAll()
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
console.log('Watching. Pages are new after a reload; the server restarts when its code changes. Ctrl-C stops.')

/** Builds every bundle and again when one of its files changes; the server follows its own. */
async function watchAll() {
  const { createBuilder } = await import('vite')
  const builder = await createBuilder({ logLevel: 'warn', build: { watch: {}, minify: false } })
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
  if (event.code === 'ERROR') console.error(`${name}: ${event.error.message}`)
  if (event.code !== 'END' && event.code !== 'ERROR') return
  built()
  if (event.code === 'END' && name === 'api') restarts = restarts.then(restart)
  if (event.code === 'END' && name !== 'api' && server) console.log(`${name} is new`)
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
