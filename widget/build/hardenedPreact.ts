import type { Plugin } from 'vite'
import { type Change, unusedOfPreact } from './unusedOfPreact.ts'

/** By file: what Preact takes from the page's world, which the page may have changed. */
const hardened: Record<string, Change[]> = {
  'preact.mjs': [
    // No style attribute is ever written: policies forbid them, and our styles are in style sheets.
    { from: /if\("style"==(\w)\)[^;]*;else\{.*?\}else if\((?="o"==\1\[0\])/g, to: 'if(', times: 1 },
    // Nothing of ours suspends, so a component that throws is never waited for. (A page may give every object a `then`.)
    { from: /if\((\w)&&\1\.then\)\{.*?\}else (?=(\w)&&\2\.some\(\w\);else )/g, to: '', times: 1 },
    // An element named like a method of the document hides that method.
    { from: /\b(\w+)\.(createTextNode|createElementNS)\(/g, to: 'Document.prototype.$2.call($1,', times: 2 },
    // All our components are functions and all our elements are plain. What a page added to every object is neither a
    // class's `render` nor an element's `is`.
    { from: /\(\w=\w\.prototype\)&&\w\.render\b/g, to: '!1', times: 1 },
    { from: /,(\w)\.is\?\1:\w\)/g, to: ')', times: 1 },
    // The empty object that stands for what was there before inherits what a page added to every object.
    { from: /=\{\}(?=,\w+=\[\],\w+=\/\^m)/g, to: '={__proto__:null}', times: 1 },
  ],
  'jsxRuntime.mjs': [
    { from: /"ref"in (\w+)/g, to: 'Object.hasOwn($1,"ref")', times: 1 },
    { from: /for\((\w+) in (\w+)=\{\},(\w+)\)/g, to: 'for($1 of Object.keys(($2={},$3)))', times: 1 },
  ],
}

/**
 * Preact as the widget has it, on pages that are not ours, and without what the widget has no use for. Fails if a new
 * version of Preact is written differently.
 */
export function hardenedPreact(): Plugin {
  return {
    name: 'goodword-hardened-preact',
    applyToEnvironment: ({ name }) => name.startsWith('widget'),
    transform: {
      filter: { id: /\/node_modules\/preact\// },
      handler(code, id) {
        const file = id.split('?')[0]?.split('/').at(-1) ?? ''
        const changes = [...(hardened[file] ?? []), ...(unusedOfPreact[file] ?? [])]
        return changes.reduce((text, { from, to, times }) => {
          const found = text.match(from)?.length ?? 0
          if (found !== times) throw new Error(`${file} has ${found} times ${from}, not ${times} times.`)
          return text.replace(from, to)
        }, code)
      },
    },
  }
}
