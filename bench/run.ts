import { parseArgs } from 'node:util'
import { compareBuilds } from './compare.ts'
import { measureConversions } from './conversions.ts'
import { measureDrivers } from './drivers.ts'
import { measureEvents } from './events.ts'
import { type Comparison, type Plan, print } from './figures.ts'
import { measureLinks } from './links.ts'
import { measureLists } from './lists.ts'
import { measureSubmits } from './submits.ts'
import { measureTag } from './tag.ts'

const measures: Record<string, (plan: Plan) => Promise<Comparison[]>> = {
  links: measureLinks,
  submits: measureSubmits,
  conversions: measureConversions,
  events: measureEvents,
  drivers: measureDrivers,
}

/** These print a line per screen or page. */
const others: Record<string, (plan: Plan) => Promise<void>> = { tag: measureTag, lists: measureLists }

/**
 * `npm run bench -- [links submits conversions events drivers tag lists] [--rounds 5] [--connections 32] [--sizes
 * 10000,100000,1000000] [--organizations 1000] [--keep DIR]`. Only measures; never fails. Lists run only on request,
 * because their businesses take minutes and gigabytes; `--keep` says where they are kept for the next run,
 * and `--prepare` only makes them. With
 * `--against DIR` it compares this build with the one in another checkout.
 */
export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      connections: { type: 'string', default: '32' },
      sizes: { type: 'string', default: '10000,100000,1000000' },
      organizations: { type: 'string', default: '1000' },
      keep: { type: 'string' },
      prepare: { type: 'boolean', default: false },
      against: { type: 'string' },
    },
  })
  const { against } = values
  const plan = {
    rounds: Number(values.rounds),
    connections: Number(values.connections),
    sizes: values.sizes.split(',').map(Number),
    organizations: Number(values.organizations),
    keep: values.keep,
    prepare: values.prepare,
  }
  if (against !== undefined) return compareBuilds({ ...plan, against, only: positionals })
  const names = [...Object.keys(measures), ...Object.keys(others)]
  const unknown = positionals.find((name) => !names.includes(name))
  if (unknown) throw new Error(`There is no benchmark "${unknown}". Choose from: ${names.join(', ')}.`)
  for (const [name, measure] of Object.entries(measures)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    for (const comparison of await measure(plan)) print(comparison)
  }
  for (const [name, measure] of Object.entries(others)) {
    if (positionals.includes(name) || (positionals.length === 0 && name === 'tag')) await measure(plan)
  }
}
