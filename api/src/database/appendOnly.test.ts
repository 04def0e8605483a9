import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, type TestServices, type World } from '../../test/harness.ts'
import { convertReferral, reverseConversion } from '../modules/surfaces/console/referrals.ts'
import { verify } from '../verify.ts'
import { databasePath } from './databasePath.ts'

type Connection = InstanceType<typeof Libsql>

const appendOnly = ['ledger_transfers', 'conversions', 'audit_entries', 'campaign_terms', 'referral_events'] as const

describe('append-only tables', () => {
  let test: TestServices
  let world: World
  beforeAll(async () => {
    test = await createTestServices()
    world = await createWorld(test.services)
    const campaign = await world.campaign()
    const referral = await world.referral((await world.advocate(campaign.id)).id)
    await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
    await reverseConversion(world.ctx, referral.id, 'The job was canceled')
    const kept = await world.referral((await world.advocate(campaign.id)).id)
    await convertReferral(world.ctx, kept.id, { jobValue: 100_000, notify: false })
  })
  afterAll(async () => {
    expect(await verify(test.services.database.read)).toEqual([])
    await test.close()
  })

  /** Another connection to the same file, with or without our pragma. */
  function otherConnection(pragmas: string[]): Connection {
    const connection = new Libsql(databasePath(test.services.config.databaseUrl) ?? '')
    connection.exec('PRAGMA busy_timeout = 2000')
    for (const pragma of pragmas) connection.exec(`PRAGMA ${pragma}`)
    return connection
  }
  /** What identifies a row: a table WITHOUT ROWID has only its id. */
  const rowOf = (connection: Connection, table: string): string => {
    const stored = connection.prepare('SELECT wr FROM pragma_table_list WHERE name = ?').raw().get([table])
    return (stored as unknown[])[0] === 1 ? 'id' : 'rowid'
  }
  const contentOf = (connection: Connection, table: string) => {
    const row = rowOf(connection, table)
    return JSON.stringify(connection.prepare(`SELECT ${row}, * FROM ${table} ORDER BY ${row}`).raw().all())
  }
  const columnsOf = (connection: Connection, table: string): string[] => {
    const rows = connection.prepare(`SELECT name FROM pragma_table_info('${table}')`).raw().all()
    return rows.map((row) => String((row as unknown[])[0]))
  }

  /** Ways to change or delete an existing row, including conflicts on other keys than the id. */
  function attacks(table: string, row: string, columns: string[]): string[] {
    const withId = (id: string) =>
      columns.map((column) => (column === 'id' ? id : column === 'idempotency_key' && id !== 'id' ? 'id' : column))
    const all = columns.join(', ')
    const fresh = withId("'new_' || id").join(', ')
    return [
      ...columns.map((column) => `UPDATE ${table} SET ${column} = ${column}`),
      `UPDATE OR REPLACE ${table} SET id = (SELECT max(id) FROM ${table})`,
      `UPDATE OR IGNORE ${table} SET id = id || 'x'`,
      `DELETE FROM ${table}`,
      `DELETE FROM ${table} WHERE ${row} = (SELECT max(${row}) FROM ${table})`,
      `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`,
      `REPLACE INTO ${table} SELECT * FROM ${table} LIMIT 1`,
      `INSERT OR IGNORE INTO ${table} SELECT * FROM ${table}`,
      `INSERT INTO ${table} SELECT * FROM ${table} WHERE true ON CONFLICT DO UPDATE SET id = 'changed'`,
      `INSERT INTO ${table} SELECT * FROM ${table} WHERE true ON CONFLICT DO NOTHING`,
      ...(table === 'ledger_transfers'
        ? [
            `REPLACE INTO ${table} (${all}) SELECT ${columns.map((c) => (c === 'id' ? "'new_' || id" : c)).join(', ')} FROM ${table}`,
            `REPLACE INTO ${table} (${all}) SELECT ${fresh} FROM ${table} WHERE reverses_id IS NOT NULL`,
          ]
        : []),
      ...(table === 'conversions' || table === 'campaign_terms'
        ? [`REPLACE INTO ${table} (${all}) SELECT ${fresh} FROM ${table}`]
        : []),
    ]
  }

  const settings = [
    ['recursive_triggers = ON', 'foreign_keys = ON'],
    ['recursive_triggers = OFF', 'foreign_keys = ON'],
    ['recursive_triggers = OFF', 'foreign_keys = OFF'],
  ]
  describe.each(settings)('with %s and %s', (...pragmas) => {
    it.each(appendOnly)('%s keeps every row, whatever statement tries to change it', (table) => {
      const connection = otherConnection(pragmas)
      const before = contentOf(connection, table)
      expect(JSON.parse(before)).not.toEqual([])
      for (const attack of attacks(table, rowOf(connection, table), columnsOf(connection, table))) {
        let refused = false
        try {
          connection.exec(attack)
        } catch {
          refused = true
        }
        const harmless = /OR IGNORE|DO NOTHING/.test(attack)
        expect(refused || harmless, attack).toBe(true)
        expect(contentOf(connection, table), attack).toBe(before)
      }
      connection.close()
    })

    it("an account keeps its owner, can't be deleted or replaced, and starts at zero", () => {
      const connection = otherConnection(pragmas)
      const before = contentOf(connection, 'ledger_accounts')
      for (const attack of [
        ...['id', 'organization_id', 'kind', 'owner_type', 'owner_id', 'currency', 'created_at'].map(
          (column) => `UPDATE ledger_accounts SET ${column} = 'x'`,
        ),
        'DELETE FROM ledger_accounts',
        ...[
          'id, organization_id, kind, owner_type, owner_id, currency, 0',
          "'new_' || id, organization_id, kind, owner_type, owner_id, currency, 0",
        ].map((values) => `REPLACE INTO ledger_accounts SELECT ${values}, created_at FROM ledger_accounts`),
      ])
        expect(() => connection.exec(attack), attack).toThrow(
          /an account never changes|only grows|UNIQUE constraint failed: ledger_accounts/,
        )
      const another = (balance: number) =>
        `INSERT INTO ledger_accounts SELECT 'acc_new', organization_id, kind, owner_type, owner_id, 'JPY', ${balance}, created_at FROM ledger_accounts LIMIT 1`
      expect(() => connection.exec(another(1))).toThrow(/starts at zero/)
      expect(contentOf(connection, 'ledger_accounts')).toBe(before)
      // The only reason for the rejection is its opening balance.
      connection.exec('BEGIN')
      connection.exec(another(0))
      connection.exec('ROLLBACK')
      connection.close()
    })

    it('the table of account kinds only grows, so bounds are never loosened', () => {
      const connection = otherConnection(pragmas)
      const kinds = () => connection.prepare('SELECT * FROM ledger_account_kinds').raw().all()
      const before = kinds()
      for (const attack of [
        'UPDATE ledger_account_kinds SET lowest = NULL',
        "UPDATE OR REPLACE ledger_account_kinds SET kind = 'held', owner_type = 'contact'",
        'DELETE FROM ledger_account_kinds',
        "INSERT INTO ledger_account_kinds VALUES ('held', 'contact', NULL, NULL)",
        "REPLACE INTO ledger_account_kinds VALUES ('held', 'contact', NULL, NULL)",
        "INSERT INTO ledger_account_kinds VALUES ('held', 'contact', NULL, NULL) ON CONFLICT DO UPDATE SET lowest = NULL",
      ])
        expect(() => connection.exec(attack), attack).toThrow(/only grows/)
      expect(kinds()).toEqual(before)
      expect(() => connection.exec("INSERT INTO ledger_account_kinds VALUES ('held', 'partner', 1, NULL)")).toThrow(
        /hold_zero/,
      )
      connection.close()
    })
  })

  describe.each(settings)('with %s and %s', (...pragmas) => {
    it("a side is rewarded once per source, and a reward's source can't change", () => {
      const connection = otherConnection(pragmas)
      const columns = columnsOf(connection, 'rewards')
      const [all, as] = [columns.join(', '), (id: string) => columns.map((c) => (c === 'id' ? id : c)).join(', ')]
      const before = contentOf(connection, 'rewards')
      expect(JSON.parse(before)).not.toEqual([])
      for (const attack of [
        `INSERT INTO rewards (${all}) SELECT ${as("'new_' || id")} FROM rewards`,
        `REPLACE INTO rewards (${all}) SELECT ${as("'new_' || id")} FROM rewards`,
        `REPLACE INTO rewards (${all}) SELECT ${as('id')} FROM rewards`,
        `INSERT INTO rewards (${all}) SELECT ${as("'new_' || id")} FROM rewards WHERE true ON CONFLICT DO UPDATE SET id = 'changed'`,
        ...['id', 'organization_id', 'source_type', 'source_id', 'side'].map(
          (column) => `UPDATE OR REPLACE rewards SET ${column} = (SELECT max(${column}) FROM rewards)`,
        ),
      ]) {
        expect(() => connection.exec(attack), attack).toThrow()
        expect(contentOf(connection, 'rewards'), attack).toBe(before)
      }
      connection.close()
    })
  })

  describe('a transfer', () => {
    const [a, b, debt] = ['acc_one', 'acc_two', 'acc_debt']
    let connection: Connection
    const account = (
      name: string,
      kind: string,
      currency: string,
      organization = world.organization.id,
      [type, owner] = kind === 'rewards' ? ['organization', organization] : ['contact', 'con_x'],
    ) =>
      `INSERT INTO ledger_accounts (id, organization_id, kind, owner_type, owner_id, currency, balance, created_at)
       VALUES ('${name}', '${organization}', '${kind}', '${type}', '${owner}', '${currency}', 0, 0)`
    beforeAll(() => {
      connection = otherConnection(['foreign_keys = ON', 'recursive_triggers = ON'])
      const { id } = world.organization
      connection.exec('BEGIN')
      connection.exec(
        `INSERT INTO contacts (id, organization_id, name, created_at) VALUES ('con_x', '${id}', 'Anna', 0)`,
      )
      connection.exec(account(a, 'rewards', 'EUR'))
      connection.exec(account(b, 'available', 'EUR'))
      connection.exec(account(debt, 'owed', 'EUR'))
      connection.exec(account('acc_yen', 'available', 'JPY'))
      connection.exec(`INSERT INTO organizations (id, name, tagline, currency, time_zone, country, brand_color, phone, address, is_demo, created_at)
        SELECT 'org_other', name, tagline, currency, time_zone, country, brand_color,
        phone, address, is_demo, created_at FROM organizations LIMIT 1`)
      connection.exec(account('acc_other', 'rewards', 'EUR', 'org_other'))
    })
    afterAll(() => {
      connection.exec('ROLLBACK')
      connection.close()
    })
    let keys = 0
    const insert = (facts: {
      debit?: string
      credit?: string
      amount?: string
      currency?: string
      reverses?: string
    }) => {
      keys += 1
      const { debit = a, credit = b, amount = '5', currency = 'EUR', reverses } = facts
      connection.exec(`INSERT INTO ledger_transfers (id, organization_id, debit_account_id, credit_account_id, amount, currency,
        code, refers_to_type, refers_to_id, idempotency_key, reverses_id, created_at)
        VALUES ('trf_${keys}', '${world.organization.id}', '${debit}', '${credit}', ${amount}, '${currency}',
        'adjustment', 'contact', 'con_x', 'key ${keys}', ${reverses ? `'${reverses}'` : 'NULL'}, 0)`)
      return `trf_${keys}`
    }
    const balances = () =>
      connection
        .prepare(`SELECT id, balance FROM ledger_accounts WHERE id IN ('${a}', '${b}') ORDER BY id`)
        .raw()
        .all() as [string, number][]

    it.each(['0', '-1', '1.5', '9007199254740992', '1e300', 'NULL', "'five'", "x'05'"])(
      'of %s cannot be written',
      (amount) => {
        const before = balances()
        expect(() => insert({ amount })).toThrow()
        expect(balances()).toEqual(before)
      },
    )

    it('changes both balances by its amount, in the same statement', () => {
      const [from = 0, to = 0] = balances().map(([, balance]) => balance)
      insert({ amount: '700' })
      expect(balances()).toEqual([
        [a, from - 700],
        [b, to + 700],
      ])
    })

    it('cannot have one side, or cross organizations or currencies', () => {
      expect(() => insert({ debit: a, credit: a })).toThrow(/two_sides/)
      expect(() => insert({ credit: 'acc_other' })).toThrow(/FOREIGN KEY/)
      expect(() => insert({ credit: 'acc_yen' })).toThrow(/FOREIGN KEY/)
      expect(() => insert({ credit: 'acc_nowhere' })).toThrow(/FOREIGN KEY/)
      expect(() => insert({ currency: 'JPY' })).toThrow(/FOREIGN KEY/)
    })

    it('cannot take a contact below zero', () => {
      const available = balances().find(([id]) => id === b)?.[1] ?? 0
      expect(() => insert({ debit: b, credit: a, amount: String(available + 1) })).toThrow(/bounds/)
    })

    it("can't repay a debt twice", () => {
      insert({ debit: debt, credit: a, amount: '90' })
      insert({ debit: a, credit: debt, amount: '89' })
      expect(() => insert({ debit: a, credit: debt, amount: '2' })).toThrow(/bounds/)
      insert({ debit: a, credit: debt, amount: '1' })
    })

    it('uses only accounts its owner may have, and owners of its organization', () => {
      const { id } = world.organization
      const open = (kind: string, owner: string[], organization = id) =>
        connection.exec(account('acc_new', kind, 'EUR', organization, owner as [string, string]))
      expect(() => open('cash', ['contact', 'con_x'])).toThrow(/FOREIGN KEY/)
      expect(() => open('held', ['organization', id])).toThrow(/FOREIGN KEY/)
      expect(() => open('held', ['partner', 'ptn_x'])).toThrow(/FOREIGN KEY/)
      expect(() => open('held', ['contact', 'con_nowhere'])).toThrow(/FOREIGN KEY/)
      expect(() => open('held', ['contact', 'con_x'], 'org_other')).toThrow(/FOREIGN KEY/)
      expect(() => open('rewards', ['organization', 'org_other'])).toThrow(/own_organization/)
      expect(() => open('settlements', ['clearing', 'org_other'])).toThrow(/own_organization/)
      expect(() => connection.exec("DELETE FROM contacts WHERE id = 'con_x'")).toThrow(/FOREIGN KEY/)
    })

    it('moves credit of a new owner type once its row is in the table of kinds, within its bounds', () => {
      const { id } = world.organization
      connection.exec("INSERT INTO ledger_account_kinds VALUES ('available', 'partner', 0, NULL)")
      connection.exec(account('acc_partner', 'available', 'EUR', id, ['partner', 'ptn_x']))
      insert({ credit: 'acc_partner', amount: '40' })
      expect(() => insert({ debit: 'acc_partner', credit: a, amount: '41' })).toThrow(/bounds/)
      insert({ debit: 'acc_partner', credit: a, amount: '40' })
    })

    it('is reversed once, by its mirror, and a reversal cannot be reversed', () => {
      const original = insert({ amount: '300' })
      expect(() => insert({ debit: b, credit: a, amount: '299', reverses: original })).toThrow(/mirror/)
      expect(() => insert({ debit: a, credit: b, amount: '300', reverses: original })).toThrow(/mirror/)
      const reversal = insert({ debit: b, credit: a, amount: '300', reverses: original })
      expect(() => insert({ debit: b, credit: a, amount: '300', reverses: original })).toThrow(/reverses_id/)
      expect(() => insert({ debit: a, credit: b, amount: '300', reverses: reversal })).toThrow(/mirror/)
      expect(() => insert({ reverses: 'trf_nowhere' })).toThrow(/mirror/)
    })
  })
})
