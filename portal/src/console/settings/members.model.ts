import type { Client } from '@goodword/client'
import { type ChangeMember, InviteMember, type Member, type StaffSession } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { createOneAtATime } from '../core/oneAtATime.ts'
import { createResource } from '../core/resource.ts'

export type AssignableRole = ChangeMember['role']

/** The members. Changes are saved at once; an error stays above the list until the next attempt. */
export function createMembers({ client }: { client: Client }) {
  const list = createResource((abort) => client.members.list(undefined, { signal: abort }))
  const { problem, run } = createOneAtATime(() => list.load())

  /** Resolves to whether it was done. */
  async function change(id: string, work: () => Promise<unknown>): Promise<boolean> {
    const done = await run(id, async () => {
      await work()
      return true
    })
    return done !== null
  }

  return {
    list,
    problem,
    changeRole: ({ id }: Member, role: AssignableRole) =>
      change(id, () => client.members.update({ params: { id }, body: { role } })),
    resend: ({ id }: Member) => change(id, () => client.members.resend({ params: { id } })),
    remove: ({ id }: Member) => change(id, () => client.members.remove({ params: { id } })),
  }
}

export type MembersModel = ReturnType<typeof createMembers>

export function createInvitation({ client }: { client: Client }) {
  const name = signal('')
  const email = signal('')
  const role = signal<AssignableRole>('staff')
  const sending = createSending()
  return {
    name,
    email,
    role,
    sending,
    async invite(): Promise<Member | null> {
      const input = { name: name.value, email: email.value, role: role.value }
      const body = sending.check(InviteMember.safeParse(input))
      const invited = body && (await sending.send(() => client.members.invite({ body })))
      const failure = sending.failure.value
      if (failure?.code === 'member_exists') sending.errors.value = { email: failure.sentence }
      return invited
    },
  }
}

export type InvitationModel = ReturnType<typeof createInvitation>

/** The browsers the signed-in member uses. */
export function createSessions({ client }: { client: Client }) {
  const list = createResource((abort) => client.sessions.list(undefined, { signal: abort }))
  const ending = createSending()
  return {
    list,
    ending,
    async end({ id }: StaffSession): Promise<void> {
      await ending.send(() => client.sessions.end({ params: { id } }))
      await list.load()
    },
    async endOthers(): Promise<void> {
      const left = await ending.send(() => client.sessions.endOthers())
      if (left) list.data.value = left
    },
  }
}

export type SessionsModel = ReturnType<typeof createSessions>

const browsers = [
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const
const systems = [
  [/iPhone|iPod/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
] as const

/** "Firefox on Windows", as far as the user agent says. */
export function describeBrowser(userAgent: string | null): string {
  const found = (list: readonly (readonly [RegExp, string])[]) =>
    list.find(([sign]) => sign.test(userAgent ?? ''))?.[1] ?? null
  const browser = found(browsers)
  const system = found(systems)
  if (browser && system) return `${browser} on ${system}`
  return browser ?? (system ? `A browser on ${system}` : 'Unknown browser')
}
