import type { CreateCampaign } from '@goodword/contracts'
import { vi } from 'vitest'
import { addSite } from '../../api/src/modules/platform/organizations/sites.ts'
import { createWorld, type World } from '../../api/test/harness.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { patience } from '../../api/test/settled.ts'
import { commandOf, patternOf, runShell } from '../readme.ts'

export type ExampleSite = { server: TestServer; world: World; code: string; address: string; stop(): Promise<void> }

/** What an example needs besides the usual: settings of the campaign, and further values of its command. */
type Needs = { campaign?: Partial<CreateCampaign>; values?: (world: World) => Promise<Record<string, string>> }

/** An example website, started by its README's command, allowed by a business with one advocate, Anna. */
export async function startExampleSite(
  readme: URL,
  folder: URL,
  port: number,
  { campaign = {}, values }: Needs = {},
): Promise<ExampleSite> {
  const server = await startTestServer()
  const world = await createWorld(server.services)
  const { code } = await world.advocate((await world.campaign({}, campaign)).id, {
    name: 'Anna Kowalski',
    email: 'anna@mail.example',
  })
  const { command, prints } = commandOf(readme, 'node server.mjs', {
    ...(await values?.(world)),
    pk_your_key: world.publishableKey,
    'http://localhost:3000': server.url,
    // Any free port, so that parallel runs do not collide.
    [`PORT=${port}`]: 'PORT=0',
  })
  const site = runShell(command, folder)
  const address = await vi.waitFor(() => {
    const [found] = /http:\S+/.exec(site.output()) ?? []
    if (!found) throw new Error('The website has not printed its URL.')
    return found
  }, patience)
  const expected = patternOf(prints.replace(`http://127.0.0.1:${port}`, address))
  if (!expected.test(site.output())) throw new Error(`The README's expected output differs from ${site.output()}`)
  await addSite(world.ctx, { origin: address })
  return {
    server,
    world,
    code,
    address,
    async stop() {
      // A shell may run between us and the website, so kill the whole group.
      if (site.child.pid) process.kill(-site.child.pid)
      await server.stop()
    },
  }
}
