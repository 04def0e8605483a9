import type { InstallCheck } from '@goodword/contracts'

type Site = InstallCheck['sites'][number]

/** `fix` is what to paste; `allow` the website to allow with one press. */
export type Check = {
  id: 'script' | 'key' | 'origin' | 'form' | 'send'
  state: 'done' | 'waiting' | 'wrong'
  title: string
  detail: string | null
  /** When it was last so. */
  at: string | null
  fix: string | null
  allow: string | null
}

/** The website seen last, or null while none has been. */
export const latestSite = ({ sites }: InstallCheck): Site | null =>
  sites
    .filter(({ lastSeenAt }) => lastSeenAt !== null)
    .sort((a, b) => (b.lastSeenAt ?? '').localeCompare(a.lastSeenAt ?? ''))[0] ?? null

const nothing = { detail: null, at: null, fix: null, allow: null }

/** What is known of an installation, in the order in which it can go wrong, each with the way to mend it. */
export function checksOf(known: InstallCheck, server: string): Check[] {
  const site = latestSite(known)
  const [refused] = known.refused
  const asked = site !== null || refused !== undefined
  const script: Check = asked
    ? { ...nothing, id: 'script', state: 'done', title: 'Script loads', at: site?.lastSeenAt ?? refused?.at ?? null }
    : {
        ...nothing,
        id: 'script',
        state: 'waiting',
        title: 'Script not seen yet',
        detail:
          'Open the page through an advocate’s link, with ?ref=CODE at the end. If nothing shows here then, a Content-Security-Policy may block it. Add this to it:',
        fix: `script-src ${server}`,
      }
  const key: Check = asked
    ? {
        ...nothing,
        id: 'key',
        state: 'done',
        title: site?.lastMode === 'test' ? 'Key is right, in test mode' : 'Key is right',
      }
    : { ...nothing, id: 'key', state: 'waiting', title: 'Key' }
  const origin: Check = refused
    ? {
        id: 'origin',
        state: 'wrong',
        title: 'A website is not allowed',
        detail: `${refused.origin} tried and was refused.`,
        at: refused.at,
        fix: null,
        allow: refused.origin,
      }
    : { ...nothing, id: 'origin', state: site ? 'done' : 'waiting', title: site ? 'Website allowed' : 'Website' }
  return [script, key, origin, formOf(site), sendOf(site, server)]
}

function formOf(site: Site | null): Check {
  if (site?.formAt) return { ...nothing, id: 'form', state: 'done', title: 'Form shown', at: site.formAt }
  return {
    ...nothing,
    id: 'form',
    state: 'waiting',
    title: 'Form not shown yet',
    detail: site ? 'The script runs, but no page with the form was opened. Place it as in step 2.' : null,
  }
}

function sendOf(site: Site | null, server: string): Check {
  if (site?.submitAt) return { ...nothing, id: 'send', state: 'done', title: 'Form sends', at: site.submitAt }
  const shown = site?.formAt !== null && site !== null
  return {
    ...nothing,
    id: 'send',
    state: 'waiting',
    title: 'Nothing sent yet',
    detail: shown
      ? 'Send the form once, with the test key. If it cannot send, a Content-Security-Policy blocks it. Add this to it:'
      : null,
    fix: shown ? `connect-src ${server}` : null,
  }
}
