import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from 'svelte/compiler'
import { build, type Plugin } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export type Framework = 'React 18' | 'React 19' | 'Vue 3' | 'Svelte 5' | 'Preact'
const files: Record<Framework, string> = {
  'React 18': 'react',
  'React 19': 'react',
  'Vue 3': 'vue',
  'Svelte 5': 'svelte',
  Preact: 'preact',
}

const svelte: Plugin = {
  name: 'svelte',
  transform: (code, id) =>
    id.endsWith('.svelte') ? { code: compile(code, { filename: id, dev: true }).js.code, map: null } : null,
}

const react18 = [
  { find: /^react-dom(?=\/|$)/, replacement: 'react-dom-18' },
  { find: /^react(?=\/|$)/, replacement: 'react-18' },
]

/**
 * The application of a framework as one classic script. In development mode, because only that complains about markup
 * which isn't the framework's own.
 */
export async function buildApplication(framework: Framework): Promise<string> {
  const output = await build({
    configFile: false,
    root: at('.'),
    mode: 'development',
    logLevel: 'error',
    plugins: [svelte],
    define: { 'process.env.NODE_ENV': '"development"' },
    resolve: { alias: framework === 'React 18' ? react18 : [], conditions: ['browser', 'development'] },
    build: {
      write: false,
      minify: false,
      rolldownOptions: {
        input: at(`apps/${files[framework]}.ts`),
        output: { format: 'iife', codeSplitting: false },
      },
    },
  })
  const [made] = Array.isArray(output) ? output : [output]
  if (!made || !('output' in made)) throw new Error('Nothing was built.')
  return made.output[0].code
}

/** A script that a library is delivered with, beside the one for bundlers. */
export const scriptOf = (library: string, script: string): string =>
  readFileSync(join(dirname(fileURLToPath(import.meta.resolve(library))), script), 'utf8')
