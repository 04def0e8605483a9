import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writePseudoCatalogs } from '../../packages/words/build/pseudo.ts'

/**
 * The folder of the catalogs while the tests of an extra language run. Vitest's configuration and this setup run in one
 * process.
 */
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
