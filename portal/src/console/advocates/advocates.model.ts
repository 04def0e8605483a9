import type { Client } from '@goodword/client'
import { type Advocate, InviteAdvocate } from '@goodword/contracts'
import { batch, computed, signal } from '@preact/signals'
import { toFailure } from '../core/failure.ts'
import { createSending } from '../core/form.ts'
import { createSearchedList, pathWithQuery } from '../core/pagedList.ts'
import { pageParams } from '../core/turning.ts'

export const pageSize = 20

export type AdvocateSort = 'referrals' | 'newest'
export type AdvocateList = {
  q: string
  campaignId: string | null
  /** Show archived advocates instead of active ones. */
  archived: boolean
  /** Only those who were asked last and have not opened it. */
  notOpened: boolean
  sort: AdvocateSort
  cursor: string | null
}

export const readAdvocateList = (query: Readonly<Record<string, string>>): AdvocateList => ({
  q: query.q ?? '',
  campaignId: query.campaign ?? null,
  archived: query.show === 'archived',
  notOpened: query.show === 'not-opened',
  sort: query.sort === 'newest' ? 'newest' : 'referrals',
  cursor: query.cursor ?? null,
})

export function writeAdvocateList({ q, campaignId, archived, notOpened, sort, cursor }: AdvocateList): string {
  const show = archived ? 'archived' : notOpened ? 'not-opened' : null
  const order = sort === 'referrals' ? null : sort
  return pathWithQuery('/console/advocates', { q, campaign: campaignId, show, sort: order, cursor })
}

type Options = { client: Client; navigate: (url: string, replace?: boolean) => void }

/** The list of advocates: one row for each campaign a contact refers in. */
export function createAdvocates({ client, navigate }: Options) {
  const resending = signal<string | null>(null)
  const problem = signal<string | null>(null)
  const { query: list, ...paged } = createSearchedList<AdvocateList, Advocate>({
    initial: { q: '', campaignId: null, archived: false, notOpened: false, sort: 'referrals', cursor: null },
    write: writeAdvocateList,
    fetchPage: ({ q, campaignId, archived, notOpened, sort, cursor }, abort) =>
      client.advocates.list(
        {
          query: {
            limit: pageSize,
            sort,
            ...(q ? { q } : {}),
            ...(campaignId ? { campaignId } : {}),
            ...(archived ? { state: 'archived' as const } : {}),
            ...(notOpened ? { asked: 'not_opened' as const } : {}),
            ...pageParams(cursor),
          },
        },
        { signal: abort },
      ),
    navigate,
  })

  async function send(advocate: Advocate, done: string, work: () => Promise<unknown>): Promise<boolean> {
    batch(() => {
      resending.value = advocate.id
      problem.value = null
    })
    try {
      await work()
      return true
    } catch (error) {
      problem.value = `${advocate.name} wasn’t ${done}. ${toFailure(error).sentence}`
      return false
    } finally {
      resending.value = null
    }
  }

  return {
    ...paged,
    list,
    rows: computed(() => paged.page.data.value?.items ?? []),
    resending,
    problem,
    /** Resolves to true when the invitation was queued again. */
    resend: (advocate: Advocate) =>
      send(advocate, 'invited', () => client.advocates.resend({ params: { id: advocate.id } })),
    /** Asks them to refer, within the limits of the campaign. Resolves to true if they are asked. */
    ask: (advocate: Advocate) => send(advocate, 'asked', () => client.advocates.ask({ params: { id: advocate.id } })),
  }
}

export type AdvocatesModel = ReturnType<typeof createAdvocates>

/** Enrolls a contact in a campaign. If they are enrolled already, `existing` is that advocate. */
export function createInvite({ client }: { client: Client }) {
  const campaignId = signal('')
  const name = signal('')
  const email = signal('')
  const phone = signal('')
  const notify = signal(true)
  const existing = signal<Advocate | null>(null)
  const sending = createSending()

  return {
    campaignId,
    name,
    email,
    phone,
    notify,
    existing,
    sending,
    async invite(): Promise<Advocate | null> {
      existing.value = null
      const given = (text: string) => text.trim() || undefined
      const body = sending.check(
        InviteAdvocate.safeParse({
          campaignId: campaignId.value,
          name: name.value,
          email: given(email.value),
          phone: given(phone.value),
          notify: notify.value,
        }),
      )
      if (!body) return null
      const invited = await sending.send(() => client.advocates.invite({ body }))
      const known = sending.failure.value?.existingId
      if (known) existing.value = await client.advocates.get({ params: { id: known } }).catch(() => null)
      return invited
    },
  }
}

export type InviteModel = ReturnType<typeof createInvite>
