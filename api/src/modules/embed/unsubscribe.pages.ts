import type { Organization } from '@goodword/contracts'
import { html } from 'hono/html'
import { type Frame, layout } from './hosted.layout.ts'

type Asked = { organization: Organization; stopped: boolean }

const text = async (page: ReturnType<typeof layout>): Promise<string> => String(await page)

/** Asks before it stops anything, because mail scanners open links. What is owed is shown in the portal all the same. */
export function stopPage(frame: Frame, { organization, stopped }: Asked): Promise<string> {
  const { name } = organization
  const title = stopped ? `You get no more mail from ${name}` : `Stop mail from ${name}?`
  const sentence = stopped
    ? 'Your credit and your referrals stay as they are. You see them in the portal.'
    : `${name} tells you by mail what your referrals earn. Your credit stays yours without it.`
  return text(
    layout(
      frame,
      { title, description: sentence, business: { ...organization, fullName: name } },
      html`<main class="grid one"><section class="card done">
<div><h1>${title}</h1><p>${sentence}</p></div>
<form method="post"><input type="hidden" name="again" value="${stopped ? 'yes' : 'no'}"><button class="button">${stopped ? 'Send me mail again' : 'Stop these mails'}</button></form>
</section></main>`,
    ),
  )
}

/** The link is not ours, or what it was about is erased. */
export const noSuchStopPage = (frame: Frame): Promise<string> =>
  text(
    layout(
      frame,
      { title: 'This link does not work any more', description: 'Reply to the mail and say that you want no more.' },
      html`<main class="grid one"><section class="card done"><div><h1>This link does not work any more</h1><p>Reply to the mail and say that you want no more.</p></div></section></main>`,
    ),
  )
