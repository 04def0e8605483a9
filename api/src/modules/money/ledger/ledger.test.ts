import type { Currency } from '@goodword/contracts'
import {
  type AccountKind,
  accountKey,
  accountKinds,
  accountOfContact,
  balancesOf,
  issueReward,
  mayHold,
  type Posting,
  redeemCredit,
  releaseReward,
  reverseOf,
} from '@goodword/domain'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { checkProperty, propertyTimeoutMs } from '../../../../test/property.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { verify } from '../../../verify.ts'
import { describePerson, findOrCreateContact } from '../../people/contacts/contacts.ts'
import type { Entry } from './entry.ts'
import { balancesOfContact, postEntries, postingsOf } from './ledger.ts'

const heldIsWaiting = 'Held credit equals the sum of pending rewards.'

describe('the ledger', () => {
  let test: TestServices
  let world: World
  beforeAll(async () => {
    test = await createTestServices()
    world = await createWorld(test.services)
  })
  afterAll(async () => {
    expect(await findings()).toEqual([])
    await test.close()
  })

  /** Only these tests post held credit without a pending reward. */
  const findings = async () =>
    (await verify(test.services.database.read)).filter(({ invariant }) => invariant !== heldIsWaiting)
  const because = (words: RegExp) => ({ cause: { message: expect.stringMatching(words) } })
  const someone = (ctx: Ctx = world.ctx) =>
    transaction(
      ctx,
      async (tx) => (await findOrCreateContact(tx, describePerson('US', stranger()), 'staff')).contact.id,
    )
  const post = (...entries: Entry[]) => transaction(world.ctx, (tx) => postEntries(tx, entries))
  const usd = 'USD' as const
  const organizationId = () => world.organization.id
  const balance = async (contactId: string, currency: Currency = usd) =>
    (await balancesOfContact(world.ctx, contactId)).find((row) => row.currency === currency)
  let keys = 0
  const entry = (posting: Posting, contactId: string, more: Partial<Entry> = {}): Entry => {
    keys += 1
    return { ...posting, refersTo: { type: 'contact', id: contactId }, idempotencyKey: `entry ${keys}`, ...more }
  }

  it('has the same account kinds in the database as in the domain', async () => {
    const { read } = test.services.database
    const stored = await read.all(sql`SELECT kind, owner_type, lowest, highest FROM ledger_account_kinds ORDER BY 1, 2`)
    const decided = accountKinds.map(({ kind, ownerType, lowest, highest }) => [kind, ownerType, lowest, highest])
    expect(stored).toEqual(decided.toSorted())
  })

  it('posts a key once, whether the repeat comes later, at the same time or in the same call', async () => {
    const anna = await someone()
    const once = entry(
      issueReward({ organizationId: organizationId(), contactId: anna, amount: 5_000, currency: usd, held: false }),
      anna,
    )
    await post(once, once)
    await post(once)
    await Promise.all([post(once), post(once)])
    expect(await balance(anna)).toMatchObject({ available: 5_000 })
    expect(await postingsOf(world.ctx, anna)).toHaveLength(1)
  })

  it("keeps held credit separate: it can't be redeemed before it is released", async () => {
    const anna = await someone()
    const move = { organizationId: organizationId(), contactId: anna, amount: 5_000, currency: usd }
    await post(entry(issueReward({ ...move, held: true }), anna))
    expect(await balance(anna)).toMatchObject({ available: 0, held: 5_000 })
    await expect(post(entry(redeemCredit(move), anna))).rejects.toThrow()
    await post(entry(releaseReward(move), anna))
    await post(entry(redeemCredit({ ...move, amount: 4_999 }), anna))
    // $50.00 − $49.99 = $0.01
    expect(await balance(anna)).toMatchObject({ available: 1, held: 0 })
  })

  it('never takes a contact below zero, and rolls back the whole transaction', async () => {
    const anna = await someone()
    const marcus = await someone()
    const issue = (contactId: string, amount: number) =>
      entry(issueReward({ organizationId: organizationId(), contactId, amount, currency: usd, held: false }), contactId)
    await post(issue(anna, 100))
    const tooMuch = entry(
      redeemCredit({ organizationId: organizationId(), contactId: anna, amount: 101, currency: usd }),
      anna,
    )
    await expect(post(issue(marcus, 7_000), tooMuch)).rejects.toThrow()
    expect(await balance(anna)).toMatchObject({ available: 100 })
    expect(await balance(marcus)).toBeUndefined()
  })

  it('allows only as many of 50 parallel redemptions as the credit covers', async () => {
    const anna = await someone()
    await post(
      entry(
        issueReward({ organizationId: organizationId(), contactId: anna, amount: 1_000, currency: usd, held: false }),
        anna,
      ),
    )
    const redeem = () =>
      post(entry(redeemCredit({ organizationId: organizationId(), contactId: anna, amount: 150, currency: usd }), anna))
    const results = await Promise.allSettled(Array.from({ length: 50 }, redeem))
    // $10.00 covers six redemptions of $1.50, and $1.00 is left.
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(6)
    expect(await balance(anna)).toMatchObject({ available: 100 })
  })

  it('reverses a transfer once, by an equal and opposite one', async () => {
    const anna = await someone()
    const issued = issueReward({
      organizationId: organizationId(),
      contactId: anna,
      amount: 5_000,
      currency: usd,
      held: false,
    })
    await post(entry(issued, anna))
    const [original] = await postingsOf(world.ctx, anna)
    const reversesId = original?.id ?? ''
    const mirror = reverseOf(issued)
    await expect(post(entry({ ...mirror, amount: 4_999 }, anna, { reversesId }))).rejects.toMatchObject(
      because(/mirror/),
    )
    await expect(post(entry(issued, anna, { reversesId }))).rejects.toMatchObject(because(/mirror/))
    await post(entry(mirror, anna, { reversesId }))
    expect(await balance(anna)).toMatchObject({ available: 0 })
    await post(entry(issued, anna))
    await expect(post(entry(mirror, anna, { reversesId }))).rejects.toMatchObject(because(/reverses_id/))
    expect(await balance(anna)).toMatchObject({ available: 5_000 })
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1])(
    'rejects the amount %s before it reaches the database',
    async (amount) => {
      const anna = await someone()
      const posting = issueReward({
        organizationId: organizationId(),
        contactId: anna,
        amount: 1,
        currency: usd,
        held: false,
      })
      await expect(post(entry({ ...posting, amount }, anna))).rejects.toThrow(/positive whole amount/)
      expect(await balance(anna)).toBeUndefined()
    },
  )

  it('posts only inside a transaction', async () => {
    const anna = await someone()
    const posting = issueReward({
      organizationId: organizationId(),
      contactId: anna,
      amount: 1,
      currency: usd,
      held: false,
    })
    await expect(postEntries(world.ctx, [entry(posting, anna)])).rejects.toThrow('inside a transaction')
  })

  it('is isolated by organization: no function reads or credits a contact of another', async () => {
    const anna = await someone()
    await post(
      entry(
        issueReward({ organizationId: organizationId(), contactId: anna, amount: 5_000, currency: usd, held: false }),
        anna,
      ),
    )
    const other = await createWorld(test.services, 'Other Pipes')
    expect(await balancesOfContact(other.ctx, anna)).toEqual([])
    expect(await postingsOf(other.ctx, anna)).toEqual([])
    const move = { organizationId: organizationId(), contactId: anna, amount: 5_000, currency: usd }
    const bruno = await someone(other.ctx)
    const postTheirs = (posting: Posting) =>
      transaction(other.ctx, (tx) => postEntries(tx, [entry(posting, posting.credit.owner.id)]))
    const theirs = { ...move, organizationId: other.organization.id }
    for (const posting of [issueReward({ ...theirs, held: false }), redeemCredit(theirs)])
      await expect(postTheirs(posting)).rejects.toMatchObject({ code: 'not_found' })
    // It doesn't post to another organization's accounts either.
    const own = { ...theirs, contactId: bruno }
    await postTheirs(issueReward({ ...own, held: false }))
    const ours = { ...own, organizationId: organizationId() }
    for (const posting of [issueReward({ ...ours, held: false }), redeemCredit(ours)])
      await expect(postTheirs(posting)).rejects.toMatchObject({ code: 'not_found' })
    expect(await balance(anna)).toMatchObject({ available: 5_000 })
  })

  it(
    'matches a naive sum after any series of transactions, and balances to zero per currency',
    async () => {
      const currency = fc.constantFrom<Currency>('USD', 'EUR', 'JPY')
      const amount = fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 100_000_000_000 }))
      const who = fc.nat(2)
      const step = fc.oneof(
        fc.record({ do: fc.constant('issue' as const), who, amount, currency, held: fc.boolean() }),
        fc.record({ do: fc.constantFrom('release' as const, 'redeem' as const), who, amount, currency }),
        fc.record({ do: fc.constant('reverse' as const), nth: fc.nat(20) }),
        fc.record({ do: fc.constant('repeat' as const), nth: fc.nat(20) }),
      )
      await checkProperty(
        fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { maxLength: 12 }), async (runs) => {
          const contacts = [await someone(), await someone(), await someone()]
          const book: (Entry & { id: string })[] = []
          for (const steps of runs) {
            const entries: Entry[] = []
            for (const each of steps) {
              if (each.do === 'reverse' || each.do === 'repeat') {
                const known = book[each.nth]
                if (known && each.do === 'repeat') entries.push(known)
                if (known && each.do === 'reverse' && known.reversesId === undefined)
                  entries.push(entry(reverseOf(known), known.refersTo.id, { reversesId: known.id }))
                continue
              }
              const contactId = contacts[each.who] ?? ''
              const { amount, currency } = each
              const move = { organizationId: organizationId(), contactId, amount, currency }
              if (each.do === 'issue') entries.push(entry(issueReward({ ...move, held: each.held }), move.contactId))
              if (each.do === 'release') entries.push(entry(releaseReward(move), move.contactId))
              if (each.do === 'redeem') entries.push(entry(redeemCredit(move), move.contactId))
            }
            const added = entries.filter((one) => !book.some((known) => known.idempotencyKey === one.idempotencyKey))
            const posted = await post(...entries).then(
              () => true,
              () => false,
            )
            expect(posted).toBe(isLawful(book, added))
            if (posted) book.push(...(await withIds(contacts, added)))
          }
          const expected = balancesOf(book)
          for (const contactId of contacts) {
            for (const row of await balancesOfContact(world.ctx, contactId)) {
              const sum = (kind: AccountKind) =>
                expected.get(accountKey(accountOfContact(kind, contactId), row.currency)) ?? 0
              expect(row).toMatchObject({ available: sum('available'), held: sum('held'), owed: 0 })
            }
          }
          expect(await findings()).toEqual([])
        }),
        60,
      )
    },
    propertyTimeoutMs,
  )

  /** The rules of the domain: every account stays within its limits at each step, and nothing is reversed twice. */
  function isLawful(book: Entry[], added: Entry[]): boolean {
    const reversed = [...book, ...added].flatMap((one) => one.reversesId ?? [])
    if (new Set(reversed).size < reversed.length) return false
    return added.every(({ debit, credit, currency }, index) => {
      const balances = balancesOf([...book, ...added.slice(0, index + 1)])
      return [debit, credit].every((account) => mayHold(account, balances.get(accountKey(account, currency)) ?? 0))
    })
  }

  async function withIds(contacts: string[], added: Entry[]): Promise<(Entry & { id: string })[]> {
    const found = new Map<string, string>()
    for (const contactId of contacts) {
      const rows = await test.services.database.read.all<[string, string]>(
        `SELECT id, idempotency_key FROM ledger_transfers WHERE refers_to_id = '${contactId}'`,
      )
      for (const [id, key] of rows) found.set(key, id)
    }
    return added.map((one) => ({ ...one, id: found.get(one.idempotencyKey) ?? 'missing' }))
  }
})
