import type { ComponentChildren } from 'preact'
import { Mark } from './icons.tsx'

export const Card = ({ children }: { children: ComponentChildren }) => (
  <section className="card" part="card" aria-labelledby="title">
    {children}
  </section>
)

/** The card's heading. It can be focused, to be read out when it changes. */
export const Title = ({ children }: { children: string }) => (
  <h2 id="title" className="title" part="title" tabIndex={-1}>
    {children}
  </h2>
)

export const End = ({ children }: { children?: ComponentChildren }) => (
  <div className="end">
    {children}
    <Mark />
  </div>
)
