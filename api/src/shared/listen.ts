import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SettingError } from './settingError.ts'

/** The address to listen on, and the settings to change it. */
export type Address = { host: string; port: number; portSetting: string; hostSetting?: string }

export type Listening = {
  /** The port in use; differs from the requested one if that was 0. */
  port: number
  /** Accepts no new connections, waits up to `graceMs` for open requests, then closes them. */
  stop(graceMs: number): Promise<void>
}

const headersMs = 10_000
const requestMs = 30_000
/** Longer than the 60-second idle timeout of common proxies. */
const keepAliveMs = 65_000

/** Opens a port. Throws SettingError with the setting to change. */
export async function listen(address: Address, handler: RequestListener): Promise<Listening> {
  const server = createServer(
    { headersTimeout: headersMs, requestTimeout: requestMs, keepAliveTimeout: keepAliveMs },
    handler,
  )
  await opened(server, address)
  return {
    port: (server.address() as AddressInfo).port,
    stop: (graceMs) => closed(server, graceMs),
  }
}

const opened = (server: Server, address: Address) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new SettingError(sentence(error, address))))
    server.listen(address.port, address.host, resolve)
  })

function closed(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const impatient = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearTimeout(impatient)
      resolve()
    })
    server.closeIdleConnections()
  })
}

function sentence(error: Error, { host, port, portSetting, hostSetting = 'HOST' }: Address): string {
  const code = 'code' in error ? error.code : ''
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Stop the other program or set ${portSetting}.`
  if (code === 'EACCES') return `Port ${port} may not be opened by you. Set ${portSetting} to one above 1023.`
  return `Nothing can listen on ${host}: ${error.message}. Set ${hostSetting} to an address of this computer.`
}
