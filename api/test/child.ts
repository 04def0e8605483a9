import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { words } from '../../packages/words/build/plugin.ts'

export type Program = { file: string; remove: () => void }

/** Bundles a test file so that plain Node can run it, using the installed packages. */
export async function bundleProgram(source: URL): Promise<Program> {
  const rootFolder = fileURLToPath(new URL('../..', import.meta.url))
  // Also resolve from api, where packages are installed that the tools need in another version.
  const cache = join(rootFolder, 'api', 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const outDir = mkdtempSync(join(cache, 'goodword-'))
  await build({
    root: rootFolder,
    configFile: false,
    plugins: [words()],
    logLevel: 'silent',
    build: {
      ssr: true,
      outDir,
      target: 'node20',
      copyPublicDir: false,
      rolldownOptions: { input: { program: fileURLToPath(source) }, output: { entryFileNames: '[name].mjs' } },
    },
    resolve: { noExternal: [/^@goodword\//] },
  })
  return { file: join(outDir, 'program.mjs'), remove: () => rmSync(outDir, { recursive: true, force: true }) }
}

export type Child = {
  /** The lines it has printed so far. */
  lines: string[]
  /**
   * Resolves with the first line that starts with the text, or the line with this number. Rejects if the process ends
   * first.
   */
  says(start: string, nth?: number): Promise<string>
  tell(line: string): void
  /** Kills it at once, like a crash. Resolves when it has ended and all its output was read. */
  kill(): Promise<void>
}

export function startChild(program: Program, ...args: string[]): Child {
  const child: ChildProcess = spawn(process.execPath, [program.file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines: string[] = []
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  let over = false
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      over = true
      changed()
      resolve()
    })
  })
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      changed()
    })
  }
  return {
    lines,
    says: (start, nth = 1) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = lines.filter((one) => one.startsWith(start))[nth - 1]
          if (line === undefined && !over) return
          listeners.delete(look)
          if (line === undefined) reject(new Error(`The program ended without saying "${start}".`))
          else resolve(line)
        }
        listeners.add(look)
        look()
      }),
    tell: (line) => void child.stdin?.write(`${line}\n`),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
