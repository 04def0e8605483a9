import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anotherWorld, createTestServices, type TestServices } from '../../../../test/harness.ts'
import { checkProperty, propertyTimeoutMs } from '../../../../test/property.ts'
import { queriesOn } from '../../../database/queries.ts'
import type { Ctx } from '../../../shared/context.ts'
import { compareWinners, type Question, type Winner, withWinners } from './winners.ts'

const quarter = 900_000
const begins = 2_000 * 86_400_000
const wholeTime = { start: begins, end: begins + 100 * quarter }

/** Conversions and revenue that an advocate gained or, if negative, lost. */
type Change = [advocate: number, converted: number, revenue: number]

let test: TestServices
beforeAll(async () => {
  test = await createTestServices()
})
afterAll(() => test.close())

async function createProgram() {
  const { ctx, campaign } = await anotherWorld(test.services)
  const campaigns = [(await campaign()).id, (await campaign()).id]
  const write = (changes: Change[]) =>
    test.services.database.write((tx) =>
      tx.run(sql`INSERT INTO rollup_changes
        SELECT ${ctx.organizationId}, iif((value ->> 0) % 2, ${campaigns[1]}, ${campaigns[0]}), ${ctx.organizationId} || (value ->> 0), 'USD',
          ${begins} + (value ->> 0) % 100 * ${quarter}, 0, 0, value ->> 1, value ->> 2, 1, 0
        FROM json_each(${JSON.stringify(changes)})`),
    )
  const totals = new Map<number, [number, number]>()
  const change = async (changes: Change[]) => {
    for (const [advocate, converted, revenue] of changes) {
      const [n, sum] = totals.get(advocate) ?? [0, 0]
      totals.set(advocate, [n + converted, sum + revenue])
    }
    await write(changes)
  }
  return { ctx, campaignId: campaigns[0] ?? '', totals, change }
}
type Program = Awaited<ReturnType<typeof createProgram>>

const best = (ctx: Ctx, question: Question, count: number): Promise<Winner[]> =>
  withWinners(ctx, question, count, async ({ rows }) =>
    rows.sort((one, other) => compareWinners(one, other) || one[0] - other[0]).slice(0, count),
  )

/** The best by adding up every row. Of equals, who was there first; the report decides by more. */
const naive = ({ ctx }: Program, { span, campaignId }: Question, count: number): Promise<Winner[]> =>
  ctx.db.all<Winner>(sql`SELECT enrollment, sum(converted), sum(revenue), sum(rewards)
    FROM advocate_rollups JOIN rollup_subjects s ON s.id = subject
    WHERE s.organization_id = ${ctx.organizationId} AND s.subject_id = coalesce(${campaignId}, s.subject_id) AND quarter >= ${span.start / quarter} AND quarter < ${span.end / quarter}
    GROUP BY 1 HAVING sum(converted) > 0 OR sum(revenue) > 0 ORDER BY 2 DESC, 3 DESC, 1 LIMIT ${count}`)

const ranked = ({ totals }: Program, from: number, to: number): number[] =>
  [...totals]
    .sort(([, one], [, other]) => other[0] - one[0] || other[1] - one[1])
    .slice(from, to)
    .map(([advocate]) => advocate)

const everything = ({ totals }: Program, advocate: number): Change[] => {
  const [converted, revenue] = totals.get(advocate) ?? [0, 0]
  return converted > 0 || revenue > 0 ? [[advocate, -converted, -revenue]] : []
}

const advocates = 700
/** Every seventh earned only by further jobs of earlier friends, which are no conversions. */
const startOf = (length: number) => Array.from({ length }, (_, n): Change => [n, n % 7, 1_000 + n * 13])
const start = startOf(advocates)
const wholeQuestion: Question = { span: wholeTime, currency: 'USD', campaignId: null }

describe('the winners of a period', () => {
  const gain = fc.record({ do: fc.constant('gain' as const), who: fc.array(fc.nat(advocates + 50), { maxLength: 40 }) })
  const lose = fc.record({ do: fc.constant('lose' as const), who: fc.array(fc.nat(advocates), { maxLength: 40 }) })
  const many = fc.record({
    do: fc.constantFrom('most gain', 'most of the best lose'),
    share: fc.integer({ min: 2, max: 5 }),
  })

  it(
    'are those that adding up every row gives, whatever changed since they were kept',
    async () => {
      await checkProperty(
        fc.asyncProperty(
          fc.array(fc.oneof(gain, gain, lose, many), { minLength: 6, maxLength: 6 }),
          fc.infiniteStream(fc.integer({ min: 1, max: 1_000_000 })),
          async (steps, amounts) => {
            const program = await createProgram()
            const { ctx, campaignId } = program
            await program.change(start)
            const gainOf = (advocate: number): Change => [advocate, 1, amounts.next().value ?? 0]
            const questions: Question[] = [
              wholeQuestion,
              { span: { start: begins, end: begins + 40 * quarter }, currency: 'USD', campaignId },
            ]
            for (const step of steps) {
              if (step.do === 'gain') await program.change(step.who.map(gainOf))
              else if (step.do === 'lose')
                await program.change([...new Set(step.who)].flatMap((one) => everything(program, one)))
              else if (step.do === 'most gain')
                for (let n = 0; n < advocates; n += 250)
                  await program.change(
                    Array.from({ length: 250 }, (_, k) => gainOf(n + k)).filter((_, k) => k % step.share === 0),
                  )
              else {
                const losers = ranked(program, 0, Math.floor(580 / step.share))
                await program.change(losers.flatMap((one) => everything(program, one)))
              }
              for (const question of questions)
                expect(await best(ctx, question, 20)).toEqual(await naive(program, question, 20))
            }
          },
        ),
        8,
      )
    },
    propertyTimeoutMs,
  )

  it('are still complete after many have come and most of the best have gone', async () => {
    const program = await createProgram()
    const { ctx } = program
    const check = async (changes: Change[]) => {
      await program.change(changes)
      expect(await best(ctx, wholeQuestion, 20)).toEqual(await naive(program, wholeQuestion, 20))
    }
    await check(startOf(1_600))
    const climbing = ranked(program, 500, 1_250)
    for (let n = 0; n < 750; n += 250) await check(climbing.slice(n, n + 250).map((one) => [one, 10, one * 17]))
    await check(ranked(program, 540, 580).map((one) => [one, 0, 1]))
    await check(ranked(program, 0, 290).flatMap((one) => everything(program, one)))
    await check(ranked(program, 0, 205).flatMap((one) => everything(program, one)))
  })

  it('are added up once: after that, only the figures of those who changed are read', async () => {
    const program = await createProgram()
    await program.change(start)
    const question = wholeQuestion
    const database = { ...test.services.database }
    const ctx: Ctx = { ...program.ctx, database }
    await best(ctx, question, 20)
    database.background = queriesOn(async () => {
      throw new Error('They are added up again.')
    })
    await program.change([
      ...start.slice(0, 100).map(([advocate]): Change => [advocate, 1, 7]),
      ...everything(program, 699),
    ])
    expect(await best(ctx, question, 20)).toEqual(await naive(program, question, 20))
    await program.change(start.slice(0, 600).map(([advocate]): Change => [advocate, 1, 7]))
    await expect(best(ctx, question, 20)).rejects.toThrow()
    database.background = test.services.database.background
    expect(await best(ctx, question, 20)).toEqual(await naive(program, question, 20))
  })
})
