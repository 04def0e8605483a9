import { parseArgs } from 'node:util'
import { measureConversions } from './conversions.ts'
import { type Comparison, print } from './figures.ts'
import { measureLinks } from './links.ts'
import { measureSubmits } from './submits.ts'
import { measureTag } from './tag.ts'

export type Plan = { rounds: number; connections: number }

const measures: Record<string, (plan: Plan) => Promise<Comparison[]>> = {
  links: measureLinks,
  submits: measureSubmits,
  conversions: measureConversions,
}

/** `npm run bench -- [links submits conversions tag] [--rounds 5] [--connections 32]`. Measures; judges nothing. */
export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '5' }, connections: { type: 'string', default: '32' } },
  })
  const unknown = positionals.find((name) => !measures[name] && name !== 'tag')
  if (unknown) throw new Error(`There is no measure "${unknown}". There are: ${Object.keys(measures).join(', ')}, tag.`)
  const plan = { rounds: Number(values.rounds), connections: Number(values.connections) }
  for (const [name, measure] of Object.entries(measures)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    for (const comparison of await measure(plan)) print(comparison)
  }
  if (positionals.length === 0 || positionals.includes('tag')) await measureTag(plan)
}
