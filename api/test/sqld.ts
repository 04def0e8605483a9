import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export type TestServer = { url: string; close: () => Promise<void> }

/** The binary of a libSQL server, or null if the optional package has none for this machine. */
export function sqldBinary(): string | null {
  try {
    const require = createRequire(import.meta.url)
    const platform = `@sqld/${process.platform}-${process.arch}`
    return join(dirname(require.resolve(`${platform}/package.json`)), 'sqld')
  } catch {
    return null
  }
}

/** A real libSQL server on a free port of this machine, with its own database: empty, or from the bytes of a file. */
export async function startSqld(binary: string, content?: Buffer): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'goodword-sqld-'))
  if (content) {
    mkdirSync(join(folder, 'data/dbs/default'), { recursive: true })
    writeFileSync(join(folder, 'data/dbs/default/data'), content)
  }
  const address = `127.0.0.1:${await freePort()}`
  const server = spawn(binary, ['--db-path', join(folder, 'data'), '--http-listen-addr', address, '--no-welcome'], {
    cwd: folder,
    stdio: 'ignore',
  })
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()))
  const close = async () => {
    server.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const url = `http://${address}`
  for (let tries = 0; tries < 100; tries += 1) {
    const response = await fetch(`${url}/health`).catch(() => null)
    if (response?.ok) return { url, close }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await close()
  throw new Error('The libSQL server did not start.')
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise<void>((resolve) => probe.close(() => resolve()))
  if (address === null || typeof address === 'string') throw new Error('No free port.')
  return address.port
}
