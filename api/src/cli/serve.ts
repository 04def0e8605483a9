import { setFlagsFromString } from 'node:v8'
import type { Config } from '../config.ts'
import { type RunningServer, startServer } from '../server.ts'
import { alignColumns } from './command.ts'

/** Serves until a signal stops it. Throws SettingError. */
export async function serve(config: Config): Promise<void> {
  // A fast machine would let the heap grow to several times of what is in use before it collects garbage. Half as much
  // again costs no more processor time.
  setFlagsFromString('--heap-growing-percent=50')
  const server = await startServer(config)
  console.log(welcome(server))
  const { log } = server.services
  let stopping = false
  const stop = async () => {
    // A second signal exits immediately.
    if (stopping) process.exit(1)
    stopping = true
    await server.stop()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, 'the server is stopping because of an unhandled error')
      process.exit(1)
    })
  }
}

function welcome({ url, demo }: RunningServer): string {
  if (demo.length === 0) return `Goodword is running at ${url}. Open ${url}/console`
  const links = demo.flatMap(({ title, url: link, note }) =>
    alignColumns([[title.padEnd(8), note]]).concat(`            ${link}`),
  )
  return ['', 'Goodword is running. Open:', '', ...links, '', 'Press Ctrl-C to stop it.', ''].join('\n')
}
