import type { Organization } from '@goodword/contracts'
import { html } from 'hono/html'
import { type Frame, layout } from './hosted.layout.ts'
import { errorPage } from './hosted.pages.ts'

type Asked = { organization: Organization; stopped: boolean }

/** Asks for confirmation, because mail scanners open links. The portal still shows earned rewards. */
export async function unsubscribePage(frame: Frame, { organization, stopped }: Asked): Promise<string> {
  const { say } = frame.words
  const { name } = organization
  const title = say(stopped ? 'hosted.stop.stopped' : 'hosted.stop.ask', { organization: name })
  const sentence = stopped ? say('hosted.stop.stoppedWhy') : say('hosted.stop.askWhy', { organization: name })
  return String(
    await layout(
      frame,
      { title, description: sentence, business: { ...organization, fullName: name } },
      html`<main class="grid one"><section class="card done">
<div><h1>${title}</h1><p>${sentence}</p></div>
<form method="post"><input type="hidden" name="again" value="${stopped ? 'yes' : 'no'}"><button class="button">${say(stopped ? 'hosted.stop.again' : 'email.stop')}</button></form>
</section></main>`,
    ),
  )
}

/** The link is invalid, or its message was erased. */
export const unsubscribeNotFoundPage = (frame: Frame): Promise<string> =>
  errorPage(frame, frame.words.say('hosted.own.gone'), frame.words.say('hosted.stop.goneWhy'))
