import { createClient, type ResultSet } from '@libsql/client'
import type { Driver, Rows } from './driver.ts'

type Argument = string | number | bigint | null | Uint8Array

/**
 * A libSQL server, for more than one machine. Each write is its own transaction, and the server serializes the
 * transactions of several processes.
 */
export function openRemote(url: string, authToken: string | undefined): Driver {
  const client = createClient({ url, ...(authToken ? { authToken } : {}), intMode: 'number' })
  const read = async (sql: string, params: unknown[]) =>
    rowsOf(await client.execute({ sql, args: params as Argument[] }))
  return {
    kind: 'remote',
    transactionsTogether: 1,
    read,
    background: read,
    async begin() {
      const transaction = await client.transaction('write')
      return {
        execute: async (sql, params) => rowsOf(await transaction.execute({ sql, args: params as Argument[] })),
        commit: () => transaction.commit(),
        rollback: async () => {
          if (!transaction.closed) await transaction.rollback()
        },
      }
    },
    // The server ends a transaction after about five seconds.
    openSnapshot: null,
    analyze: null,
    whileQuiet: (work) => work(),
    async truncateLog() {},
    async close() {
      client.close()
    },
  }
}

const rowsOf = (result: ResultSet): Rows => result.rows.map((row) => Array.from(row as ArrayLike<unknown>))
