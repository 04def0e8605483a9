import type { Client } from '@goodword/client'
import type { FriendInput, Me, ReferralDetail } from '@goodword/contracts'
import { mayReverse } from '@goodword/domain'
import { signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { createResource } from '../core/resource.ts'
import type { DeclineInput } from '../referrals/changes.ts'

type Options = { client: Client; id: string; onChange: () => void }

/** Internal notes on one referral; what is typed stays until it is saved. */
function createNotes(client: Client, id: string, reload: () => Promise<void>) {
  const text = signal('')
  const sending = createSending()
  const add = async (note: string) => {
    const added = await sending.send(() => client.referrals.addNote({ params: { id }, body: { text: note } }))
    if (added) void reload()
    return added !== null
  }
  return {
    text,
    sending,
    add,
    async save() {
      const note = text.value.trim()
      if (note === '') return sending.showErrors({ text: 'Write something first.' })
      if (note.length > 2_000) return sending.showErrors({ text: 'Use 2,000 characters or fewer.' })
      if ((await add(note)) && text.value.trim() === note) text.value = ''
      return null
    },
    /** Resolves to true when it was deleted. */
    async remove(noteId: string) {
      const gone = await sending.send(async () => {
        await client.referrals.deleteNote({ params: { id, noteId } })
        return true
      })
      if (gone) void reload()
      return gone === true
    },
  }
}

/** One referral and the actions on its page. */
export function createReferral({ client, id, onChange }: Options) {
  const params = { id }
  const referral = createResource((abort) => client.referrals.get({ params }, { signal: abort }))
  const background = createResource((abort) => client.referrals.background({ params }, { signal: abort }))
  const sending = createSending()
  const setReferral = (changed: ReferralDetail) => {
    referral.data.value = changed
    onChange()
    void background.load()
  }
  /** Resolves to true on success. */
  const act = async (work: () => Promise<ReferralDetail>) => {
    const changed = await sending.send(work)
    if (changed) setReferral(changed)
    return changed !== null
  }
  /** Throws API errors, for dialogs that show them. */
  const done = async (work: Promise<ReferralDetail>): Promise<true> => {
    setReferral(await work)
    return true
  }
  return {
    referral,
    background,
    notes: createNotes(client, id, background.load),
    sending,
    put: setReferral,
    load() {
      void referral.load()
      void background.load()
    },
    accept: () => act(() => client.referrals.accept({ params, body: {} })),
    unaccept: () => act(() => client.referrals.unaccept({ params })),
    clearFlags: () => act(() => client.referrals.clearFlags({ params })),
    assign: (memberId: string | null) => act(() => client.referrals.assign({ params, body: { memberId } })),
    decline: async (body: DeclineInput) => setReferral(await client.referrals.decline({ params, body })),
    reopen: async (reason: string) => setReferral(await client.referrals.reopen({ params, body: { reason } })),
    attribute: (advocateId: string) => done(client.referrals.attribute({ params, body: { advocateId } })),
    nameFriend: (body: FriendInput) => done(client.referrals.nameFriend({ params, body })),
    remove: (reason: string, confirmOwed: boolean) =>
      client.referrals.delete({ params, body: { reason, confirmOwed } }),
  }
}

export type ReferralModel = ReturnType<typeof createReferral>

/** Whether to offer the signed-in member to undo the conversion (SPEC §2). */
export function mayUndo({ status, conversion }: ReferralDetail, actor: Me['actor'], now: number): boolean {
  if (status !== 'converted' || !conversion) return false
  const who = { role: actor.type === 'member' ? actor.role : null, own: conversion.convertedBy === actor.id }
  return mayReverse(who, { convertedAt: Date.parse(conversion.convertedAt) }, now)
}

/** Whether to offer to reopen the referral. A conflict with another referral is reported when it is tried. */
export const mayReopen = ({ status, friendErased }: ReferralDetail): boolean =>
  (status === 'declined' || status === 'expired') && !friendErased
