import { builtWidget } from './build.ts'
import type { Goodword } from './goodword.ts'
import type { Site } from './site.ts'

export const partName = (path: string) => /(\w+)\.js/.exec(path)?.[1] ?? ''

/**
 * Serves the widget's files from the page's own website, where each part that runs adds its name to `window.ran`. A part
 * that `fails` is answered with an error.
 */
export async function serveParts(
  { site, goodword }: { site: Site; goodword: Goodword },
  {
    fails = () => false,
    change = (script) => script,
  }: { fails?: (name: string) => boolean; change?: (script: string, name: string) => string },
): Promise<{ folder: string; tag: string }> {
  const files = (await builtWidget()).widget
  for (const [path, { body }] of files) {
    const name = partName(path)
    const count = name === 'loader' ? '' : `;(window.ran ??= []).push('${name}');`
    site.putScript(`/own/${path}`, change(count + body, name), () => name !== 'loader' && fails(name))
  }
  const folder = [...files.keys()].find((path) => path.endsWith('/ui.js'))?.split('/')[0]
  return {
    folder: `${site.url}/own/${folder}`,
    tag: `<script src="/own/loader.js" data-key="${goodword.key}" data-server="${goodword.url}"></script>`,
  }
}
