import { statSync } from 'node:fs'
import Libsql from 'libsql'
import type { Business } from './business.ts'
import { messageOf } from './failures.ts'
import { quantile } from './figures.ts'
import { exportsOf } from './lists.screens.ts'
import { type Running, startGoodword } from './processes.ts'

const settleMostMs = 120_000
/** Of a core. */
const settledShare = 0.01
const settleMs = 10_000
const idleMs = 15_000
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** How long starts take: the median of three, and after a kill in the middle of writes. */
export async function measureStarts(file: string, killed: (server: Running) => Promise<void>) {
  const times: number[] = []
  for (let n = 0; n < 3; n += 1) {
    const server = await startGoodword(file)
    times.push(server.readyMs)
    if (n === 2) {
      await killed(server)
      await server.kill()
    } else await server.stop()
  }
  const again = await startGoodword(file)
  const afterKill = again.readyMs
  await again.stop()
  return { ready: quantile(times, 0.5), afterKill }
}

/** Waits for the first run of each job, which a large installation spreads over a minute, but not for longer than two. */
async function settle(server: Running): Promise<void> {
  for (let waited = 0; waited < settleMostMs; waited += settleMs) {
    const before = server.processorMs()
    await wait(settleMs)
    if (server.processorMs() - before < settleMs * settledShare) return
  }
}

/** What a server does that nobody talks to, once it has settled. */
export async function measureIdle(server: Running) {
  await settle(server)
  const before = server.processorMs()
  await wait(idleMs)
  const percentOfCore = ((server.processorMs() - before) / idleMs) * 100
  server.watchLoop()
  await wait(idleMs)
  const { maxMs, p99Ms } = await server.loopHeld()
  return { percentOfCore, loopMaxMs: maxMs, loopP99Ms: p99Ms, memoryMb: server.memoryMb() }
}

export async function measureExports(server: Running, business: Business) {
  const headers = { authorization: `Bearer ${business.secretKey}` }
  const measured = []
  for (const { name, path } of exportsOf(business)) {
    server.watchLoop()
    const received = await download(`http://127.0.0.1:${server.port}${path}`, headers)
    measured.push({ name, ...received, loopMs: (await server.loopHeld()).maxMs })
  }
  return measured
}

/** Reads a response to its end. Says what arrived until then if it breaks off, and why. */
export async function download(url: string, headers: Record<string, string>) {
  const started = performance.now()
  const passed = () => performance.now() - started
  let status: number | null = null
  let firstByteMs: number | null = null
  let bytes = 0
  let brokeOff: string | null = null
  try {
    const response = await fetch(url, { headers })
    status = response.status
    const reader = response.body?.getReader()
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      firstByteMs ??= passed()
      bytes += part.value.byteLength
    }
  } catch (error) {
    brokeOff = messageOf(error)
  }
  return { status, firstByteMs, wholeMs: passed(), bytes, brokeOff }
}

/** Bytes of the file, and of each table and index. */
export function measureDisk(file: string, referrals: number) {
  const database = new Libsql(file)
  try {
    const tables = database
      .prepare(
        `SELECT s.name, coalesce(m.tbl_name, s.name) AS "table", sum(s.pgsize) AS bytes FROM dbstat s
          LEFT JOIN sqlite_master m ON m.name = s.name GROUP BY 1 ORDER BY 3 DESC`,
      )
      .all() as { name: string; table: string; bytes: number }[]
    const bytes = statSync(file).size
    return {
      bytes,
      perReferral: bytes / referrals,
      parts: tables.map((part) => ({ ...part, perReferral: part.bytes / referrals })),
    }
  } finally {
    database.close()
  }
}
