import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writePseudoCatalogs } from '../../packages/words/build/pseudo.ts'

/** Where the catalogs are while the tests of one language more run. Vitest's configuration and this setup share a process. */
export const testCatalogs = join(tmpdir(), `goodword-catalogs-${process.pid}`)

declare module 'vitest' {
  interface ProvidedContext {
    catalogs: string
  }
}

export default function setup({ provide }: { provide: (key: 'catalogs', folder: string) => void }) {
  writePseudoCatalogs(testCatalogs)
  provide('catalogs', testCatalogs)
  return () => rmSync(testCatalogs, { recursive: true, force: true })
}
