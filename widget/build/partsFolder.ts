import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** Where the parts are built. Also their final place while changes are watched, when the names must not change. */
export const unnamed = 'parts'
const address = 'virtual:widget/parts'

/**
 * Tells the tag, which is built after its parts, where they are: `virtual:widget/parts` is the name of their folder.
 * It is a hash of their content, so that they are always of one version, and a browser may keep them forever.
 */
export function partsFolder(): Plugin {
  return {
    name: 'goodword-parts-folder',
    resolveId: (id) => (id === address ? `\0${id}` : null),
    load(id) {
      if (id !== `\0${address}`) return null
      const folder = this.meta.watchMode ? unnamed : nameFolder(this.environment.config.build.outDir)
      return `export const folder = ${JSON.stringify(folder)}`
    },
  }
}

function nameFolder(built: string): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(join(built, unnamed)).sort()) {
    hash.update(`${name}\n`).update(readFileSync(join(built, unnamed, name)))
  }
  const folder = hash.digest('hex').slice(0, 6)
  for (const name of readdirSync(built)) {
    if (name !== unnamed && existsSync(join(built, name))) rmSync(join(built, name), { recursive: true })
  }
  renameSync(join(built, unnamed), join(built, folder))
  return folder
}
