import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createBuilder } from 'vite'
import { rootFolder } from '../src/shared/staticFiles.ts'
import { databaseTemplate, migratedDatabase } from './templates.ts'

type Settings = Record<string, string>

export const acme = 'organization create --name "Acme & Co" --owner-name Bo --owner-email bo@acme.example'

/** Builds the command line into its own folder, so that tests run it as it is shipped. */
export async function buildCommandLine() {
  const folder = join(rootFolder(), 'api', '.cache', `cli-${process.pid}`)
  const builder = await createBuilder({
    configFile: join(rootFolder(), 'vite.config.ts'),
    logLevel: 'error',
    environments: { api: { build: { outDir: folder, sourcemap: false } } },
  })
  const { api } = builder.environments
  if (!api) throw new Error('There is no server to build.')
  await builder.build(api)
  const entry = join(folder, 'goodword.js')
  const withAcme = databaseTemplate(async (url) => {
    const terminal = openTerminal(entry)
    await terminal.goodword(acme, { DATABASE_URL: url })
    await terminal.close()
  })
  return {
    entry,
    /** Template databases: migrated and empty, and with the organization that `acme` creates. */
    empty: await migratedDatabase(),
    acme: await withAcme(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A folder with its own database, and real processes that work on it. */
export function openTerminal(entry: string) {
  const folder = mkdtempSync(join(tmpdir(), 'goodword-cli-'))
  const database = join(folder, 'data', 'goodword.db')
  const running: ChildProcess[] = []

  /** Puts a database in place before anything runs. */
  function beginWith(bytes: Buffer) {
    mkdirSync(dirname(database), { recursive: true })
    writeFileSync(database, bytes, { mode: 0o600 })
  }

  function launch(words: string[], settings: Settings = {}) {
    const child = spawn(process.execPath, [entry, ...words], {
      cwd: folder,
      env: { PATH: process.env.PATH, DEMO: 'off', PORT: '0', DATABASE_URL: `file:${database}`, ...settings },
    })
    running.push(child)
    const output = { out: '', err: '' }
    child.stdout.on('data', (text: Buffer) => {
      output.out += text
    })
    child.stderr.on('data', (text: Buffer) => {
      output.err += text
    })
    return { child, output }
  }

  /** Runs a command to its end. Quotes keep words together. */
  async function goodword(line: string, settings: Settings = {}) {
    const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
    const { child, output } = launch(words, settings)
    return { code: await end(child), out: output.out.trim(), err: output.err.trim() }
  }

  /** Starts the server and waits for its address. */
  async function start(settings: Settings = {}) {
    const { child, output } = launch(['start'], settings)
    const url = await new Promise<string>((resolve, reject) => {
      child.once('close', () => reject(new Error(`It did not start: ${output.err}`)))
      child.stdout.on('data', () => {
        const [found] = output.out.match(/http:\/\/localhost:\d+/) ?? []
        if (found) resolve(found)
      })
    })
    return { child, output, url }
  }

  /** Asks a process to stop. Returns its exit code. */
  function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGINT') {
    child.kill(signal)
    return end(child)
  }

  async function close() {
    for (const child of running) if (child.exitCode === null && child.signalCode === null) await stop(child, 'SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }

  return { folder, database, beginWith, goodword, start, stop, close }
}

/** The exit code; null if a signal ended it. */
async function end(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'close')) as [number | null]
  return code
}
