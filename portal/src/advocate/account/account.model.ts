import { type Client, GoodwordError } from '@goodword/client'
import type { PortalAccount } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { readAddress } from '../signIn/signIn.model.ts'
import { said, say } from '../words.ts'

export type AccountModel = ReturnType<typeof createAccountModel>
type Changes = Partial<Pick<PortalAccount, 'name' | 'sharesName' | 'notify' | 'language'>>
export type Part = 'name' | 'notify' | 'sharesName' | 'language' | 'address' | 'export' | 'erase'

/** Name, addresses, preferences and data of whoever signed in with a fresh link. `where` is the business on show. */
export function createAccountModel(client: Client, where: () => string, changed: () => Promise<unknown>) {
  const account = signal<PortalAccount | null>(null)
  const state = signal<'idle' | 'loading' | 'ready' | 'locked'>('idle')
  /** Why the page did not load. */
  const trouble = signal<string | null>(null)
  /** What was saved last, and what was not and why. */
  const saved = signal<Part | null>(null)
  const refused = signal<{ part: Part; why: string } | null>(null)
  const busy = signal<Part | null>(null)
  const name = signal('')
  const newAddress = signal('')
  /** Typed to say that it is meant. */
  const eraseWord = signal('')
  /** The address a link was sent to. */
  const sentTo = signal<string | null>(null)

  let known: PortalAccount | null = null
  /** What was chosen and is on its way: shown already, though no answer says so yet. */
  let chosen: Changes = {}
  let choosing = 0
  let before: Promise<unknown> = Promise.resolve()
  const begun = new Set<string>()

  function show(next: PortalAccount) {
    known = next
    account.value = { ...next, ...chosen }
    state.value = 'ready'
  }

  async function load() {
    if (state.value === 'loading') return
    state.value = 'loading'
    trouble.value = null
    try {
      show(await client.portal.account())
      name.value = account.value?.name ?? ''
    } catch (error) {
      if (error instanceof GoodwordError && error.status === 403) state.value = 'locked'
      else {
        state.value = 'idle'
        trouble.value = whyNot(error)
      }
    }
  }

  async function perform(part: Part, work: () => Promise<PortalAccount | undefined>): Promise<boolean> {
    busy.value = part
    refused.value = null
    saved.value = null
    try {
      const next = await work()
      if (next) show(next)
      saved.value = part
      return true
    } catch (error) {
      refused.value = { part, why: whyNot(error) }
      return false
    } finally {
      busy.value = null
    }
  }

  /** Does one thing after the other, none of them dropped; says beside it whether it was done. */
  function inTurn(part: Part, work: () => Promise<PortalAccount | undefined>): Promise<boolean> {
    const mine = before.then(() => perform(part, work))
    before = mine
    return mine
  }

  /** The same for what a button does: pressed again meanwhile, it is done once. `button` tells several of one part apart. */
  async function attempt(part: Part, work: () => Promise<PortalAccount | undefined>, button: string = part) {
    if (begun.has(button)) return false
    begun.add(button)
    const done = await inTurn(part, work)
    begun.delete(button)
    return done
  }

  const update = (changes: Changes) => {
    const organizationId = where()
    return () => client.portal.updateAccount({ body: { organizationId, ...changes } })
  }

  /** A choice acts at once, and the last one counts, however slow the answer to the one before it is. */
  async function choose(part: 'notify' | 'sharesName' | 'language', changes: Changes) {
    chosen = { ...chosen, ...changes }
    choosing += 1
    if (known) show(known)
    const done = await inTurn(part, update(changes))
    choosing -= 1
    if (done && choosing > 0) return
    chosen = {}
    if (known) show(known)
  }

  async function saveName() {
    const typed = name.value.trim()
    if (typed === '') refused.value = { part: 'name', why: say('friend.field.name') }
    else if (await attempt('name', update({ name: typed }))) await changed()
  }

  async function addAddress() {
    const read = readAddress(newAddress.value)
    sentTo.value = null
    if (!read.ok) {
      refused.value = { part: 'address', why: read.message }
      return
    }
    const typed = newAddress.value.trim()
    const done = await attempt('address', async () => {
      await client.portal.addAddress({ body: { organizationId: where(), ...read.body } })
      return undefined
    })
    if (!done) return
    sentTo.value = typed
    if (newAddress.value.trim() === typed) newAddress.value = ''
  }

  const removeAddress = (id: string) => attempt('address', () => client.portal.removeAddress({ params: { id } }), id)

  /** Everything the business keeps, as a file to save; null when it did not come. */
  async function exportData(): Promise<Blob | null> {
    let file: Blob | null = null
    await attempt('export', async () => {
      const data = await client.portal.export()
      file = new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' })
      return undefined
    })
    return file
  }

  /** True when everything is gone; the session with it. */
  async function erase(): Promise<boolean> {
    if (eraseWord.value.trim().toUpperCase() !== 'ERASE') {
      refused.value = { part: 'erase', why: `${say('portal.erase.type')}.` }
      return false
    }
    return attempt('erase', async () => {
      await client.portal.erase({ body: { organizationId: where(), confirm: 'ERASE' } })
      return undefined
    })
  }

  /** Another person or business is on show. */
  function forget() {
    known = null
    chosen = {}
    account.value = null
    state.value = 'idle'
    for (const one of [trouble, saved, refused, sentTo]) one.value = null
    newAddress.value = ''
    eraseWord.value = ''
  }

  return {
    eraseWord,
    erase,
    account,
    state,
    trouble,
    saved,
    refused,
    busy,
    name,
    newAddress,
    sentTo,
    load,
    saveName,
    choose: (notify: PortalAccount['notify']) => choose('notify', { notify }),
    share: (sharesName: boolean) => choose('sharesName', { sharesName }),
    /** The language of the portal and of what is written to them; the page itself is loaded again in it. */
    async read(language: PortalAccount['language']) {
      await choose('language', { language })
      await changed()
    },
    addAddress,
    removeAddress,
    exportData,
    forget,
  }
}

function whyNot(error: unknown): string {
  if (!(error instanceof GoodwordError)) return `${say('portal.trouble.silent')} ${say('portal.trouble.unchanged')}`
  return said(error.problem.errors?.[0]?.message ?? error.problem.detail)
}
