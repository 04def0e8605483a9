import type { EmbedLeaderboard } from '@goodword/contracts'
import { hueOf, initials } from '@goodword/domain'
import { html } from 'hono/html'
import { type Frame, layout, type Markup } from './hosted.layout.ts'
import { errorPage } from './hosted.pages.ts'
import type { Business } from './hosted.view.ts'
import { keepLanguage, type RequestLanguage } from './requestLanguage.ts'

type View = { business: Business; board: EmbedLeaderboard; speech: RequestLanguage; portal: string }

/** Who brought friends, by first name and initial, beside the way to one's own link. */
export async function leaderboardPage(frame: Frame, view: View): Promise<string> {
  const { business, board, portal } = view
  const { say } = frame.words
  const head = say('portal.leaderboard.head')
  return String(
    await layout(
      frame,
      {
        title: `${head} · ${business.name}`,
        description: say('portal.leaderboard.lead'),
        url: board.url,
        business,
      },
      html`<main class="grid two">
<section class="intro"><h1>${head}</h1><p class="lead">${say('portal.leaderboard.lead')}</p>
<a class="button" href="${portal}">${say('portal.leaderboard.getLink')}</a>
<p class="fine">${say('portal.leaderboard.listed')}</p></section>
<section class="card board"><div class="boardhead"><h2>${board.spanText}</h2>${periods(view, frame)}</div>
${board.emptyText === null ? list(board) : html`<div class="nobody"><b>${say('portal.leaderboard.first')}</b><p>${board.emptyText}</p></div>`}
<p class="fine">${board.updatedText}</p></section>
</main>`,
    ),
  )
}

const periods = ({ board, speech }: View, { words }: Frame): Markup =>
  html`<nav class="periods" aria-label="${words.say('portal.leaderboard.periods')}">${board.periods.map(
    ({ period, label }) =>
      html`<a href="${keepLanguage(speech, `?period=${period}`)}"${period === board.period ? html` aria-current="page"` : ''}>${label}</a>`,
  )}</nav>`

/** Bars are drawn by a meter, because the page's policy allows no styles of a row's own. */
function list({ rows, sharedText }: EmbedLeaderboard): Markup {
  const most = Math.max(1, ...rows.map(({ closed }) => closed ?? 0))
  return html`<ol class="ranks">${rows.map(
    ({ name, place, shared, closed, countText }) => html`<li>
${place === null ? '' : html`<span class="place"><b>${place}</b>${shared ? html`<span>${sharedText}</span>` : ''}</span>`}
<span class="avatar" aria-hidden="true" data-hue="${Math.floor(hueOf(name) / 45)}">${initials(name)}</span>
<span class="who"><b dir="auto">${name}</b>${closed === null ? '' : html`<progress aria-hidden="true" max="${most}" value="${closed}"></progress>`}</span>
${closed === null ? '' : html`<span class="count">${countText}</span>`}
</li>`,
  )}</ol>`
}

/** No organization shows a leaderboard at this address. */
export const leaderboardNotFoundPage = (frame: Frame): Promise<string> =>
  errorPage(frame, frame.words.say('portal.leaderboard.gone'), frame.words.say('portal.leaderboard.goneWhy'))
