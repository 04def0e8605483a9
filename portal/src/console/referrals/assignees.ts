import type { Member } from '@goodword/contracts'
import { useEffect, useMemo } from 'preact/hooks'
import { useConsole } from '../core/console.ts'
import { createResource } from '../core/resource.ts'
import type { ReferralsModel } from './referrals.model.ts'

/** The members who can be assigned; empty until loaded. */
export function useMembers(): readonly Member[] {
  const { client } = useConsole()
  const members = useMemo(() => createResource((abort) => client.members.list(undefined, { signal: abort })), [client])
  useEffect(() => void members.load(), [members])
  return members.data.value?.items.filter(({ status }) => status === 'active') ?? []
}

/** The name of the advocate in the URL: from the list, or fetched when none of their referrals is shown. */
export function useAdvocateName(model: ReferralsModel): string {
  const { client } = useConsole()
  const id = model.query.value.advocateId
  const listed = model.rows.value.find((row) => row.advocate?.id === id)?.advocate?.name
  const asked = useMemo(
    () => createResource((abort) => client.advocates.get({ params: { id: id ?? '' } }, { signal: abort })),
    [client, id],
  )
  useEffect(() => {
    if (id !== null) void asked.load()
  }, [asked, id])
  return listed ?? asked.data.value?.name ?? 'one advocate'
}
