import { type ListsResult, type SizeResult, targetOf } from './lists.result.ts'

const ms = (value: number) => (Number.isNaN(value) ? 'refused' : value.toFixed(value < 10 ? 1 : 0))
const count = (value: number) => value.toLocaleString('en-US')
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly string[][]) =>
  [row(head), row(head.map((_, n) => (n === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n')

/** The result as Markdown: a table of the installation by size, and one of the screens, slowest at the largest size first. */
export function tablesOf(result: ListsResult): string {
  const all = [...result.sizes, ...result.shared]
  return `${[
    `# Lists, ${result.at.slice(0, 10)}, Node ${result.node}`,
    table(['', ...all.map(nameOf)], installation(result, all)),
    table(
      ['p50 / p99 in ms, × the control’s p99', ...all.map(nameOf), 'largest of smallest', 'submit', 'loop'],
      screens(result, all),
    ),
    'The control is one referral read by its id, in turns with each screen. *Submit*: the slowest submit of another organization meanwhile, in ms. *Loop*: the longest time the event loop was held, in ms. **Bold** misses its target: 4 times the control, 8 for a search, 10 for the home page.',
  ].join('\n\n')}\n`
}

const nameOf = ({ referrals, organizations }: SizeResult) =>
  organizations > 1 ? `${count(referrals)}, one of ${count(organizations)} organizations` : count(referrals)

function installation(result: ListsResult, all: readonly SizeResult[]): string[][] {
  const line = (name: string, value: (size: SizeResult) => string | undefined) => [
    name,
    ...all.map((size) => value(size) ?? ''),
  ]
  return [
    line('control: a referral by its id, p50 / p99', ({ screens }) => {
      const of = (read: (one: SizeResult['screens'][number]) => number) =>
        ms(middle(screens.map(read).filter((value) => !Number.isNaN(value))))
      return screens.length === 0
        ? ''
        : `${of(({ controlP50 }) => controlP50)} / ${of(({ controlP99 }) => controlP99)} ms`
    }),
    line('bytes a referral', ({ disk }) => disk && count(Math.round(disk.perReferral))),
    line(
      'memory, idle / most under load',
      ({ idle, memoryMb }) => `${idle?.memoryMb.toFixed(0) ?? ''} / ${memoryMb.toFixed(0)} MB`,
    ),
    line(
      'ready, when empty / full / after kill -9',
      ({ starts }) => starts && `${ms(result.startEmptyMs)} / ${ms(starts.ready)} / ${ms(starts.afterKill)} ms`,
    ),
    line(
      'idle: of a core, loop held at most',
      ({ idle }) => idle && `${idle.percentOfCore.toFixed(2)} %, ${ms(idle.loopMaxMs)} ms`,
    ),
    line(
      'links at 50/s beside a console: p99, of bare Hono',
      ({ links }) => links && `${ms(links.beside.p99)} ms, ${links.ratio.toFixed(1)}×`,
    ),
    ...(['submits', 'conversions'] as const).map((name) =>
      line(`${name} beside reports: rate, p50 / p99`, ({ writes }) => {
        const one = writes?.[name]
        return one && `${one.atPerSecond.toFixed(0)}/s, ${ms(one.p50)} / ${ms(one.p99)} ms`
      }),
    ),
    ...(all[0]?.exports ?? []).map(({ name }) =>
      line(`${name}: first byte, whole`, ({ exports }) => {
        const one = exports?.find((other) => other.name === name)
        return one && `${ms(one.firstByteMs)}, ${ms(one.wholeMs)} ms`
      }),
    ),
  ]
}

function screens({ sizes }: ListsResult, all: readonly SizeResult[]): string[][] {
  const [smallest, largest] = [sizes[0], sizes.at(-1)]
  return (largest?.screens.toSorted((one, other) => other.ofControl - one.ofControl) ?? []).map((screen) => {
    const { name, kind, p99 } = screen
    const before = smallest?.screens.find((one) => one.name === name)?.p99
    const cells = all.map((size) => {
      const one = size.screens.find((other) => other.name === name)
      if (!one) return ''
      const ratio = `${one.ofControl.toFixed(1)}×`
      return `${ms(one.p50)} / ${ms(one.p99)}, ${one.ofControl > targetOf(kind) ? `**${ratio}**` : ratio}`
    })
    return [
      name,
      ...cells,
      before === undefined || smallest === largest ? '' : `${(p99 / before).toFixed(1)}×`,
      ms(screen.submitMs),
      ms(screen.loopMs),
    ]
  })
}

const middle = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN
