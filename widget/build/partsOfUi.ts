import type { Plugin } from 'vite'

type Code = { start: number; end: number }
type Name = { name: string } | { value: unknown }
const text = (name: Name) => ('name' in name ? name.name : JSON.stringify(name.value))
const pair = (name: string, local: string) => (name === local ? name : `${name}: ${local}`)

/**
 * Makes each part that draws with `ui.js` a function of its exports, instead of a module that imports it by its address:
 * `export default (ui) => ({ share })`. So there is one `ui.js` on a page, no matter at which attempt it or a part has
 * loaded.
 */
export function partsOfUi(): Plugin {
  return {
    name: 'goodword-parts-of-ui',
    applyToEnvironment: ({ name }) => name === 'widget',
    renderChunk(code, chunk) {
      if (chunk.name === 'ui') return null
      const taken: string[] = []
      const given: string[] = []
      let body = code
      const cut = ({ start, end }: Code) => {
        body = body.slice(0, start) + ' '.repeat(end - start) + body.slice(end)
      }
      for (const one of this.parse(code).body) {
        if (one.type === 'ImportDeclaration') {
          if (one.source.value !== './ui.js') throw new Error(`${chunk.fileName} imports ${one.source.value}.`)
          for (const { type, local, ...rest } of one.specifiers) {
            if (type !== 'ImportSpecifier' || !('imported' in rest)) throw new Error(`${chunk.fileName} imports all.`)
            taken.push(pair(text(rest.imported), local.name))
          }
          cut(one)
        } else if (one.type === 'ExportNamedDeclaration' && !one.declaration && !one.source) {
          for (const { exported, local } of one.specifiers) given.push(pair(text(exported), text(local)))
          cut(one)
        } else if (/^Export/.test(one.type)) throw new Error(`${chunk.fileName} has an export of another kind.`)
      }
      return [
        'let made;',
        'export default (ui) => {',
        'if (made) return made;',
        `const { ${taken.join(', ')} } = ui;`,
        body,
        `return (made = { ${given.join(', ')} });`,
        '};',
      ].join('\n')
    },
  }
}
