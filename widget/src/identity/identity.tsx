import identityWords from 'virtual:words/text/en/identity'
import type { IdentifiedVisitor } from '@goodword/contracts'
import { useState } from 'preact/hooks'
import type { Page } from '../page.ts'
import type { ShareKit } from '../share/kit.ts'
import { attributeOf } from '../ui/attributes.ts'
import type { Shown } from '../ui/element.tsx'
import { languageFor } from '../ui/language.ts'
import { element } from '../ui/ui.ts'
import css from './identity.css?inline'
import { refresh, type Session, sessionOf, type View, viewOf, visitorNow } from './session.ts'
import { VisitorCard } from './visitorCard.tsx'

/** A share panel that shows a visitor. Applications take panels off the page without a word. */
type Panel = {
  host: WeakRef<HTMLElement>
  session: Session
  view: View
  /** Changes what it shows in place; null while it shows nothing personal. */
  update: ((visitor: IdentifiedVisitor) => void) | null
}
const panels = new Set<Panel>()

/** Shows whom the page identifies in a share panel; nothing personal if that is nobody any longer. */
export function show(host: HTMLElement, page: Page, kit: ShareKit): void {
  // If a visitor with a code follows, the panel is drawn anew.
  page.shown?.delete(host)
  const session = sessionOf(page, { changed: drawAll, renewed: refreshAll, kit })
  for (const panel of panels) {
    const one = panel.host.deref()
    if (one && panel.session === session) continue
    if (one) empty(one)
    panels.delete(panel)
  }
  if (!session) return
  let panel = [...panels].find((one) => one.host.deref() === host)
  if (!panel) {
    const view = viewOf(session, languageFor(host), attributeOf(host, 'campaign') || null)
    panel = { host: new WeakRef(host), session, view, update: null }
    panels.add(panel)
    draw(panel)
  }
  refresh(session, panel.view)
}

function drawAll(): void {
  for (const panel of panels) draw(panel)
}

function refreshAll(): void {
  for (const { host, session, view } of panels) if (host.deref()?.isConnected) refresh(session, view)
}

/** The page's own content shows again. */
const empty = (host: HTMLElement): void =>
  host.shadowRoot?.replaceChildren(Document.prototype.createElement.call(document, 'slot'))

function draw(panel: Panel): void {
  const { session, view, update } = panel
  const host = panel.host.deref()
  if (!host) return
  const visitor = visitorNow(session, view)
  if (!visitor) {
    panel.update = null
    empty(host)
  } else if (update) update(visitor)
  else
    drawVisitor({
      ...{ host, page: session.page, lang: view.lang, words: view.words, panel, visitor },
      ...{ code: null, campaign: view.campaign, at: view.at, form: null, share: null, leaderboard: null },
    })
}

type Drawn = { panel: Panel; visitor: IdentifiedVisitor }

function VisitorElement({ panel, visitor, ...shown }: Shown & Drawn) {
  const [now, setNow] = useState(visitor)
  panel.update = setNow
  return <VisitorCard {...shown} visitor={now} session={panel.session} />
}

const kitOf = ({ panel }: Drawn) => panel.session.kit

const drawVisitor = (given: Parameters<ReturnType<typeof element>>[0] & Drawn) =>
  element<Drawn>(
    { english: { ...kitOf(given).english, ...identityWords }, css: kitOf(given).css + css },
    VisitorElement,
    () => ({
      panel: given.panel,
      visitor: given.visitor,
      brandColor: given.visitor.organization.brandColor,
    }),
  )(given)
